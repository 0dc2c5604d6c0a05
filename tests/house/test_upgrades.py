"""Tables expand first and contract later: while an upgrade goes on, the code of the last tag works beside ours.

What it does not know it must not have to fill, and what it asks for must still be there. A migration that takes away
what its expansion has replaced says so: `contracts = ("accounts", "0010_…")`, the expansion, which has to be tagged.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models.fields import NOT_PROVIDED

from tests.house.released import NEWEST

TAKES_AWAY = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
    migrations.AlterUniqueTogether,
)
UNSEEN = (migrations.RunSQL,)


def contracting(operation: Any, app: str, before: ProjectState) -> str:
    """Why the older code would not get along with it; empty where it would."""
    name = type(operation).__name__
    if isinstance(operation, TAKES_AWAY):
        return f"{name} takes away what the older code asks for"
    if isinstance(operation, UNSEEN):
        return f"{name} cannot be looked into"
    if isinstance(operation, migrations.AddConstraint) and not isinstance(operation.constraint, models.Index):
        return f"{name} refuses rows that the older code may write"
    if isinstance(operation, migrations.AddField) and must_be_filled(operation.field):
        return f"{name} {operation.name}: the older code does not fill it; give it null or db_default"
    if isinstance(operation, migrations.AlterField):
        return altered(operation, before.models[app, operation.model_name_lower].fields[operation.name])
    return ""


def must_be_filled(field: Any) -> bool:
    return not (field.null or field.many_to_many or field.db_default is not NOT_PROVIDED)


def altered(operation: Any, old: Any) -> str:
    new = operation.field
    if must_be_filled(new) and not must_be_filled(old):
        return f"AlterField {operation.name}: the older code leaves it empty"
    if type(new) is not type(old):
        return f"AlterField {operation.name} is of another type"
    if (new.max_length or 0) < (old.max_length or 0) or (new.unique and not old.unique):
        return f"AlterField {operation.name} refuses what the older code may write"
    return ""


def operations(all_of_them: Any) -> Iterator[Any]:
    for operation in all_of_them:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from operations(operation.database_operations)
        else:
            yield operation


def complaints(loader: MigrationLoader, key: tuple[str, str], made: set[tuple[str, str]]) -> list[str]:
    """Of one migration. `made`: models that the older code has never heard of; what becomes of them is ours alone."""
    migration, before = loader.disk_migrations[key], loader.project_state(key, at_end=False)
    if is_marked(getattr(migration, "contracts", None)):
        return []
    found = []
    for operation in operations(migration.operations):
        if isinstance(operation, migrations.CreateModel):
            made.add((key[0], operation.name_lower))
        whose = getattr(operation, "model_name_lower", getattr(operation, "name_lower", ""))
        if (key[0], whose) not in made and (why := contracting(operation, key[0], before)):
            found.append(f"{key[0]} {key[1]}: {why}")
    return found


def is_marked(expansion: tuple[str, str] | None) -> bool:
    """The second half of a change whose first half everybody runs by now."""
    return expansion is not None and expansion[1][:4] <= NEWEST[expansion[0]][:4]


def newer(loader: MigrationLoader) -> list[tuple[str, str]]:
    return sorted(key for key in loader.disk_migrations if key[0] in NEWEST and key[1] > NEWEST[key[0]])


def test_every_migration_since_the_last_tagged_issue_expands() -> None:
    loader, made = MigrationLoader(None), set[tuple[str, str]]()
    assert {app for app, _ in loader.disk_migrations} >= set(NEWEST)
    assert all((app, name) in loader.disk_migrations for app, name in NEWEST.items())
    assert [words for key in newer(loader) for words in complaints(loader, key, made)] == []


UNIQUE = models.UniqueConstraint(fields=["email"], name="one")
HARMFUL = [
    migrations.RemoveField("user", "theme"),
    migrations.DeleteModel("Device"),
    migrations.RenameField("user", "theme", "look"),
    migrations.RenameModel("Device", "Browser"),
    migrations.AddField("user", "mood", models.CharField(max_length=5, default="")),
    migrations.AddField("user", "helper", models.ForeignKey("accounts.User", models.CASCADE)),
    migrations.AlterField("device", "closed_at", models.DateTimeField()),
    migrations.AlterField("device", "mark", models.CharField(max_length=32)),
    migrations.AlterField("device", "mark", models.CharField(max_length=64, unique=True)),
    migrations.AlterField("device", "locks_after", models.CharField(max_length=4, null=True)),
    migrations.AddConstraint("user", UNIQUE),
    migrations.RunSQL("DROP TABLE accounts_device"),
]
HARMLESS = [
    migrations.CreateModel("Mood", [("id", models.AutoField(primary_key=True))]),
    migrations.AddField("user", "mood", models.CharField(max_length=5, db_default="")),
    migrations.AddField("user", "mood", models.CharField(max_length=5, null=True)),
    migrations.AlterField("device", "mark", models.CharField(max_length=128)),
    migrations.AlterField("device", "seen_at", models.DateTimeField(null=True)),
    migrations.AddIndex("user", models.Index(fields=["joined_at"], name="joined")),
    migrations.RunPython(migrations.RunPython.noop),
]


@pytest.fixture(scope="module")
def last() -> ProjectState:
    return MigrationLoader(None).project_state(("accounts", NEWEST["accounts"]))


def test_the_rule_sees_what_the_older_code_could_not_bear(last: ProjectState) -> None:
    assert [operation for operation in HARMFUL if not contracting(operation, "accounts", last)] == []
    assert [operation for operation in HARMLESS if contracting(operation, "accounts", last)] == []


def test_a_contraction_is_let_through_once_its_expansion_is_tagged() -> None:
    assert [is_marked(None), is_marked(("accounts", "0099_later")), is_marked(("accounts", "0009_x"))] == [
        False,
        False,
        True,
    ]
