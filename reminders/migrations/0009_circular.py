import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_closing"), ("reminders", "0008_overflow")]

    operations = [
        migrations.CreateModel(
            name="Circular",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=12)),
                ("due_at", models.DateTimeField()),
                ("reached", models.UUIDField(null=True)),
                ("planned_at", models.DateTimeField(null=True)),
                (
                    "closing",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="circulars",
                        to="accounts.closing",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("closing", "kind"), name="one_circular_a_closing"),
                ],
            },
        ),
    ]
