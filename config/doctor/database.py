"""The database: whether it answers, is ours, and keeps what it was given."""

import re
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config import preparation
from config.doctor import Finding, look, note, well

# What has to be on so that a power cut takes nothing that was kept (docs/decisions/0003).
ON = ("fsync", "full_page_writes", "synchronous_commit")
OLDEST = 14_00_00
LEAST = (3, 51, 3)
# From this version on pg_restore begins with a setting that no older server knows (transaction_timeout).
SETS_MORE = 17
APART = 2.0  # seconds


def reached() -> Iterator[Finding]:
    preparation.ask_database()
    if connection.vendor == "sqlite":
        yield well(f"SQLite {sqlite3.sqlite_version}, {settings.DATABASES['default']['NAME']}")
        return
    number = int(_one("SHOW server_version_num"))
    said = f"PostgreSQL {_one('SHOW server_version')}"
    yield look(f"{said} is older than 14, and no longer cared for.") if number < OLDEST else well(said)
    if _one("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        yield note("Onward signs in to it as a superuser; a role of its own can do less harm.")


def tables() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield look(f"{len(waiting)} changes of the tables wait: `manage.py prepare` makes them, and so does a start.")
    else:
        yield well("as this version of Onward needs them")


def durability() -> Iterator[Finding]:
    yield from _of_sqlite() if connection.vendor == "sqlite" else _of_postgresql()


def _of_postgresql() -> Iterator[Finding]:
    off = [name for name in ON if _one(f"SHOW {name}") == "off"]
    for name in off:
        yield look(f"{name} is off: a power cut can take what people were told is kept. Turn it on.")
    if not off:
        yield well("fsync, full_page_writes and synchronous_commit are on")
    if _one("SHOW data_checksums") != "on":
        yield look(
            "Data checksums are off: a disk that forgets goes unnoticed. `pg_checksums --enable`, while it is down."
        )


def _of_sqlite() -> Iterator[Finding]:
    journal, full = str(_one("PRAGMA journal_mode")).upper(), int(_one("PRAGMA synchronous")) >= 2
    if not full:
        yield look("synchronous is not FULL: a power cut can take what people were told is kept.")
    if journal == "WAL" and sqlite3.sqlite_version_info < LEAST:
        yield look(
            "The file is in WAL mode, which can damage it before SQLite 3.51.3. Start Onward once; it changes that."
        )
    if (said := str(_one("PRAGMA quick_check(1)"))) != "ok":
        yield look(f"The file is damaged: {said}. Bring back a backup.")
    elif full:
        yield well(f"journal {journal}, synchronous FULL, and the file is whole")


def tools() -> Iterator[Finding]:
    """What backups are made with and brought back."""
    if connection.vendor == "sqlite":
        yield well("SQLite needs none")
        return
    server = int(_one("SHOW server_version_num")) // 10_000
    try:
        said = subprocess.run(["pg_restore", "--version"], capture_output=True, text=True, check=True).stdout
    except OSError:
        yield note("It is not here: on this machine no backup is made or brought back.")
        return
    yield compared(int(re.findall(r"\d+", said)[0]), server)


def compared(here: int, server: int) -> Finding:
    """Their versions."""
    if here < server or server < SETS_MORE <= here:
        return look(
            f"It is of PostgreSQL {here}, the server of {server}: no backup comes back. Install that of {server}."
        )
    return well(f"of PostgreSQL {here}, the server of {server}")


def same_hour() -> Iterator[Finding]:
    """Letters go by the clock of this machine; where the database stands elsewhere, two clocks can be compared."""
    if connection.vendor == "sqlite":
        yield note(f"It says {time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC. Let it be set by the network (NTP).")
        return
    apart = abs(float(_one("SELECT extract(epoch FROM clock_timestamp())")) - time.time())
    if apart > APART:
        yield look(f"It and the database’s are {apart:.0f} seconds apart: let both be set by the network (NTP).")
    else:
        yield well("the same as the database’s")


def _one(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        if not (row := cursor.fetchone()):
            raise ImproperlyConfigured("The database says nothing.")
        return row[0]
