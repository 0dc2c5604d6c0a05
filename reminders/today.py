"""What Today shows of letters to one person."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from accounts.models import User
from accounts.prepared import prepared
from journal import facts
from reminders.letters import asked_monday, week_days
from reminders.models import WEEKLY, Delivery, Offer, Silence
from reminders.models.delivery import State

AGAIN_AFTER = 8  # kept things: seven more than the first
A_WEEK = timedelta(days=7)
# A letter in one of these was due and left, or would have.
DUE = [State.HANDED, State.SENT, State.FAILED, State.UNSURE]


@dataclass(frozen=True)
class AskedWeek:
    monday: date

    @property
    def name(self) -> str:
        """2026-W47 (ISO 8601), as it stands in the address of the week's page."""
        year, week, _ = self.monday.isocalendar()
        return f"{year:04d}-W{week:02d}"

    @property
    def days(self) -> str:
        return week_days(self.monday)


def offer(user: User, answered: str) -> dict[str, Any]:
    """Whether to ask, or which answer to repeat: `answered` came in the address that the answer led to."""
    said = next(iter(_said(user)), None)
    shown = {"mail_leaves": bool(settings.EMAIL_URL)}
    if said and said.answer == answered:
        return shown | {"answer": answered, "asks": False}
    return shown | {"answer": "", "asks": _asks(user, said)}


def _asks(user: User, said: Offer | None) -> bool:
    if not said:
        return facts.kept_count(user.pk, at_most=1) == 1
    again = said.answer == Offer.Answer.LATER and said.times == 1
    return again and facts.kept_count(user.pk, at_most=AGAIN_AFTER) == AGAIN_AFTER


def letter_waiting(user: User, now: datetime) -> AskedWeek | None:
    """The week that the last letter asks about, for as long as that letter is the newest and not answered.

    Where mail leaves this server, any line kept since is an answer. Where none does, the card is the letter, and it
    is answered by the first thing named.
    """
    newest = next(iter(_newest(user, now - A_WEEK)), None)
    if not newest:
        return None
    week = AskedWeek(asked_monday(newest.slot))
    if settings.EMAIL_URL:
        answered = facts.wrote_since(user.pk, newest.due_at)
    else:
        answered = facts.proud_count(user.pk, week.monday) > 0
    return None if answered else week


def mailbox_trouble(user: User) -> str:
    """Why no letter is sent, where the reason is the mailbox and not that nobody answered."""
    return next((why for (why,) in _silence(user) if why in Silence.OF_THE_MAILBOX), "")


@prepared
def _said(user: User) -> Any:
    return Offer.objects.filter(owner=user, kind=WEEKLY)[:1]


@prepared
def _newest(user: User, since: datetime) -> Any:
    due = Delivery.objects.of(user).filter(kind=WEEKLY, due_at__gt=since, state__in=DUE)
    return due.order_by("-due_at", "pk")[:1]


@prepared
def _silence(user: User) -> Any:
    return Silence.objects.filter(owner=user).values_list("why")
