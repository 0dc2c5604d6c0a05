from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.db import models

from accounts.models import User
from accounts.sealed import SealedTextField
from journal.models.owned import Owned, OwnedQuerySet


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def iso_name(monday: date) -> str:
    """2026-W47 (ISO 8601)."""
    year, week, _ = monday.isocalendar()
    return f"{year:04d}-W{week:02d}"


def monday_named(name: str) -> date:
    """The Monday of an ISO week such as 2026-W47. Raises ValueError."""
    return datetime.strptime(f"{name}-1", "%G-W%V-%u").date()


class Week(Owned):
    """What was taken from one week. Its three proud things are entries of their own."""

    monday = models.DateField()
    takeaway = SealedTextField(label="week.takeaway")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("owner", "monday", name="one_row_a_week")]

    @classmethod
    def take(cls, owner: User, monday: date, takeaway: str) -> "Week":
        week, _ = cls.objects.get_or_create(owner=owner, monday=monday)
        week.takeaway, week.version = takeaway, week.version + 1
        week.save()
        return week
