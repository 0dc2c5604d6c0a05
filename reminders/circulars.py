"""Letters of the place to everybody who can be written to, whatever letters they have: that it closes, and when.

Planned here, person by person; from then on they go the way of all letters: claim, gate, hand over, and never again.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Closing, User
from reminders.kinds import CLOSING, SOON, STAYING
from reminders.models import Circular, Delivery, Silence

BATCH = 2000
LONGEST = 15.0  # seconds a pass
WEEK = timedelta(days=7)
# Where less lies between the two letters, the first one is enough.
APART = timedelta(days=14)
OWNER = OuterRef("owner")


def tick(now: datetime) -> None:
    """One question while nobody ever thought of closing."""
    closing = Closing.objects.order_by("pk").last()
    if closing:
        _begin(closing, now)
        until = time.monotonic() + LONGEST
        for circular in Circular.objects.holding(now).filter(planned_at=None, due_at__lte=now).order_by("pk"):
            plan(circular, now, lambda: time.monotonic() < until)


def plan(circular: Circular, now: datetime, goes_on: Callable[[], bool] = lambda: True) -> None:
    while goes_on() and _plan_some(circular, now):
        pass


def holds(delivery: Delivery, now: datetime) -> list[Any]:
    """What has to be so for such a letter to leave (reminders.gate)."""
    told = Circular.objects.holding(now).filter(pk=OuterRef("schedule_version"))
    return [Exists(told), Exists(User.objects.filter(pk=OWNER, is_active=True)), ~Exists(_nowhere(OWNER))]


def is_over(delivery: Delivery, at: datetime) -> bool:
    """Whether what it says does not hold any more by then."""
    return not Circular.objects.holding(at).filter(pk=delivery.schedule_version).exists()


def _nowhere(owner: Any) -> QuerySet[Silence]:
    """Nobody is there. Whoever said that they do not want letters is told all the same: this one is about their words,
    and there is no other way to say it."""
    return Silence.objects.filter(owner=owner, why=Silence.Why.BOUNCED)


@transaction.atomic
def _begin(closing: Closing, now: datetime) -> None:
    """The letters of this decision. A day that was named, given up and named again is told anew."""
    for kind, due_at in _letters(closing, now):
        _, new = Circular.objects.get_or_create(closing=closing, kind=kind, defaults={"due_at": due_at})
        if new and Closing.objects.filter(closes_at=closing.closes_at).exclude(pk=closing.pk).exists():
            Delivery.objects.filter(kind=kind, slot=closing.on).delete()


def _letters(closing: Closing, now: datetime) -> list[tuple[str, datetime]]:
    if closing.taken_back_at:
        return [(STAYING, closing.taken_back_at)]
    if closing.is_over(now):
        return []
    letters = [(CLOSING, closing.decided_at)]
    if closing.closes_at - closing.decided_at >= APART:
        letters.append((SOON, closing.closes_at - WEEK))
    return letters


@transaction.atomic
def _plan_some(circular: Circular, now: datetime) -> bool:
    """False where there is nobody left, or another pass is at it."""
    mine = Circular.objects.select_for_update(skip_locked=True).filter(pk=circular.pk, planned_at=None).first()
    if not mine:
        return False
    people = _people(mine)
    ids = list((people.filter(pk__gt=mine.reached) if mine.reached else people).values_list("pk", flat=True)[:BATCH])
    when = {"due_at": mine.due_at, "not_before": mine.due_at, "slot": mine.closing.on}
    letters = [Delivery(owner_id=id, kind=mine.kind, schedule_version=mine.pk, **when) for id in ids]
    Delivery.objects.bulk_create(letters, ignore_conflicts=True)
    mine.reached, mine.planned_at = (ids[-1], None) if ids else (mine.reached, now)
    mine.save(update_fields=["reached", "planned_at"])
    return bool(ids)


def _people(circular: Circular) -> QuerySet[User]:
    """Everybody; that the place stays is told to those who may have been told that it does not."""
    people = User.objects.filter(is_active=True).order_by("pk")
    if circular.kind != STAYING:
        return people
    left = Delivery.objects.filter(owner=OuterRef("pk"), kind__in=(CLOSING, SOON), handed_at__isnull=False)
    if former := Circular.objects.filter(kind=STAYING, pk__lt=circular.pk).order_by("pk").last():
        left = left.filter(due_at__gt=former.due_at)
    return people.filter(Exists(left))
