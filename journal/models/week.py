"""A week from Monday to Sunday: what was taken from it, and how its proud things are named."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db import models, transaction

from accounts.days import local_date
from accounts.models import User
from accounts.prepared import prepared
from accounts.sealed import SealedTextField
from journal.models.entry import Entry
from journal.models.owned import Owned, OwnedQuerySet
from journal.models.reworded import Reworded
from journal.models.step import Step

FIRST = date(1900, 1, 1)
NAME = re.compile(r"([0-9]{4})-W([0-9]{2})")


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def sunday_of(monday: date) -> date:
    return monday + timedelta(days=6)


def iso_name(monday: date) -> str:
    """2026-W47 (ISO 8601)."""
    year, week, _ = monday.isocalendar()
    return f"{year:04d}-W{week:02d}"


def monday_named(name: str) -> date:
    """The Monday of an ISO week such as 2026-W47, from 1900 on. Raises ValueError."""
    named = NAME.fullmatch(name)
    if named is None:
        raise ValueError("not the name of a week")
    monday = date.fromisocalendar(int(named[1]), int(named[2]), 1)
    if monday < FIRST:
        raise ValueError("further back than these pages go")
    return monday


class Week(Reworded, Owned):
    """What was taken from one week, and the step chosen in it. Its three proud things are entries of their own."""

    WORDS = ("takeaway",)

    monday = models.DateField()
    takeaway = SealedTextField(label="week.takeaway")
    wordings = SealedTextField(label="week.wordings")
    step = models.ForeignKey(Step, on_delete=models.SET_NULL, null=True, blank=True, related_name="weeks")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("owner", "monday", name="one_row_a_week")]

    @property
    def name(self) -> str:
        return iso_name(self.monday)

    # What is taken from it

    @classmethod
    @transaction.atomic
    def take(cls, owner: User, monday: date, takeaway: str, version: int | None = None) -> "Week":
        """Raises Stale (`reword`)."""
        cls.objects.get_or_create(owner=owner, monday=monday)
        week: Week = cls.objects.of(owner).select_for_update().get(monday=monday)
        week.reword({"takeaway": takeaway}, version)
        return week

    @classmethod
    @transaction.atomic
    def choose(cls, owner: User, monday: date, now: datetime, title: str, id: UUID | None = None) -> Step:
        """One small step, towards no milestone. A step chosen before it stays a step."""
        step = Step.keep_alone(owner, now, title=title, id=id)
        week, _made = cls.objects.get_or_create(owner=owner, monday=monday)
        cls.objects.of(owner).filter(pk=week.pk).update(step=step)
        return step

    # Its proud things

    @staticmethod
    def proud(owner: User, monday: date) -> list[Entry]:
        """In the order they were named."""
        return _proud(owner, monday, sunday_of(monday))

    @classmethod
    @transaction.atomic
    def name_proud(
        cls, owner: User, monday: date, things: Iterable[tuple[UUID | None, str]], now: datetime
    ) -> list[Entry]:
        """Adds proud things to a week and touches none that stands; gives those that are new.

        Each is the id its form made, if any, and its words. Blank ones and words that stand in that week already
        are passed over; an id is kept once (Entry.keep). They get the week's last day, or today if that is earlier.
        """
        # Words are sealed, so no index can keep the same line from being named twice at once: the person's row does.
        User.objects.select_for_update().get(pk=owner.pk)
        day = min(sunday_of(monday), local_date(owner, now))
        # A letter may ask about a week that, by this clock, has not begun: then the words stand on today.
        stands = Entry.objects.of(owner).filter(kind=Entry.Kind.PROUD).within(min(monday, day), sunday_of(monday))
        said = {entry.body.strip() for entry in stands if not entry.damaged}
        named: list[Entry] = []
        for number, (id, words) in enumerate(things):
            if not words.strip() or words.strip() in said:
                continue
            said.add(words.strip())
            # A moment apart, so that they stay in the order they were named.
            at = now + timedelta(microseconds=number)
            entry = Entry.keep(owner, at, id=id, kind=Entry.Kind.PROUD, body=words, local_date=day)
            named += [entry] if entry.created_at == at else []
        return named


@prepared
def _proud(owner: User, first: date, last: date) -> Any:
    kept = Entry.objects.of(owner).filter(kind=Entry.Kind.PROUD).within(first, last)
    return kept.order_by("created_at", "id")
