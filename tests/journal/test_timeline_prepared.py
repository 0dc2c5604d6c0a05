"""Questions that are written once: what they find is what the ORM finds, for whoever asks and at whatever place."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import User
from journal.filters import Filters
from journal.models import Entry
from journal.timeline import Place, Timeline
from tests import make

NOON = make.NOON
TODAY = NOON.date()


@dataclass(frozen=True)
class Unlike(Filters):
    """What lets everything through and is not known to: the ORM writes each question anew."""


def told(timeline: Timeline) -> Any:
    return [entry.pk for entry in timeline.entries], timeline.calendar, timeline.earlier and timeline.earlier.address


@pytest.fixture
def both(ada: User, bea: User) -> list[User]:
    for owner, days in ((ada, 5), (bea, 17)):
        for number in range(40):
            now = NOON - timedelta(days=number * days, seconds=number % 3)
            make.entry(owner, f"Line {number}.", now=now, on=TODAY - timedelta(days=number // 2 * days))
        make.entry(owner, "Taken back.").remove(NOON)
    return [ada, bea]


def test_what_is_found_is_what_the_orm_finds(both: list[User]) -> None:
    for owner in (*both, *reversed(both)):
        kept = list(Entry.objects.of(owner).newest_first())
        assert len(kept) == 40
        for place in (None, *map(Place.of, kept)):
            ours = Timeline(owner, Filters(), TODAY, place)
            assert told(ours) == told(Timeline(owner, Unlike(), TODAY, place))
        assert [entry.pk for entry in Timeline(owner, Filters(), TODAY).entries] == [entry.pk for entry in kept[:31]]


def test_a_month_is_opened_at_as_the_orm_opens_it(both: list[User]) -> None:
    for owner in both:
        for month in (date(2026, 11, 1), date(2026, 1, 1), date(2031, 5, 1), date(1, 1, 1), date(9999, 12, 1)):
            ours, theirs = (Timeline(owner, filters(month=month), TODAY) for filters in (Filters, Unlike))
            assert told(ours) == told(theirs)


def test_the_first_days_of_all_are_days_like_others(ada: User) -> None:
    """Such days stand in for others while a question is written."""
    days = [date(1, 1, number) for number in range(1, 6)]
    for day in days:
        make.entry(ada, f"Of {day}.", on=day)
    newest = Timeline(ada, Filters(), TODAY).entries
    assert [entry.local_date for entry in newest] == days[::-1]
    beyond = Timeline(ada, Filters(), TODAY, Place.of(newest[1])).entries
    assert [entry.local_date for entry in beyond] == days[2::-1]
