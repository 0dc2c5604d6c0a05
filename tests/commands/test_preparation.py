"""The copy of the SQLite file that is taken before a migration changes something."""

import os
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.running import Running

pytestmark = pytest.mark.services
DAY = 24 * 3600


@pytest.fixture
def onward(running: Callable[..., Running]) -> Running:
    """Prepared once by an older version, that knew no sessions yet."""
    onward = running()
    onward.manage("prepare")
    onward.manage("migrate", "usersessions", "zero")
    return onward


def test_a_copy_is_taken_before_a_migration_and_kept_a_week(onward: Running) -> None:
    copy = onward.home / "before-migration.sqlite3"
    onward.manage("prepare")
    assert (has_sessions(copy), has_sessions(onward.home / "onward.sqlite3")) == (False, True)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    age(copy, 6.9 * DAY)
    onward.manage("prepare")
    assert copy.exists()
    age(copy, 7.1 * DAY)
    onward.manage("prepare")
    assert sorted(path.name for path in onward.home.glob("*.sqlite3*")) == ["onward.sqlite3"]


def test_an_interrupted_migration_keeps_the_copy_from_before_it(onward: Running) -> None:
    unfinished, copy = (onward.home / f"before-migration.{end}" for end in ("unfinished", "sqlite3"))
    unfinished.write_bytes(b"as it was before")
    onward.manage("prepare")
    assert copy.read_bytes() == b"as it was before"
    assert not unfinished.exists()


def test_a_later_migration_replaces_the_copy(onward: Running) -> None:
    copy = onward.home / "before-migration.sqlite3"
    copy.write_bytes(b"of another migration")
    onward.manage("prepare")
    assert has_sessions(copy) is False


def has_sessions(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return (
            connection.execute("SELECT name FROM sqlite_master WHERE name = 'usersessions_usersession'").fetchone()
            is not None
        )


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))
