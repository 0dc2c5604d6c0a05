"""kill -9 where all that is kept is in somebody's hands: keys that are wrapped anew, a restore, a migration.

Whatever it was that died, running it again goes on, and every line opens as what it was.
"""

import random
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg

from tests.faults.figures import Figures
from tests.faults.place import HANGS, Place, ended, killed

MANAGE = (sys.executable, "manage.py")
# Before these was the database that is brought up to date.
Names = tuple[tuple[str, str], ...]
OLDER: Names = (("accounts", "0002"), ("reminders", "0004"), ("journal", "0003"))
# What `prepare` does with tables: SQLite's file is copied first.
CALL = "from config import preparation; from django.utils import timezone; preparation.migrate(timezone.now())"
PREPARED = ("shell", "-v0", "-c", CALL)
Environment = dict[str, str]


def rotation(place: Place, kills: int, people: int) -> Figures:
    """Each time another master key; the worker dies within a batch or between two."""
    place.inside("readers", people=people, entries=1)
    unreadable = midway = 0
    for _ in range(kills):
        old = primary(place)
        place.inside("command", words=["keys", "add"])
        child = place.child("rotate", *MANAGE, "keys", "rotate", pipes={"stdout": subprocess.PIPE})
        for _ in range(random.randint(0, people // 500)):
            child.process.stdout.readline()
        time.sleep(random.uniform(0, 0.15))
        midway += not child.dead
        killed(child)
        unreadable += place.inside("unreadable", people=people, entries=1)
        place.inside("command", words=["keys", "rotate"])
        place.inside("command", words=["keys", "retire", old])
        unreadable += place.inside("unreadable", people=people, entries=1)
    return figures("kill -9 of keys rotate", place, kills, unreadable, midway)


def primary(place: Place) -> str:
    lines: list[str] = place.inside("command", words=["keys", "status"]).splitlines()
    [name] = [line.split(":")[0].strip() for line in lines if ": primary" in line]
    return name


def restoring(place: Place, kills: int, people: int, entries: int) -> Figures:
    """Each time onto a fresh machine. Where all of it had come already, it says that people are there."""
    with backed_up(place, people, entries) as folder:
        return struck("restore", place, kills, ("restore", str(folder)), nothing, (people, entries))


def migrating(place: Place, kills: int, people: int, entries: int, older_by: Names = OLDER) -> Figures:
    """Each time from a copy of a database as an older version left it."""
    with backed_up(place, people, entries) as folder, elsewhere(place) as older:
        done(place, older, "restore", str(folder))
        for app, name in older_by:
            done(place, older, "migrate", app, name, "-v0")
        return struck("migration", place, kills, PREPARED, partial(copied, place, older), (people, entries))


def struck(
    name: str,
    place: Place,
    kills: int,
    words: tuple[str, ...],
    begin: Callable[[Environment], None],
    size: tuple[int, int],
) -> Figures:
    """Once undisturbed, to see how long it takes; then killed at any moment of that time, and run again."""
    with elsewhere(place) as at:
        begin(at)
        begun = time.monotonic()
        done(place, at, *words)
        took = time.monotonic() - begun
    unreadable = midway = 0
    for _ in range(kills):
        with elsewhere(place) as at:
            begin(at)
            child = place.child(name, *MANAGE, *words, **at)
            time.sleep(random.uniform(0.2, 1) * took)
            midway += not child.dead
            killed(child)
            again(place, at, *words)
            unreadable += looked(place, at, *size)
    return figures(f"kill -9 of a {name}", place, kills, unreadable, midway)


def figures(name: str, place: Place, kills: int, unreadable: int, midway: int) -> Figures:
    note = f"{midway} in the middle; unreadable lines stand as missing"
    return Figures(name, place.engine, kills, 0, 0, 0, 0, 0, 0, 0, unreadable, note)


# Places of their own


def nothing(at: Environment) -> None:
    """A fresh machine."""


@contextmanager
def elsewhere(place: Place) -> Iterator[Environment]:
    """Another machine with the same ring: what differs in its environment."""
    name = f"onward_{secrets.token_hex(4)}"
    home = place.home / name
    home.mkdir()
    at = {"ONWARD_HOME": str(home), "ONWARD_LEDGER_FILE": str(home / "deleted")}
    if place.postgres:
        asked(place, f'CREATE DATABASE "{name}"')
        at["DATABASE_URL"] = f"{place.postgres.url.rpartition('/')[0]}/{name}"
    try:
        yield at
    finally:
        shutil.rmtree(home)
        if place.postgres:
            asked(place, f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def backed_up(place: Place, people: int, entries: int) -> Iterator[Path]:
    place.inside("readers", people=people, entries=entries)
    folder = place.home / f"backup-{secrets.token_hex(4)}"
    done(place, {}, "backup", str(folder))
    yield folder
    shutil.rmtree(folder)


def copied(place: Place, older: Environment, at: Environment) -> None:
    if place.postgres:
        name, old = (one["DATABASE_URL"].rpartition("/")[2] for one in (at, older))
        asked(place, f'DROP DATABASE "{name}"')
        asked(place, f'CREATE DATABASE "{name}" TEMPLATE "{old}"')
    else:
        shutil.copy(Path(older["ONWARD_HOME"]) / "onward.sqlite3", Path(at["ONWARD_HOME"]) / "onward.sqlite3")


def asked(place: Place, words: str) -> None:
    assert place.postgres
    with psycopg.connect(place.postgres.url, autocommit=True) as connection:
        connection.execute(words)


# Commands there


def done(place: Place, at: Environment, *words: str) -> None:
    child = place.child(words[0], *MANAGE, *words, **at)
    if ended(child):
        raise RuntimeError(f"{' '.join(words)} ended with {child.process.returncode}\n{place.words()[-2000:]}")


def again(place: Place, at: Environment, *words: str) -> None:
    """As often as it is interrupted by what the dead one had begun; twice has always done."""
    for _ in range(3):
        told = place.child(words[0], *MANAGE, *words, pipes={"stderr": subprocess.PIPE, "text": True}, **at)
        _, said = told.process.communicate(timeout=HANGS)
        if not told.process.returncode or "There are people in this database" in said:
            return
    raise RuntimeError(f"{' '.join(words)}: {said}")


def looked(place: Place, at: Environment, people: int, entries: int) -> int:
    """How many lines are not there, or do not open as what they were, once the place has been prepared."""
    call = f"{CALL}; from tests.faults import inside; print('unreadable', inside.unreadable({people}, {entries}))"
    pipes = {"stdout": subprocess.PIPE, "text": True}
    told = place.child("look", *MANAGE, "shell", "-v0", "-c", call, pipes=pipes, **at)
    out, _ = told.process.communicate(timeout=HANGS)
    return int(out.split("unreadable")[1])
