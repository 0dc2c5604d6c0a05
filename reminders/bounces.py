"""Letters that could not be left, and what becomes of the next ones.

Hard (nobody is there): silence at once. Complaint: silence, for as long as the address stays the same. Soft (a mailbox
that is full, a server that is away): after letters of three days without one that arrived in between, all letters rest
for a week. After it they are tried again: three more, and they rest for four weeks; three more, and they are silent as
after a hard one, which one press ends. A full mailbox is most often somebody who is away or unwell, and the letter is
what would bring them back; so it tries for more than a month before it gives up, and never more than nine letters.
A letter that its server put off until it was stale is a soft one: a mail server of our own would have said so at the
end of its queue (docs/decisions/0014).

Each is told in the app. What is about us (reminders.refusals) leaves a letter undelivered and changes nothing.
"""

import re
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from allauth.account import signals
from django.db import transaction
from django.dispatch import receiver
from django.utils.crypto import constant_time_compare

from accounts.days import local_date
from accounts.models import User
from reminders import gate, refusals, reports, tokens
from reminders.models import Bounce, Delivery, Schedule, Silence
from reminders.models.delivery import State, ids_in
from reminders.refusals import Refusal

DAYS, DAY = 3, timedelta(days=1)
RESTS = [timedelta(weeks=1), timedelta(weeks=4)]
# Servers give up within days; people find a letter in their mailbox for longer.
LATEST, COMPLAINED = timedelta(days=14), timedelta(days=60)
FORGET = timedelta(days=400)
PREFIX, COMPLAINTS = "b", "complaints"
FEW = 3  # a complaint is about one letter, and names it once or twice
RETURNED = re.compile(r"b\+([0-9a-f]{32})-([a-z2-7]{16})")
FULL = ".2.2"

SOFT, HARD, COMPLAINT = Bounce.Kind.SOFT, Bounce.Kind.HARD, Bounce.Kind.COMPLAINT


class Told(NamedTuple):
    """Why letters rest: the last day of it is the one before `until`."""

    until: date
    full: bool


def told(user: User, now: datetime) -> Told | None:
    """None where letters do not rest because of bounces, or where their owner ended that rest."""
    last = Bounce.objects.of(user).filter(rest_until__gt=local_date(user, now)).order_by("at").last()
    if not last or not last.rest_until:
        return None
    resting = Schedule.objects.of(user).filter(active=True, paused_until__gte=last.rest_until).exists()
    return Told(last.rest_until, last.code.endswith(FULL)) if resting else None


# How we hear of it


def refused(delivery: Delivery, refusal: Refusal | None, now: datetime) -> None:
    """The server said no while the letter was handed over."""
    if refusal:
        note(delivery, refusal, now)


def put_off(delivery: Delivery, refusal: Refusal | None, now: datetime) -> None:
    """Not now, the server said. Nothing is noted while another try may come before the letter is stale."""
    if refusal and refusal.kind == SOFT and gate.comes_too_late(delivery, delivery.not_before):
        note(delivery, refusal, now)


def refused_on_asking(user: User, refusal: Refusal | None, now: datetime) -> None:
    """A letter that somebody asked for has no row and counts for nothing. But that nobody is there is true of the next
    one, too (docs/decisions/0014). Whoever has no letter switched on has none to be silenced."""
    if refusal and refusal.kind == HARD and Schedule.objects.of(user).filter(active=True).exists():
        Silence.begin(user.pk, Silence.Why.BOUNCED, now)


def returned(local_part: str, mime: bytes, now: datetime) -> None:
    """A mail came to a letter's return address. One that is forged, unknown or no report is passed over in silence."""
    delivery = _proven(local_part, now, COMPLAINED)
    if delivery and reports.complaint(mime) is not None:
        note(delivery, Refusal(COMPLAINT, ""), now)
    elif delivery and _is_recent(delivery, now) and (refusal := reports.failure(mime)):
        note(delivery, refusal, now)


def complained(mime: bytes, now: datetime) -> None:
    """A mail came to the address for complaints. Only the return address of a letter proves that it is about one."""
    for found in islice(RETURNED.finditer((reports.complaint(mime) or "").lower()), FEW):
        if delivery := _proven(found[0], now, COMPLAINED):
            note(delivery, Refusal(COMPLAINT, ""), now)


def event(named: str, what: str, now: datetime, *, why: str = "", said: str = "", to: str = "") -> None:
    """A provider tells what became of a letter, in the words of django-anymail's tracking events.

    `named` holds our Message-ID; `what` is the event_type, `why` the reject_reason, `said` the words of the server that
    refused, `to` the recipient. What is told of an address that its owner left counts for nothing.
    """
    delivery = Delivery.objects.filter(pk__in=ids_in(named)).select_related("owner").first()
    if not delivery or to.casefold() not in ("", delivery.owner.email.casefold()):
        return
    if what == "unsubscribed" or (what, why) == ("rejected", "unsubscribed"):
        _stop(delivery, now)
    elif what == "delivered":
        Delivery.objects.filter(owner=delivery.owner_id, pk=delivery.pk, state=State.UNSURE).update(state=State.SENT)
    elif refusal := _of_event(what, why, said):
        note(delivery, refusal, now)


