"""What other apps may ask of a journal: booleans, counts and dates, never a text.

Where an `Exists` is given, it is to be asked within another statement, and `owner_id` may be an OuterRef.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import DateField, Exists, Max, Min, Q, Value
from django.db.models.functions import Coalesce

from accounts.prepared import prepared
from journal.models import Entry, Step

THREE = 3


def kept_count(owner_id: UUID, at_most: int) -> int:
    """How many things were kept here and stand; nobody counts further than `at_most`. What was brought from elsewhere
    counts for nothing: an import never lets anything offer itself.
    """
    return len(_made_here(owner_id, at_most))


def proud_count(owner_id: UUID, monday: date) -> int:
    return int(_proud(owner_id, monday).count())


def three_named(owner_id: Any, monday: date) -> Exists:
    """Whether three proud things stand in that week."""
    return Exists(_proud(owner_id, monday)[THREE - 1 : THREE])


def wrote_on(owner_id: Any, day: date, begun: datetime) -> Exists:
    """Whether something stands on that day or was written in it, for another day maybe: it began at `begun`."""
    return Exists(_kept(owner_id).filter(Q(local_date=day) | Q(created_at__gte=begun)))


def kept_since(owner_id: Any, instant: datetime) -> Exists:
    """`wrote_since`, within another statement."""
    return Exists(_since(owner_id, instant))


def kept_within(owner_id: Any, first: date, last: date) -> Exists:
    return Exists(_kept(owner_id).within(first, last))


def good_on(owner_id: Any, day: date) -> Exists:
    """Whether something stands on that day that is gladly met again: a win, a proud thing, a lesson."""
    return Exists(_good(owner_id).filter(local_date=day))


def good_days(owner_id: UUID, days: Iterable[date]) -> frozenset[date]:
    """`good_on`, of which of these."""
    return frozenset(_good(owner_id).filter(local_date__in=list(days)).values_list("local_date", flat=True))


def step_waits(owner_id: Any, day: date) -> Exists:
    """Whether there is one small step to choose on that day."""
    return Exists(Step.objects.filter(owner_id=owner_id).standing().waiting(day))


def step_waits_from(owner_id: UUID) -> date | None:
    """The first day on which one small step can be chosen, as they stand; None where there is none."""
    rested = Coalesce("rests_until", Value(date.min, DateField()))
    first: dict[str, date | None] = (
        Step.objects.filter(owner_id=owner_id).standing().on_the_way().order_by().aggregate(first=Min(rested))
    )
    return first["first"]


def wrote_since(owner_id: UUID, instant: datetime) -> bool:
    return bool(_since(owner_id, instant).exists())


def last_kept(owner_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each of these people last kept something; nobody stands in it who never did."""
    kept = Entry.objects.filter(owner_id__in=list(owner_ids), removal__isnull=True).order_by()
    return dict(kept.values_list("owner_id").annotate(Max("created_at")))


@prepared
def _made_here(owner_id: UUID, at_most: int) -> Any:
    return _kept(owner_id).made_here().values_list("pk")[:at_most]


def _kept(owner_id: Any) -> Any:
    return Entry.objects.filter(owner_id=owner_id, removal__isnull=True)


def _good(owner_id: Any) -> Any:
    good = Q(kind__in=[Entry.Kind.WIN, Entry.Kind.PROUD]) | Q(lesson__lesson__filled=True)
    return _kept(owner_id).filter(good)


def _since(owner_id: Any, instant: datetime) -> Any:
    return _kept(owner_id).filter(created_at__gte=instant)


def _proud(owner_id: Any, monday: date) -> Any:
    return _kept(owner_id).filter(kind=Entry.Kind.PROUD).of_week(monday)
