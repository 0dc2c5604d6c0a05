"""SQLite: a copy of the file, made in one read transaction, without data keys and sessions."""

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from config.backup.manifest import Key, Keys, Table, summed

FILE = "onward.sqlite3"


def dump(folder: Path, left_out: tuple[str, ...], part: str) -> tuple[dict[str, Table], Keys]:
    place = folder / FILE
    os.close(os.open(place, os.O_CREAT | os.O_EXCL, 0o600))
    # As long as the product itself waits where many write at once.
    patience = connection.settings_dict["OPTIONS"]["timeout"]
    with closing(sqlite3.connect(_here(), timeout=patience)) as source:
        source.execute("VACUUM INTO ?", [str(place)])
    with closing(sqlite3.connect(place)) as copy:
        keys = [_key(row) for row in copy.execute("SELECT owner_id, no, kek_id, wrapped FROM accounts_datakey")]
        names = set(_tables(copy))
        copy.execute("PRAGMA secure_delete = ON")
        for table in names.intersection(left_out):
            copy.execute(f'DELETE FROM "{table}"')
        copy.commit()
        copy.execute("VACUUM")
        [(sound,)] = copy.execute("PRAGMA integrity_check(1)")
        if sound != "ok":
            raise ImproperlyConfigured(f"The database is not sound, and neither would a backup of it be: {sound}")
        return {name: _summed(copy, name) for name in sorted(names)}, keys


def is_empty() -> bool:
    place = _here()
    return not place.exists() or not place.stat().st_size or not _people(place)


def load(folder: Path, keys: Keys, tables: dict[str, Table]) -> None:
    """The file takes its place when it is whole, or not at all."""
    place = _here()
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = place.with_name(f"{place.name}.restored")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "wb") as copy, open(folder / FILE, "rb") as kept:
        shutil.copyfileobj(kept, copy)
        copy.flush()
        os.fsync(copy.fileno())
    with closing(sqlite3.connect(fresh)) as copy:
        if {name: _summed(copy, name) for name in _tables(copy)} != tables:
            raise ImproperlyConfigured("The tables are not as the manifest says. Nothing was touched.")
        people = {row[0] for row in copy.execute("SELECT id FROM accounts_user")}
        rows = [(key.owner.hex, key.no, key.kek_id, key.wrapped) for key in keys if key.owner.hex in people]
        copy.executemany("INSERT INTO accounts_datakey (owner_id, no, kek_id, wrapped) VALUES (?, ?, ?, ?)", rows)
        copy.commit()
    connection.close()
    for ending in ("-journal", "-wal", "-shm"):
        place.with_name(place.name + ending).unlink(missing_ok=True)
    fresh.replace(place)


# One person (config.backup.one_person)


def written(id: UUID) -> str:
    """How the database writes it."""
    return id.hex


def pairs(folder: Path, table: str, one: str, other: str) -> Iterator[tuple[Any, Any]]:
    with closing(_kept(folder)) as copy:
        yield from copy.execute(f'SELECT "{one}", "{other}" FROM "{table}"')


def rows(folder: Path, table: str, columns: Sequence[str], column: str, wanted: set[Any]) -> Iterator[tuple[Any, ...]]:
    named = ", ".join(f'"{name}"' for name in columns)
    with closing(_kept(folder)) as copy:
        for value in wanted:
            yield from copy.execute(f'SELECT {named} FROM "{table}" WHERE "{column}" = ?', [value])


def put(table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    named, places = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" ({named}) VALUES ({places})', list(rows))


def _kept(folder: Path) -> sqlite3.Connection:
    """A medium that cannot be written to will do."""
    return sqlite3.connect(f"{(folder / FILE).as_uri()}?mode=ro&immutable=1", uri=True)


def _here() -> Path:
    return Path(settings.DATABASES["default"]["NAME"])


def _people(place: Path) -> bool:
    with closing(sqlite3.connect(place)) as copy:
        return "accounts_user" in _tables(copy) and bool(copy.execute("SELECT 1 FROM accounts_user LIMIT 1").fetchall())


def _tables(copy: sqlite3.Connection) -> list[str]:
    rows = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return [name for (name,) in rows]


def _summed(copy: sqlite3.Connection, table: str) -> Table:
    return summed(_lines(copy.execute(f'SELECT * FROM "{table}" ORDER BY {_order(copy, table)}')))


def _order(copy: sqlite3.Connection, table: str) -> str:
    columns = list(copy.execute(f'PRAGMA table_info("{table}")'))
    key = [f'"{name}"' for _no, name, _type, _null, _default, place in columns if place]
    return ", ".join(key or ["rowid"])


def _lines(rows: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    for row in rows:
        yield repr(row).encode()


def _key(row: tuple[str, int, str, bytes]) -> Key:
    owner, no, kek_id, wrapped = row
    return Key(UUID(owner), no, kek_id, wrapped)