def _proven(local_part: str, now: datetime, within: timedelta) -> Delivery | None:
    """The letter, if the mark is the one that we gave it for the address its owner has now, and if it left lately.

    Whoever comes later found the address in an old letter.
    """
    found = RETURNED.fullmatch(local_part.lower())
    if not found:
        return None
    id = UUID(hex=found[1])
    delivery = Delivery.objects.filter(pk=id, handed_at__gt=now - within).select_related("owner").first()
    mark = tokens.return_mark(id, delivery.owner.email if delivery else "")
    return delivery if constant_time_compare(mark, found[2]) else None


def _is_recent(delivery: Delivery, now: datetime) -> bool:
    return delivery.handed_at is not None and delivery.handed_at > now - LATEST


def _of_event(what: str, why: str, said: str) -> Refusal | None:
    """None for what is no refusal. A provider's list of those who complained or are not there speaks for itself."""
    if what == "complained" or (what, why) == ("rejected", "spam"):
        return Refusal(COMPLAINT, "")
    if what not in ("bounced", "rejected", "failed"):
        return None
    if why == "invalid" or (what, why) == ("rejected", "bounced"):
        return Refusal(HARD, refusals.code_in(said))
    if what == "bounced" and why in ("", "bounced", "timed_out"):
        return refusals.reported("", said)
    return Refusal(None, "")


def _stop(delivery: Delivery, now: datetime) -> None:
    """As the link in the letter does: letters of that kind."""
    for schedule in Schedule.objects.filter(owner=delivery.owner_id, kind=delivery.kind).select_related("owner"):
        schedule.change(now, active=False)


# What becomes of it


@transaction.atomic
def note(delivery: Delivery, refusal: Refusal, now: datetime) -> None:
    """Once a letter; a graver word about it takes the place of a milder one."""
    user = User.objects.select_for_update(no_key=True).filter(pk=delivery.owner_id).first()
    if not user:
        return
    if refusal.kind != COMPLAINT:
        Delivery.objects.filter(owner=delivery.owner_id, pk=delivery.pk).mark_returned()
    if not refusal.kind or not (bounce := _kept(delivery, refusal.kind, refusal.code, now)):
        return
    if refusal.kind == SOFT:
        _after_soft(bounce, user, now)
    else:
        Silence.begin(user.pk, Silence.Why.UNWANTED if refusal.kind == COMPLAINT else Silence.Why.BOUNCED, now)


def _kept(delivery: Delivery, kind: Bounce.Kind, code: str, now: datetime) -> Bounce | None:
    """None where as much was known."""
    words = {"at": now, "kind": kind, "code": code}
    bounce, new = Bounce.objects.select_related("delivery").get_or_create(
        delivery=delivery, defaults=words | {"owner_id": delivery.owner_id}
    )
    if new:
        return bounce
    if bounce.kind == kind or bounce.is_graver_than(kind):
        return None
    Bounce.objects.filter(owner=delivery.owner_id, pk=bounce.pk).update(**words)
    return bounce


def _after_soft(bounce: Bounce, user: User, now: datetime) -> None:
    """Letters that were on their way before a rest began say nothing new."""
    sent = Delivery.objects.of(user).filter(state=State.SENT, due_at__lt=bounce.delivery.due_at)
    soft = Bounce.objects.soft_since(user, sent.order_by("due_at").values_list("due_at", flat=True).last())
    rests = [one.at for one in soft if one.rest_until]
    days = {one.delivery.slot for one in soft if not rests or one.delivery.due_at > rests[-1]}
    if len(days) < DAYS:
        return
    if len(rests) < len(RESTS):
        # From tomorrow on: a week without one where they come on this day of the week.
        _rest(bounce, user, local_date(user, now) + DAY + RESTS[len(rests)])
    else:
        Silence.begin(user.pk, Silence.Why.BOUNCED, now)


def _rest(bounce: Bounce, user: User, until: date) -> None:
    bounce.rest_until = until
    bounce.save(update_fields=["rest_until"])
    for schedule in Schedule.objects.of(user):
        schedule.rest(max(until, schedule.paused_until or until))


# What is forgotten


@receiver(signals.email_changed)
def forget(user: User, **kwargs: Any) -> None:
    """Another address: what the old one could not take is over, and the rest that came of it."""
    soft = Bounce.objects.of(user).filter(kind=SOFT)
    days = set(soft.exclude(rest_until=None).values_list("rest_until", flat=True))
    for schedule in Schedule.objects.of(user).filter(paused_until__in=days):
        schedule.rest(None)
    soft.delete()


def prune(now: datetime) -> None:
    Bounce.objects.filter(at__lt=now - FORGET).delete()
