from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_no_key_in_a_backup")]

    operations = [
        migrations.CreateModel(
            name="Closing",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("closes_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("gone_at", models.DateTimeField(null=True)),
            ],
        ),
    ]
