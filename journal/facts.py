"""What other apps may ask of a journal: booleans, counts and dates, never a text."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists

from journal.models import Entry

THREE = 3


def kept_count(owner_id: UUID, at_most: int) -> int:
    """How many things stand in the journal; nobody counts further than `at_most`."""
    return len(_kept(owner_id).values_list("pk")[:at_most])


def proud_count(owner_id: UUID, monday: date) -> int:
    return int(_proud(owner_id, monday).count())


def three_named(owner_id: Any, monday: date) -> Exists:
    """Whether three proud things stand in that week, to be asked within another statement: `owner_id` may be an
    OuterRef."""
    return Exists(_proud(owner_id, monday)[THREE - 1 : THREE])


def wrote_since(owner_id: UUID, instant: datetime) -> bool:
    return bool(_kept(owner_id).filter(created_at__gte=instant).exists())


def _kept(owner_id: Any) -> Any:
    return Entry.objects.filter(owner_id=owner_id, removal__isnull=True)


def _proud(owner_id: Any, monday: date) -> Any:
    return _kept(owner_id).filter(kind=Entry.Kind.PROUD).of_week(monday)
