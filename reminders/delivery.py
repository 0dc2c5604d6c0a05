"""plan → claim → gate → hand over → sweep: the database is the queue (docs/decisions/0002).

Every step is safe to be done by many processes at once and to be cut off at any point. `now` is the pass's own clock;
while a pass runs it goes on by what a monotonic clock measured, so that a worker that was stopped knows how long.
"""

import logging
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple
from uuid import UUID, uuid4

from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from accounts.days import zone_of
from accounts.models import User
from reminders import bells, bounces, gate, letters, replies, tally
from reminders.asked_once import Some
from reminders.handover import Fate, Post, undisturbed
from reminders.kinds import OF_PLACE, rank
from reminders.models import Delivery, ReplyAddress, Schedule, Silence, WriteLink
from reminders.models.delivery import SILENCE, State, message_id
from reminders.planning import plan
from reminders.refusals import Refusal

BATCH = 200
LEASE = timedelta(minutes=2)
# Within the minute that a task may take, an SMTP server that does not answer included.
PLANNING, LONGEST = timedelta(seconds=15), timedelta(seconds=30)
FORGET = timedelta(days=30)

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


def tick(now: datetime) -> None:
    """One pass over the letters at the instant `now` (UTC)."""
    if not anything_waits(now):
        return
    clock = going_on_from(now)
    with tally.counted() as counts:
        planned = plan(now, lambda: clock() < now + PLANNING)
        bells.ring(now, BATCH)
        counts.update(planned=planned, sent=deliver(clock), unsure=sweep(clock()))
    if any(counts.values()):
        log.info("Letters.", extra={"said": {**counts, "seconds": f"{(clock() - now).total_seconds():.1f}"}})


def anything_waits(now: datetime) -> bool:
    """Most minutes have no letter, and find out by one question."""
    return _waiting().exist(**_moments(now))


@cache
def _waiting() -> Some:
    now = datetime(1900, 1, 1, tzinfo=UTC)
    deliveries, links = Delivery.objects, WriteLink.objects.filter(expires_at__lt=now - FORGET)
    waiting = [deliveries.planned(now), deliveries.lapsed(now), deliveries.gone_quiet(now)]
    sets = [Schedule.objects.due(now), *waiting, links]
    return Some(sets, _moments(now))


def _moments(now: datetime) -> dict[str, datetime]:
    return {"now": now, "quiet": now - SILENCE, "forget": now - FORGET}


def going_on_from(now: datetime) -> Clock:
    begun = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - begun)


# Claim


def claim(now: datetime) -> list[Delivery]:
    """Takes some letters for this process alone, for as long as the lease."""
    ids, token = take(now)
    held = Delivery.objects.held(token).filter(pk__in=ids).select_related("owner__reply_consent") if ids else []
    return sorted(held, key=lambda one: (one.due_at, rank(one.kind)))


def take(now: datetime) -> tuple[list[UUID], UUID]:
    """The ids, and the token by which they are held; one statement marks them, however many."""
    token, rows = uuid4(), Delivery.objects
    with transaction.atomic():
        for free in (rows.lapsed(now).order_by("lease"), rows.planned(now).order_by("not_before")):
            some = free.select_for_update(skip_locked=True)[:BATCH]
            if ids := list(some.values_list("pk", flat=True)):
                rows.filter(pk__in=ids).update(state=State.CLAIMED, token=token, lease=now + LEASE)
                return ids, token
    return [], token


# Hand over


class Written(NamedTuple):
    delivery: Delivery
    message: EmailMultiAlternatives
    link: WriteLink | None
    address: ReplyAddress | None


def deliver(clock: Clock) -> int:
    """What may go now, for `LONGEST` at most; the next pass goes on. Returns how many were sent."""
    sent, until, press = 0, clock() + LONGEST, letters.Press()
    with Post() as post:
        while clock() < until and (batch := claim(clock())):
            written = _written(batch, clock(), press)
            sent += _hand_over(written, post, clock, until)
            if written and not post.is_open:
                break
    return sent


