"""PostgreSQL: pg_dump and pg_restore, and beside them what they do not sum up, all of one snapshot."""

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from config.backup.manifest import Key, Keys, Table, summed
from config.roles import BACKUP

FILE = "onward.dump"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
ORDER = (
    "SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY array_position(i.indkey::int2[], a.attnum)) "
    "FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) "
    "WHERE i.indrelid = %s::regclass AND i.indisprimary"
)


def dump(folder: Path, left_out: tuple[str, ...], part: str) -> tuple[dict[str, Table], Keys]:
    with _connected() as database:
        [role] = database.execute("SELECT current_user").fetchone()
        if role == BACKUP and part != "texts":
            raise ImproperlyConfigured(f"{BACKUP} sees no key: with `--part texts` it writes what it sees.")
        database.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        [snapshot] = database.execute("SELECT pg_export_snapshot()").fetchone()
        without = [f"--exclude-table-data={name}" for name in left_out]
        _run("pg_dump", "-Fc", "-f", str(folder / FILE), f"--snapshot={snapshot}", *without, *PLAIN)
        rows = database.execute("SELECT owner_id, no, kek_id, wrapped FROM accounts_datakey").fetchall()
        return _tables(database, left_out), [Key(owner, no, kek, bytes(wrapped)) for owner, no, kek, wrapped in rows]


PLAIN = ("--no-owner", "--no-privileges")


def is_empty() -> bool:
    """No person, or none with a key: of a restore that was interrupted, which begins anew."""
    with _connected() as database:
        [there] = database.execute("SELECT to_regclass('accounts_datakey') IS NOT NULL").fetchone()
        return not there or not database.execute("SELECT 1 FROM accounts_datakey LIMIT 1").fetchone()


def load(folder: Path, keys: Keys, tables: dict[str, Table]) -> None:
    """Tables come whole or not at all; keys only where they are as the manifest says."""
    connection.close()
    _run("pg_restore", "--single-transaction", "--clean", "--if-exists", *PLAIN, str(folder / FILE), into=True)
    with _connected() as database, database.transaction():
        if _tables(database, ()) != tables:
            raise ImproperlyConfigured("The tables are not as the manifest says. No key was brought in.")
        people = {row[0] for row in database.execute("SELECT id FROM accounts_user")}
        rows = [key for key in keys if key.owner in people]
        with database.cursor() as cursor:
            insert = "INSERT INTO accounts_datakey (owner_id, no, kek_id, wrapped) VALUES (%s, %s, %s, %s)"
            cursor.executemany(insert, rows)


# One person (config.backup.one_person): as pg_restore writes tables, line for line, and as COPY takes them


def written(id: UUID) -> bytes:
    """How the database writes it."""
    return str(id).encode()


def pairs(folder: Path, table: str, one: str, other: str) -> Iterator[tuple[str, str]]:
    for row in _copied(folder, table, (one, other)):
        yield row[0].decode(), row[1].decode()


def rows(
    folder: Path, table: str, columns: Sequence[str], column: str, wanted: set[bytes]
) -> Iterator[tuple[bytes, ...]]:
    for row in _copied(folder, table, (*columns, column)):
        if row[-1] in wanted:
            yield row[:-1]


def put(table: str, columns: Sequence[str], rows: Iterable[tuple[bytes, ...]]) -> None:
    named = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({named}) FROM STDIN') as copy:
        for row in rows:
            copy.write(b"\t".join(row) + b"\n")


def _copied(folder: Path, table: str, columns: Sequence[str]) -> Iterator[tuple[bytes, ...]]:
    """Values as COPY's text has them: a tab or a line break within one is escaped, so that each row is a line."""
    command = ["pg_restore", "--data-only", f"--table={table}", "-f", "-", str(folder / FILE)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as program:
        assert program.stdout
        lines = iter(program.stdout)
        head = next((line for line in lines if line.startswith(b"COPY ")), b"")
        names = [name.strip().strip('"') for name in head.partition(b"(")[2].rpartition(b")")[0].decode().split(",")]
        places = [names.index(name) for name in columns] if head else []
        for line in lines:
            if line == b"\\.\n":
                break
            values = line[:-1].split(b"\t")
            yield tuple(values[place] for place in places)
        for _ in lines:
            pass
    if program.returncode:
        raise ImproperlyConfigured(f"pg_restore ended with {program.returncode} at {table}.")


@contextmanager
def _connected() -> Iterator[Any]:
    """Past Django's pool: a snapshot belongs to one connection."""
    import psycopg

    with psycopg.connect(**_parameters(), autocommit=True) as database:
        yield database


def _parameters() -> dict[str, Any]:
    known = connection.get_connection_params()
    return {name: known[name] for name in ("host", "port", "user", "password", "dbname") if known.get(name)}


def _run(program: str, *words: str, into: bool = False) -> None:
    """The password stands in the environment of the program and on no command line."""
    known = {name: str(value) for name, value in _parameters().items()}
    named = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password", "PGDATABASE": "dbname"}
    environment = os.environ | {name: known[value] for name, value in named.items() if value in known}
    where = ["-d", known["dbname"]] if into else []
    try:
        done = subprocess.run([program, *where, *words], env=environment, capture_output=True, text=True)
    except FileNotFoundError:
        raise ImproperlyConfigured(f"{program} is not here: Debian has it in postgresql-client.") from None
    if done.returncode:
        raise ImproperlyConfigured(f"{program} ended with {done.returncode}: {done.stderr.strip().splitlines()[-1:]}")


def _tables(database: Any, left_out: tuple[str, ...]) -> dict[str, Table]:
    names = [row[0] for row in database.execute(TABLES).fetchall()]
    return {name: summed(()) if name in left_out else _summed(database, name) for name in names}


def _summed(database: Any, table: str) -> Table:
    [order] = database.execute(ORDER, [f'"{table}"']).fetchone()
    with database.cursor().copy(f'COPY (SELECT * FROM "{table}" ORDER BY {order or "1"}) TO STDOUT') as rows:
        return summed(map(bytes, rows))
