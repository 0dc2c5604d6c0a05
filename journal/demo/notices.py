"""What the lived-in year notices: two measures with some months of readings, and rests between them."""

from datetime import date, timedelta
from typing import Any

from journal.demo.cards import words
from journal.demo.shelf import Shelf
from journal.models import Measure, Reading
from journal.models.week import monday_of


def write(shelf: Shelf, today: date) -> None:
    for told in words("measures")["measures"]:
        begun = monday_of(today) - timedelta(weeks=told["since"])
        pinned = shelf.instant(begun, 20 * 60) if told["pinned"] else None
        measure = shelf.put(Measure, begun, 20 * 60, name=told["name"], kind=told["kind"], pinned_at=pinned)
        for back in range(told["since"], -1, -1):
            if back not in told["rests"]:
                _week(shelf, measure, told, monday_of(today) - timedelta(weeks=back), today)


def _week(shelf: Shelf, measure: Measure, told: dict[str, Any], monday: date, today: date) -> None:
    """A week with none says so once: a rest would say nothing."""
    many = shelf.random.choice(told["weekly"])
    days = sorted(shelf.random.sample(range(7), max(many, 1)))
    for day in (monday + timedelta(days=day) for day in days):
        # Today is left to be tapped.
        if day < today:
            shelf.put(Reading, day, 21 * 60, measure=measure, value="1" if many else "0")
