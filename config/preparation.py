"""What stands before the first answer: folder, tables, key ring, static files. Nothing to do costs next to nothing."""

import hashlib
import os
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

from django import VERSION
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string

KEPT = timedelta(days=7)


def prepare(now: datetime) -> None:
    """Raises ImproperlyConfigured where the key ring is missing or another one, or a file of settings is odd."""
    for read in ("accounts.people.refuse_odd", "accounts.texts.refuse_odd"):
        import_string(read)()
    ask_database()
    for name in ("", "outbox"):
        (settings.ONWARD_HOME / name).mkdir(parents=True, exist_ok=True, mode=0o700)
    forget_copy(now)
    migrate(now)
    call_command("createcachetable", verbosity=0)
    import_string("accounts.keys.ensure_ring")()
    import_string("accounts.keys.refuse_without_ring")()
    collect_static()


def ask_database(patience: int = 5) -> None:
    """Past the pool, which would only say after ten seconds that it has no connection, and not why."""
    if connection.vendor == "postgresql":
        import psycopg  # SQLite starts without it, and sooner

        with connection.wrap_database_errors:
            psycopg.connect(**connection.get_connection_params(), connect_timeout=patience).close()


def migrate(now: datetime) -> None:
    """Asks first: `migrate` with nothing to change still takes longer than all the rest of a start."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    unfinished = _copy().with_suffix(".unfinished")
    # One that is there is from a migration that was interrupted: it is older, and whole.
    if connection.vendor == "sqlite" and executor.loader.applied_migrations and not unfinished.exists():
        _copy_to(unfinished)
    call_command("migrate", interactive=False, verbosity=0)
    if unfinished.exists():
        os.utime(unfinished, (now.timestamp(), now.timestamp()))
        unfinished.replace(_copy())


def forget_copy(now: datetime) -> None:
    """What a person deletes leaves the copy with it, seven days later."""
    if _copy().exists() and _copy().stat().st_mtime < (now - KEPT).timestamp():
        _copy().unlink(missing_ok=True)


def _copy() -> Path:
    return Path(settings.ONWARD_HOME) / "before-migration.sqlite3"


def _copy_to(place: Path) -> None:
    fresh = place.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as source:
        source.execute("VACUUM INTO ?", [str(fresh)])
    source.close()
    fresh.replace(place)


def collect_static() -> None:
    """Collects and compresses again only where a file or Django itself changed since."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    mark = _mark_of_static()
    if stamp.exists() and stamp.read_text() == mark:
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(mark)


def _mark_of_static() -> str:
    seen = hashlib.sha256(repr(VERSION).encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            seen.update(name.encode() + b"\0" + Path(storage.path(name)).read_bytes())
    return seen.hexdigest()