def _written(batch: list[Delivery], now: datetime, press: letters.Press) -> list[Written]:
    """The letters of those that may go by the hour, with a link in each. Nothing has left yet."""
    ready = [delivery for delivery in batch if gate.is_time(delivery, now)]
    owners = {delivery.owner_id: delivery.owner for delivery in ready}
    schedules, discreet = _schedules(owners), letters.discreet(owners)
    tried = [
        _write(press, delivery, schedules.get((delivery.owner_id, delivery.kind)), now, delivery.owner_id in discreet)
        for delivery in ready
    ]
    written = [letter for letter in tried if letter]
    WriteLink.objects.bulk_create([letter.link for letter in written if letter.link])
    ReplyAddress.objects.bulk_create([letter.address for letter in written if letter.address])
    return written


def _schedules(owners: dict[UUID, User]) -> dict[tuple[UUID, str], Schedule]:
    found = {(one.owner_id, one.kind): one for one in Schedule.objects.filter(owner__in=list(owners))}
    for schedule in found.values():
        schedule.owner = owners[schedule.owner_id]
    return found


def _write(
    press: letters.Press, delivery: Delivery, schedule: Schedule | None, now: datetime, discreet: bool
) -> Written | None:
    if schedule is None and delivery.kind in OF_PLACE:
        schedule = Schedule(owner=delivery.owner, kind=delivery.kind)
    if schedule is None:
        gate.refuse(delivery, now)
        return None
    slot, id, farewell = delivery.slot, delivery.new_message_id(), delivery.farewell
    try:
        return Written(delivery, *press.written(schedule, slot, now, id, farewell, discreet))
    except Exception:
        # One that cannot be written keeps nobody else's from going.
        log.exception("A letter could not be written.")
        delivery.put_back(now, tried=True)
        return None


def _hand_over(written: list[Written], post: Post, clock: Clock, until: datetime) -> int:
    """One by one, each through the gate. What was not come to is put back."""
    sent: list[Delivery] = []
    waiting = deque(written)
    try:
        while waiting and clock() < until and post.opens():
            letter = waiting.popleft()
            with undisturbed():
                if _leaves(letter, post, clock):
                    sent.append(letter.delivery)
    finally:
        Delivery.objects.mark_sent(sent)
        Schedule.objects.count_unanswered(sent)
        for letter in waiting:
            letter.delivery.put_back(clock(), tried=not post.is_open)
    return len(sent)


def _leaves(letter: Written, post: Post, clock: Clock) -> bool:
    """Between the gate's commit and the mark a crash loses this one letter, and doubles none."""
    if not gate.passes(letter.delivery, clock()):
        gate.refuse(letter.delivery, clock())
        return False
    fate = post.hand_over(letter.message)
    if fate is Fate.LATER:
        letter.delivery.put_back(clock(), tried=True)
        if letter.delivery.farewell:
            Silence.take_back(letter.delivery.owner_id, clock())
        bounces.put_off(letter.delivery, post.refusal, clock())
    elif fate is not Fate.TAKEN:
        letter.delivery.close(State.FAILED if fate is Fate.REFUSED else State.UNSURE)
        bounces.refused(letter.delivery, post.refusal, clock())
    return fate is Fate.TAKEN


def send_one(schedule: Schedule, now: datetime) -> tuple[Fate, Refusal | None]:
    """A letter on asking, outside all rules: it takes no slot and counts for nothing. What became of it, and why."""
    today = now.astimezone(zone_of(schedule.owner)).date()
    discreet = bool(letters.discreet([schedule.owner_id]))
    letter = letters.written(schedule, today, now, message_id(uuid4()), discreet=discreet)
    with Post() as post:
        if not post.opens():
            return Fate.LATER, None
        for row in filter(None, (letter.link, letter.address)):
            row.save(force_insert=True)
        fate = post.hand_over(letter.message)
    if fate is Fate.REFUSED:
        bounces.refused_on_asking(schedule.owner, post.refusal, now)
    return fate, post.refusal


# Sweep


def sweep(now: datetime) -> int:
    """Letters that were handed over by somebody who was heard of no more are never sent again."""
    WriteLink.objects.filter(expires_at__lt=now - FORGET).delete()
    replies.forget(now)
    bounces.prune(now)
    return Delivery.objects.gone_quiet(now).update(state=State.UNSURE)
