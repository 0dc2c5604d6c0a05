"""SQLite's connection, kept open between requests, and the file beneath it."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from config import env
from config.sqlite.base import KEPT, DatabaseWrapper


@pytest.fixture(autouse=True)
def files_of_our_own(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


def database(place: Path) -> DatabaseWrapper:
    usual = {"TIME_ZONE": None, "CONN_HEALTH_CHECKS": False, "ATOMIC_REQUESTS": False, "AUTOCOMMIT": True}
    return DatabaseWrapper(usual | env.sqlite(place), "default")


def one_row(place: Path, word: str) -> Path:
    with closing(sqlite3.connect(place)) as made:
        made.executescript(f"CREATE TABLE says (word); INSERT INTO says VALUES ('{word}')")
    return place


def word_in(wrapper: DatabaseWrapper) -> str:
    with wrapper.cursor() as cursor:
        return str(cursor.execute("SELECT word FROM says").fetchone()[0])


def test_the_connection_stays_from_one_request_to_the_next(tmp_path: Path) -> None:
    with closing(database(one_row(tmp_path / "onward.sqlite3", "first"))) as wrapper:
        assert word_in(wrapper) == "first"
        kept = wrapper.connection
        wrapper.close_if_unusable_or_obsolete()
        assert word_in(wrapper) == "first"
        assert wrapper.connection is kept


def test_a_file_that_a_restore_laid_in_place_is_opened(tmp_path: Path) -> None:
    with closing(database(one_row(tmp_path / "onward.sqlite3", "first"))) as wrapper:
        assert word_in(wrapper) == "first"
        one_row(tmp_path / "fresh", "restored").replace(tmp_path / "onward.sqlite3")
        wrapper.close_if_unusable_or_obsolete()
        assert word_in(wrapper) == "restored"


def test_a_file_that_is_gone_does_not_take_rows_any_more(tmp_path: Path) -> None:
    with closing(database(one_row(tmp_path / "onward.sqlite3", "first"))) as wrapper:
        assert word_in(wrapper) == "first"
        (tmp_path / "onward.sqlite3").unlink()
        wrapper.close_if_unusable_or_obsolete()
        assert wrapper.connection is None


def test_two_who_keep_theirs_open_do_not_wait_for_each_other(tmp_path: Path) -> None:
    place = one_row(tmp_path / "onward.sqlite3", "first")
    with closing(database(place)) as one, closing(database(place)) as other:
        assert word_in(one) == word_in(other) == "first"
        with other.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout=0")
            cursor.execute("UPDATE says SET word = 'second'")
        assert word_in(one) == "second"


def test_in_a_crowd_no_more_than_a_few_stay_open(tmp_path: Path) -> None:
    place = one_row(tmp_path / "onward.sqlite3", "first")
    with ExitStack() as stack:
        crowd = [stack.enter_context(closing(database(place))) for _ in range(KEPT + 40)]
        assert {word_in(one) for one in crowd} == {"first"}
        for one in crowd:
            one.close_if_unusable_or_obsolete()
        open_ = sum(one.connection is not None for one in crowd)
        assert KEPT - 5 <= open_ <= KEPT
