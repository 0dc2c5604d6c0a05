"""How letters slow down and stop by themselves where nobody answers: three, one farewell note, then silence.

An answer is anything kept since. `Schedule.unanswered` counts up with each letter that was sent, answered or not; only
at three is it looked into, and then it is the true number. A change of the schedule, or a rest, is a sign of life too.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from journal import facts
from reminders.clock import Slot
from reminders.kinds import DAILY, STEP, WEEKLY
from reminders.models import Delivery, Schedule
from reminders.models.delivery import Reason, State

THREE, SUNDAY = 3, 6
# These come each day; three of them without an answer, and they come once a week.
SLOWING = (DAILY, STEP)
SLOWED = {"state": State.SKIPPED, "reason": Reason.SLOWED}


def look(schedules: Iterable[Schedule]) -> list[Schedule]:
    """Sets the true `unanswered` of those where it may be three; gives these. Nothing is kept yet."""
    maybe = [schedule for schedule in schedules if schedule.unanswered >= THREE]
    if not maybe:
        return []
    owners = {schedule.owner_id for schedule in maybe}
    kept = facts.last_kept(owners)
    answered = {one.pk: max(one.since, kept.get(one.owner_id, one.since)) for one in maybe}
    sent = _sent(owners, min(answered.values()))
    for schedule in maybe:
        theirs = sent.get((schedule.owner_id, schedule.kind), ())
        schedule.unanswered = sum(at > answered[schedule.pk] for at in theirs)
    return maybe


def with_weekly(schedules: Iterable[Schedule]) -> set[UUID]:
    """Of the owners of these, those who get a weekly letter."""
    owners = {schedule.owner_id for schedule in schedules if schedule.kind in SLOWING}
    weekly = Schedule.objects.filter(owner__in=owners, kind=WEEKLY, active=True)
    return set(weekly.values_list("owner_id", flat=True)) if owners else set()


def fate(schedule: Schedule, slot: Slot, has_weekly: bool) -> dict[str, Any]:
    """What the row of that slot is planned with: as a letter, as a farewell note, or skipped from the beginning.

    Where a weekly letter comes as well, a daily one goes silent beside it, and the weekly one says farewell.
    """
    unanswered = schedule.unanswered
    if schedule.kind in SLOWING and unanswered >= THREE:
        if has_weekly or slot.day.weekday() != SUNDAY:
            return SLOWED
        unanswered -= THREE
    return {"farewell": True} if unanswered >= THREE else {}


def last_sent(delivery: Delivery) -> datetime | None:
    """When the letter before this one was due."""
    before = Delivery.objects.filter(owner_id=delivery.owner_id, kind=delivery.kind, state=State.SENT)
    return before.filter(due_at__lt=delivery.due_at).order_by("due_at").values_list("due_at", flat=True).last()


def _sent(owners: set[UUID], after: datetime) -> dict[tuple[UUID, str], list[datetime]]:
    sent: dict[tuple[UUID, str], list[datetime]] = {}
    rows = Delivery.objects.filter(owner__in=owners, state=State.SENT, farewell=False, due_at__gt=after)
    for owner, kind, due_at in rows.values_list("owner_id", "kind", "due_at"):
        sent.setdefault((owner, kind), []).append(due_at)
    return sent
