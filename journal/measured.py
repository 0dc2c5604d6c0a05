"""What the page of one measure shows: each part is asked for when the page comes to it, and only once."""

from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from accounts.days import local_date
from accounts.models import User
from journal import amounts, shapes
from journal.forms.measure import ReadingForm, taps
from journal.models import Measure, Reading

A_PAGE = 14


class Measured:
    """`before`: an ISO date; only readings of earlier days are listed. What is no date is left aside."""

    def __init__(self, user: User, measure: Measure, now: datetime, before: str = "") -> None:
        self.user, self.measure, self.now = user, measure, now
        self.today = local_date(user, now)
        self.before = _day(before)

    @cached_property
    def new_id(self) -> UUID:
        return uuid4()

    @property
    def taps(self) -> list[tuple[str, str]]:
        return taps(self.measure.kind)

    @cached_property
    def form(self) -> ReadingForm:
        return ReadingForm(measure=self.measure, today=self.today, initial={"local_date": self.today})

    @property
    def value_today(self) -> str:
        """As it is kept; nothing where today has no reading."""
        day, value = self.shape.readings[-1] if self.shape.readings else (None, None)
        return amounts.kept(value) if value is not None and day == self.today else ""

    @cached_property
    def shape(self) -> shapes.Shape:
        return shapes.of(self.user, self.measure, self.today)

    # The readings, one by one

    @cached_property
    def _listed(self) -> list[Reading]:
        standing = Reading.objects.of(self.user).standing().filter(measure=self.measure).newest_first()
        rows: Any = standing.filter(local_date__lt=self.before) if self.before else standing
        return list(rows[: A_PAGE + 1])

    @property
    def readings(self) -> list[tuple[Reading, str]]:
        """A page of them, each with what it says; nothing is said where counts are out of sight."""
        return [(reading, self._said(reading)) for reading in self._listed[:A_PAGE]]

    @property
    def earlier(self) -> date | None:
        """The day before which the next page begins."""
        return self._listed[A_PAGE - 1].local_date if len(self._listed) > A_PAGE else None

    @cached_property
    def taken_back(self) -> list[Reading]:
        return list(Reading.objects.of(self.user).filter(measure=self.measure).taken_back())

    def _said(self, reading: Reading) -> str:
        return "" if self.user.counts_hidden else said(self.measure, reading)


def said(measure: Measure, reading: Reading) -> str:
    """In words; nothing where it cannot be opened."""
    number = amounts.opened(reading.text_of("value") or "")
    return "" if number is None else amounts.said(measure.kind, number)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
