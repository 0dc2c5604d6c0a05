"""Whether a letter may leave. Nothing that a person says after this can be too late: it is asked last."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.days import zone_of
from accounts.models import User
from journal import facts
from reminders import circulars, clock, kinds, quiet
from reminders.asked_once import Update
from reminders.kinds import DAILY, KINDS, MONTH, OF_PLACE, STEP, WEEKLY
from reminders.letters import asked_monday, month_before, year_before
from reminders.models import Delivery, Schedule, Silence
from reminders.models.delivery import Reason, State

AT_ONCE = timedelta(hours=1)
MORNING, EVENING = 8, 21
OWNER = OuterRef("owner_id")


def is_time(delivery: Delivery, now: datetime) -> bool:
    """A letter at most an hour late goes at once. A later one waits for the day, and one that is stale is skipped."""
    if delivery.kind not in OF_PLACE and _is_stale(delivery, now):
        delivery.skip(Reason.LATE)
        return False
    if (day := _by_day(delivery, now)) > now:
        delivery.wait(day)
        return False
    return True


def comes_too_late(delivery: Delivery, at: datetime) -> bool:
    """Whether a letter that may be tried again at that moment has had its time by then, a night in between included."""
    return _is_stale(delivery, _by_day(delivery, at))


def _is_stale(delivery: Delivery, at: datetime) -> bool:
    if delivery.kind in OF_PLACE:
        return circulars.is_over(delivery, at)
    return at - delivery.due_at > KINDS[delivery.kind].stale


def _by_day(delivery: Delivery, at: datetime) -> datetime:
    """Then, or in the morning after it where a letter that is more than an hour late would come into the night, or one
    whose hour nobody chose."""
    zone = zone_of(delivery.owner)
    in_time = at - delivery.due_at <= AT_ONCE and delivery.kind not in OF_PLACE
    if in_time or MORNING <= at.astimezone(zone).hour < EVENING:
        return at
    return clock.next_morning(at, zone, MORNING)


def passes(delivery: Delivery, now: datetime) -> bool:
    """Commits "handed" if at this moment everything still holds: one statement, so that nothing comes between."""
    today = now.astimezone(zone_of(delivery.owner)).date()
    if delivery.kind in OF_PLACE:
        return _passes_to_everybody(delivery, now)
    try:
        if delivery.farewell:
            return _say_farewell(_holds(delivery, today, now), _left(delivery, today, now), delivery, now)
        owner = delivery.owner
        gate = _gate(delivery.kind, delivery.slot, today, owner.time_zone, owner.day_starts_at)
        return gate.changed(**_holes(delivery, now)) == 1
    except IntegrityError:
        # Another letter of the same day went through its own gate meanwhile.
        return False


def _passes_to_everybody(delivery: Delivery, now: datetime) -> bool:
    """As above. It leaves the day to the letters that people chose: theirs comes all the same."""
    mine = Delivery.objects.held(delivery.token).filter(*circulars.holds(delivery, now), pk=delivery.pk, lease__gt=now)
    left = {"state": State.HANDED, "handed_at": now, "message_id": delivery.new_message_id()}
    return mine.update(**left) == 1


@lru_cache(maxsize=500)
def _gate(kind: str, slot: date, today: date, zone: str, day_starts_at: int) -> Update:
    """The statement for all who are asked alike: the letter itself and the moment are holes in it."""
    now, anybody = datetime(1900, 1, 1, tzinfo=UTC), User(time_zone=zone, day_starts_at=day_starts_at)
    letter = Delivery(kind=kind, slot=slot, owner=anybody, token=uuid4())
    return Update(_holds(letter, today, now), _left(letter, today, now), _holes(letter, now))


def _holes(delivery: Delivery, now: datetime) -> dict[str, Any]:
    oldest = now - KINDS[delivery.kind].stale
    mine = {"pk": delivery.pk, "token": delivery.token, "message_id": delivery.new_message_id()}
    return mine | {"now": now, "oldest": oldest}


def _holds(delivery: Delivery, today: date, now: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.held(delivery.token).filter(
        ~Exists(_left_on(today)),
        *_gives_way(delivery, today, now),
        _has_something_to_say(delivery),
        Exists(_standing()),
        ~Exists(Silence.objects.filter(owner=OuterRef("owner"))),
        pk=delivery.pk,
        lease__gt=now,
        due_at__gte=now - KINDS[delivery.kind].stale,
    )


def _left(delivery: Delivery, today: date, now: datetime) -> dict[str, Any]:
    left = {"handed_at": now, "handed_on": today, "message_id": delivery.new_message_id()}
    return {"state": State.HANDED} | left


@transaction.atomic
def _say_farewell(holds: QuerySet[Delivery], left: dict[str, Any], delivery: Delivery, now: datetime) -> bool:
    """The note and the silence after it are one: there is no second note."""
    if holds.update(**left) != 1:
        return False
    Silence.begin(delivery.owner_id, Silence.Why.UNANSWERED, now)
    return True


def refuse(delivery: Delivery, now: datetime) -> None:
    """Notes why it stays here, or puts it off. Where only the lease was over, whoever claims it next asks again."""
    if not (delivery.lease and delivery.lease > now):
        return
    if delivery.kind in OF_PLACE:
        delivery.skip(Reason.SILENT if Silence.objects.filter(owner=delivery.owner_id).exists() else Reason.CHANGED)
        return
    why = _why(delivery, now)
    if why is Reason.OTHER and KINDS[delivery.kind].waits and not delivery.was_put_off:
        delivery.put_off(clock.day_later(delivery.due_at, zone_of(delivery.owner)))
    else:
        delivery.skip(why)


def _why(delivery: Delivery, now: datetime) -> Reason:
    schedule = Schedule.objects.filter(owner=delivery.owner_id, kind=delivery.kind, owner__is_active=True).first()
    if not schedule or not schedule.active:
        return Reason.STOPPED
    if Silence.objects.filter(owner=delivery.owner_id).exists():
        return Reason.SILENT
    if schedule.version != delivery.schedule_version:
        return Reason.CHANGED
    if schedule.paused_until and delivery.slot < schedule.paused_until:
        return Reason.PAUSED
    if now - delivery.due_at > KINDS[delivery.kind].stale:
        return Reason.LATE
    return _why_quiet(delivery)


def _why_quiet(delivery: Delivery) -> Reason:
    if Delivery.objects.filter(_has_something_to_say(delivery), pk=delivery.pk).exists():
        return Reason.OTHER
    if delivery.farewell:
        return Reason.ANSWERED
    return Reason.QUIET if delivery.kind in (WEEKLY, DAILY) else Reason.NOTHING


def _has_something_to_say(delivery: Delivery) -> Any:
    if delivery.farewell:
        return ~facts.kept_since(OWNER, quiet.last_sent(delivery) or delivery.due_at)
    return _asked_for(delivery.kind, delivery.slot, delivery.owner)


def _asked_for(kind: str, slot: date, owner: User) -> Any:
    """What the journal has to be like for such a letter to come."""
    if kind == WEEKLY:
        return ~facts.three_named(OWNER, asked_monday(slot))
    if kind == DAILY:
        return ~facts.wrote_on(OWNER, slot, clock.begin_of_day(slot, owner.day_starts_at, zone_of(owner)))
    if kind == STEP:
        return facts.step_waits(OWNER, slot)
    if kind == MONTH:
        return facts.kept_within(OWNER, *month_before(slot))
    return facts.good_on(OWNER, year_before(slot))


def _gives_way(delivery: Delivery, today: date, now: datetime) -> list[Any]:
    """To a letter that goes before it and is on its way, or would come later on the same day."""
    higher = kinds.before(delivery.kind)
    if not higher:
        return []
    owner, theirs = delivery.owner, {"owner": OuterRef("owner")}
    end = clock.end_of_day(today, zone_of(owner))
    waits = Q(due_at__lte=now) | Q(slot__lt=today, due_at__lt=end)  # the latter was put off until today
    under_way = Delivery.objects.filter(waits, kind__in=higher, state__in=[State.PLANNED, State.CLAIMED], **theirs)
    tonight = {"next_at__gt": now, "next_at__lt": end, "active": True}
    to_come = Schedule.objects.filter(_awake(today), **tonight, **theirs)
    later = [~(Exists(to_come.filter(kind=kind)) & Q(_asked_for(kind, today, owner))) for kind in higher]
    return [~Exists(under_way), *later]


def _standing() -> QuerySet[Schedule]:
    """The schedule that planned it: unchanged, not stopped, not resting."""
    same = {"owner": OuterRef("owner"), "kind": OuterRef("kind"), "version": OuterRef("schedule_version")}
    return Schedule.objects.filter(_awake(OuterRef("slot")), active=True, owner__is_active=True, **same)


def _awake(day: Any) -> Q:
    return Q(paused_until=None) | Q(paused_until__lte=day)


def _left_on(day: date) -> QuerySet[Delivery]:
    """A letter that left, or may have, on that day of its person."""
    return Delivery.objects.filter(owner=OuterRef("owner"), handed_on=day)
