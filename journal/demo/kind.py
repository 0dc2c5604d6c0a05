"""The kind words of the lived-in year: to oneself, from others, for later, and for heavy days."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from journal.demo.cards import words
from journal.demo.shelf import Shelf
from journal.models import Encouragement, Entry, HeavyPage, Kindness, Later

EVENING = 21 * 60
# Beside one in so many of the things done.
SPARSE = 45


def write(shelf: Shelf, today: date) -> None:
    """After all the rest, as it stands beside that."""
    told = words("kind")
    _lines(shelf, told["lines"])
    for one in told["others"]:
        entry = shelf.entry(_ago(today, one), EVENING, kind=Entry.Kind.ENCOURAGEMENT, body=one["body"])
        if one["from_whom"]:
            shelf.put(Encouragement, entry.local_date, EVENING, entry=entry, from_whom=one["from_whom"])
    for one in told["letters"]:
        _letter(shelf, today, one)
    lines = {name: told["heavy"][name] for name in HeavyPage.WORDS}
    day = _ago(today, told["heavy"])
    shelf.put(HeavyPage, day, EVENING, **lines)


def _lines(shelf: Shelf, lines: Iterable[str]) -> None:
    wins = [entry for entry in shelf.rows[Entry] if entry.kind == Entry.Kind.WIN and entry.body]
    for entry, line in zip(wins[SPARSE::SPARSE], lines, strict=False):
        shelf.put(Kindness, entry.local_date, EVENING, entry=entry, words=line)


def _letter(shelf: Shelf, today: date, told: dict[str, Any]) -> None:
    written, opens_on = _ago(today, told), today + timedelta(days=told["ahead"])
    entry = shelf.entry(written, EVENING, kind=Entry.Kind.LETTER, body=told["body"])
    later = shelf.put(Later, written, EVENING, entry=entry, opens_on=opens_on)
    if told["opened"]:
        later.opened_at = shelf.instant(opens_on, EVENING)


def _ago(today: date, told: dict[str, Any]) -> date:
    return today - timedelta(days=told["ago"])
