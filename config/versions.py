"""Which version runs, and whether the tables are its own."""

import tomllib
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from django.apps import apps
from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder

ONWARD: str = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))["project"]["version"]


def waiting() -> list[tuple[str, str]]:
    """Changes of the tables that are still to be made, by app and name."""
    made = set(MigrationRecorder.Migration.objects.values_list("app", "name"))
    return sorted(_written() - made)


def last_change() -> datetime | None:
    """When the tables were last changed."""
    return MigrationRecorder.Migration.objects.order_by("-applied").values_list("applied", flat=True).first()


@cache
def _written() -> frozenset[tuple[str, str]]:
    """By their files: loading them all would take longer than all else here."""
    found = set[tuple[str, str]]()
    for app in apps.get_app_configs():
        if (Path(app.path) / "migrations" / "__init__.py").exists():
            package = import_module(f"{app.name}.migrations")
            found |= {(app.label, module.name) for module in iter_modules(package.__path__)}
    return frozenset((app, name) for app, name in found if name[0] not in "_~")
