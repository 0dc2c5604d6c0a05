"""A change of the tables and the record that it was made are one, whenever it is that somebody dies."""

import pytest
from django.core.management import call_command, get_commands
from django.db import connection, migrations, models
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from config.management.commands.migrate import Whole


class Killed(BaseException):
    pass


class Linked(migrations.Migration):
    """With statements that are put off to the end: an index and a constraint."""

    operations = [
        migrations.CreateModel("One", fields=[("id", models.BigAutoField(primary_key=True))]),
        migrations.CreateModel(
            "Other",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("one", models.ForeignKey("heliotrope.One", models.CASCADE)),
            ],
        ),
    ]


def known() -> bool:
    return ("heliotrope", "0001_linked") in MigrationRecorder(connection).applied_migrations()


def there() -> bool:
    return "heliotrope_other" in connection.introspection.table_names()


@pytest.fixture
def linked(transactional_db: None) -> migrations.Migration:
    return Linked("0001_linked", "heliotrope")


def test_who_is_killed_before_the_record_has_changed_nothing(
    linked: migrations.Migration, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(self: object, migration: object) -> None:
        raise Killed

    monkeypatch.setattr(Whole, "record_migration", killed)
    with pytest.raises(Killed):
        Whole(connection).apply_migration(ProjectState(), linked)
    assert (there(), known()) == (False, False)


def test_both_come_together(linked: migrations.Migration) -> None:
    state = Whole(connection).apply_migration(ProjectState(), linked)
    assert (there(), known()) == (True, True)
    with connection.schema_editor() as editor:
        for name in ("other", "one"):
            editor.delete_model(state.apps.get_model("heliotrope", name))
    MigrationRecorder(connection).record_unapplied("heliotrope", "0001_linked")


def test_every_start_does_it_so(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert get_commands()["migrate"] == "config"
    call_command("migrate", "--check")
