"""Entries as a book binds them: months of days, the cards of a day, and the rests between days."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import ngettext

from journal.models import Entry
from journal.numbers import in_words

# So many days without a line are a rest; fewer are nothing to speak of.
REST = 3


def last_of(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def month_named(text: str) -> date:
    """The first day of a month such as 2026-11. Raises ValueError."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
        raise ValueError("not a month")
    return date.fromisoformat(f"{text}-01")


def month_called(month: date, today: date) -> str:
    """November; of another year November 2025."""
    return date_format(month, "F" if month.year == today.year else "YEAR_MONTH_FORMAT")


@dataclass
class Day:
    date: date
    # One entry each; the proud things of a day share one, in the order they came.
    cards: list[list[Entry]]
    # Days without a line between the day above and this one.
    rest: int = 0
    goes_on: bool = False

    @property
    def rest_said(self) -> str:
        said = ngettext("a rest of %(days)s day", "a rest of %(days)s days", self.rest)
        return said % {"days": in_words(self.rest)}


@dataclass
class Month:
    first: date
    name: str
    days: list[Day]
    goes_on: bool = False


def bound(entries: Iterable[Entry], today: date, above: date | None = None, rests: bool = False) -> list[Month]:
    """Entries in their order as months of days. `above`: the day that stands over the first of them."""
    months = []
    for first, held in groupby(entries, lambda entry: entry.local_date.replace(day=1)):
        goes_on = bool(above) and above.replace(day=1) == first  # type: ignore[union-attr]
        days = _days(held, above if goes_on else None, rests)
        months.append(Month(first, month_called(first, today), days, goes_on))
        above = days[-1].date
    return months


def loose(entries: Iterable[Entry]) -> list[Day]:
    """Entries in an order that is not that of their days: each with its own."""
    return [Day(entry.local_date, [[entry]]) for entry in entries]


def _days(entries: Iterable[Entry], above: date | None, rests: bool) -> list[Day]:
    days = []
    for day, held in groupby(entries, lambda entry: entry.local_date):
        quiet = (above - day).days - 1 if above else 0
        days.append(Day(day, _cards(held), quiet if rests and quiet >= REST else 0, above == day))
        above = day
    return days


def _cards(entries: Iterable[Entry]) -> list[list[Entry]]:
    cards: list[list[Entry]] = []
    proud: list[Entry] = []
    for entry in entries:
        if entry.kind != Entry.Kind.PROUD:
            cards.append([entry])
            continue
        if not proud:
            cards.append(proud)
        proud.insert(0, entry)
    return cards
