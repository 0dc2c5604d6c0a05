"""A backup each day: when the next is due, what is kept, and what is said of one that is too old."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from config.backup import daily, manifest

AT = time(3, 10)
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("newest", "now", "due"),
    [
        (None, "2026-11-27T01:00", True),  # the first one, at once
        ("2026-11-26T03:10", "2026-11-27T03:09", False),
        ("2026-11-26T03:10", "2026-11-27T03:10", True),
        ("2026-11-27T03:10", "2026-11-27T03:11", False),
        ("2026-11-26T15:00", "2026-11-27T03:11", True),  # one that was asked for by hand is no reason to wait longer
        ("2026-11-20T03:10", "2026-11-27T02:00", True),  # the machine was off
    ],
)
def test_one_is_due_at_its_hour_and_at_once_where_one_was_missed(newest: str | None, now: str, due: bool) -> None:
    made = newest and datetime.fromisoformat(f"{newest}+00:00")
    assert daily.due(made or None, datetime.fromisoformat(f"{now}+00:00"), AT) is due


def stands(folder: Path, part: str, made: datetime, whole: bool = True) -> str:
    place = folder / made.strftime(daily.NAMED) / part
    place.mkdir(parents=True)
    if whole:
        (place / manifest.NAME).write_text("{}")
    return place.parent.name


@pytest.mark.parametrize(("part", "days"), [("texts", 35), ("keys", 7)])
def test_what_has_been_there_long_enough_goes(part: str, days: int, tmp_path: Path) -> None:
    stands(tmp_path, part, NOW - timedelta(days=days))
    young = stands(tmp_path, part, NOW - timedelta(days=days, seconds=-1))
    for other in ("mine", "2026-11-26T031000Z.unfinished"):
        (tmp_path / other / part).mkdir(parents=True)
    daily.forget(tmp_path, part, NOW)
    assert {path.name for path in tmp_path.iterdir()} == {young, "mine"}


def test_a_backup_that_could_not_be_made_takes_none_away(tmp_path: Path) -> None:
    old, now = stands(tmp_path, "keys", NOW - timedelta(days=9)), stands(tmp_path, "keys", NOW)
    with pytest.raises(ImproperlyConfigured, match="is not empty"):
        daily.keep(tmp_path, "keys", NOW)
    assert {path.name for path in tmp_path.iterdir()} == {old, now}


def test_the_newest_that_is_whole_counts(tmp_path: Path) -> None:
    assert daily.is_late(tmp_path / "nowhere", "texts", NOW)
    stands(tmp_path, "texts", NOW - timedelta(hours=26))
    assert not daily.is_late(tmp_path, "texts", NOW) and daily.is_late(tmp_path, "texts", NOW + timedelta(seconds=1))
    stands(tmp_path, "texts", NOW, whole=False)
    assert daily.newest(tmp_path, "texts") == NOW - timedelta(hours=26)


def test_who_looks_is_told_by_the_exit_code(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="No keys in"):
        call_command("backups", tmp_path, part="keys", look=True)
    stands(tmp_path, "keys", datetime.now(UTC))
    call_command("backups", tmp_path, part="keys", look=True)
