"""A backup onto a fresh machine: everything is looked at before anything is touched."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.module_loading import import_string

from config.backup import LEDGER, engine, manifest
from config.backup.manifest import Keys


def restore(texts: Path, keys: Path, now: datetime) -> dict[str, int]:
    """Rows of each table, and how many people were taken out again because they had left. Raises ImproperlyConfigured.

    `texts` and `keys` may be of different days: who has no key there is locked, whoever left since has none to bring.
    """
    head, kept = _looked_at(texts, keys)
    _bring_ledger(keys)
    left = set(import_string("accounts.ledger.noted")({key.owner for key in kept}))
    engine().load(texts, [key for key in kept if key.owner not in left], head["tables"])
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    taken_out = import_string("accounts.leaving.replay")()
    return {name: table["rows"] for name, table in head["tables"].items()} | {"taken out": taken_out}


def _looked_at(texts: Path, keys: Path) -> tuple[dict[str, Any], Keys]:
    head, needed = read_both(texts, keys)
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer := sorted(set(head["migrations"]) - known):
        raise ImproperlyConfigured(f"A newer Onward made this backup: {newer[0]} is unknown here.")
    if not engine().is_empty():
        raise ImproperlyConfigured(
            "There are people in this database. A backup goes onto a fresh one. (Where a restore was interrupted just "
            "now, all of it may be here: prepare, and then keys verify --all says so.)"
        )
    kept = manifest.read_keys(keys)
    opened_by_the_ring(kept, needed["needs"])
    return head, kept


def read_both(texts: Path, keys: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Their manifests, each of its files as it was, and of this kind of database."""
    head, needed = manifest.read(texts), manifest.read(keys)
    if head["engine"] != connection.vendor:
        raise ImproperlyConfigured(
            f"This is a backup of {head['engine']}, and the database here is {connection.vendor}."
        )
    return head, needed


def opened_by_the_ring(keys: Keys, needs: list[str]) -> None:
    """One key of each name, so that another ring under the same names is noticed too."""
    ring = import_string("accounts.ring.current")
    locked = import_string("accounts.ring.Locked")
    first = {key.kek_id: key for key in reversed(keys)}
    try:
        for name in needs:
            key = first[name]
            ring().open(key.owner, key.no, key.kek_id, key.wrapped)
    except locked as error:
        raise ImproperlyConfigured(
            f"{error} Put the ring of this backup in place first. Nothing was touched."
        ) from None


def _bring_ledger(keys: Path) -> None:
    """The one of this machine knows more, where there is one."""
    here = Path(settings.ONWARD_LEDGER_FILE)
    if not here.exists() and (keys / LEDGER).exists():
        here.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = here.with_name(f"{here.name}.restored")
        shutil.copyfile(keys / LEDGER, fresh)
        fresh.chmod(0o600)
        fresh.replace(here)
