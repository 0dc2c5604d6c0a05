"""Whether a letter may leave. Nothing that a person says after this can be too late: it is asked last."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.days import zone_of
from journal import facts
from reminders import clock
from reminders.letters import asked_monday
from reminders.models import WEEKLY, Delivery, Schedule
from reminders.models.delivery import Reason, State

AT_ONCE = timedelta(hours=1)
MORNING, EVENING = 8, 21
STALE = {WEEKLY: timedelta(hours=24)}


def is_time(delivery: Delivery, now: datetime) -> bool:
    """A letter at most an hour late goes at once. A later one waits for the day, and one that is stale is skipped."""
    late = now - delivery.due_at
    if late > STALE[delivery.kind]:
        delivery.skip(Reason.LATE)
        return False
    zone = zone_of(delivery.owner)
    if late > AT_ONCE and not MORNING <= now.astimezone(zone).hour < EVENING:
        delivery.wait(clock.next_morning(now, zone, MORNING))
        return False
    return True


def passes(delivery: Delivery, now: datetime) -> bool:
    """Commits "handed" if at this moment everything still holds: one statement, so that nothing comes between."""
    today = now.astimezone(zone_of(delivery.owner)).date()
    holds = Delivery.objects.held(delivery.token).filter(
        ~Exists(_left_on(today)),
        ~facts.three_named(OuterRef("owner_id"), asked_monday(delivery.slot)),
        Exists(_standing()),
        pk=delivery.pk,
        lease__gt=now,
        due_at__gte=now - STALE[delivery.kind],
    )
    left = {"handed_at": now, "handed_on": today, "message_id": delivery.new_message_id()}
    try:
        return holds.update(state=State.HANDED, **left) == 1
    except IntegrityError:
        # Another letter of the same day went through its own gate meanwhile.
        return False


def refuse(delivery: Delivery, now: datetime) -> None:
    """Notes why it stays here. Where only the lease was over, whoever claims it next asks again."""
    if delivery.lease and delivery.lease > now:
        delivery.skip(_why(delivery, now))


def _why(delivery: Delivery, now: datetime) -> Reason:
    schedule = Schedule.objects.filter(owner=delivery.owner_id, kind=delivery.kind, owner__is_active=True).first()
    if not schedule or not schedule.active:
        return Reason.STOPPED
    if schedule.version != delivery.schedule_version:
        return Reason.CHANGED
    if schedule.paused_until and delivery.slot < schedule.paused_until:
        return Reason.PAUSED
    return Reason.LATE if now - delivery.due_at > STALE[delivery.kind] else Reason.QUIET


def _standing() -> QuerySet[Schedule]:
    """The schedule that planned it: unchanged, not stopped, not resting."""
    awake = Q(paused_until=None) | Q(paused_until__lte=OuterRef("slot"))
    same = {"owner": OuterRef("owner"), "kind": OuterRef("kind"), "version": OuterRef("schedule_version")}
    return Schedule.objects.filter(awake, active=True, owner__is_active=True, **same)


def _left_on(day: date) -> QuerySet[Delivery]:
    """A letter that left, or may have, on that day of its person."""
    return Delivery.objects.filter(owner=OuterRef("owner"), handed_on=day)
