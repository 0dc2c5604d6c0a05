"""Months and a year of the lived-in year in her own words."""

from datetime import date, timedelta
from typing import Any

from accounts.days import local_date
from journal.demo.cards import words
from journal.demo.shelf import Shelf
from journal.models import Chapter
from journal.models.chapter import Span


def write(shelf: Shelf) -> None:
    """The months before this one, the latest first, and the year before."""
    told, first = words("chapters"), local_date(shelf.owner, shelf.now).replace(day=1)
    last_year = date(first.year - 1, 1, 1)
    for said in told["months"]:
        first = (first - timedelta(days=1)).replace(day=1)
        _put(shelf, first, Span.MONTH, said)
    for said in told["years"]:
        _put(shelf, last_year, Span.YEAR, said)


def _put(shelf: Shelf, first: date, span: Span, said: dict[str, Any]) -> None:
    if said:
        shelf.put(Chapter, span.last_day(first) + timedelta(days=1), 20 * 60, first=first, span=span, **said)
