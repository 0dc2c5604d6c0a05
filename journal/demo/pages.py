"""What lies beside other pages in the lived-in year: decisions, meetings, then and now, a doubt looked at longer."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from journal.demo.cards import words
from journal.demo.shelf import Shelf
from journal.models import Brought, Decision, Doubt, Entry, Evidence, Meeting, Revisit, ThenNow

LATER = timedelta(days=40)
OLD = timedelta(days=150)
EVENING = 20 * 60 + 40


def write(shelf: Shelf, today: date) -> None:
    """After all the rest, as it points there."""
    told = words("pages")
    kept = sorted(shelf.rows[Entry], key=lambda entry: entry.local_date)
    _doubts(shelf, today, [one for one in kept if one.kind == "doubt"], _of(kept, "win", "proud"), told["doubts"])
    for one in told["decisions"]:
        _decision(shelf, today, dict(one))
    for one in told["meetings"]:
        _meeting(shelf, today, _of(kept, "win", "setback", "proud"), one)
    old = [one for one in kept if one.kind == "doubt" and one.local_date < today - OLD]
    for one, doubt in zip(told["then_now"], old, strict=False):
        entry = shelf.entry(_day(today, one), EVENING, kind="then_now", body=one["body"])
        shelf.put(ThenNow, entry.local_date, EVENING, entry=entry, old=doubt)


def _of(kept: list[Entry], *kinds: str) -> list[Entry]:
    return [one for one in kept if one.kind in kinds and one.body]


def _day(today: date, told: dict[str, Any]) -> date:
    return today - timedelta(days=told["ago"])


def _doubts(shelf: Shelf, today: date, doubts: list[Entry], wins: list[Entry], told: list[dict[str, str]]) -> None:
    """The earliest ones."""
    for doubt, card in zip(doubts, told, strict=False):
        day = doubt.local_date
        shelf.put(Doubt, day, EVENING, entry=doubt, **{name: card[name] for name in Doubt.WORDS})
        for win in shelf.random.sample(wins, 2):
            shelf.put(Evidence, max(day, win.local_date), EVENING, page=doubt, entry=win)
        _later(shelf, today, doubt, card["later"])


def _later(shelf: Shelf, today: date, entry: Entry, known: str) -> None:
    """Answered, or waiting for a day to come."""
    on = entry.local_date + LATER if known else today + LATER
    shelf.put(Revisit, entry.local_date, EVENING + 2, entry=entry, on=on, known=known)


def _decision(shelf: Shelf, today: date, told: dict[str, Any]) -> None:
    entry = shelf.entry(_day(today, told), EVENING, kind="decision", body=told["body"])
    said = {name: told[name] for name in Decision.WORDS}
    shelf.put(Decision, entry.local_date, EVENING + 9, entry=entry, **said)
    if said["decided"]:
        _later(shelf, today, entry, told["later"])


def _meeting(shelf: Shelf, today: date, kept: Iterable[Entry], told: dict[str, Any]) -> None:
    entry = shelf.entry(_day(today, told), EVENING, kind="meeting", body=told["body"])
    shelf.put(Meeting, entry.local_date, EVENING + 3, entry=entry, helpful=told["helpful"], takeaway=told["takeaway"])
    before = [one for one in kept if one.local_date < entry.local_date]
    for one in before[-2:]:
        shelf.put(Brought, entry.local_date, EVENING + 4, page=entry, entry=one)
