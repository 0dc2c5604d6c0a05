"""Why did I not get it? The letters of the last two months, and what became of each, in plain words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.days import zone_of
from accounts.models import User
from reminders import bounces
from reminders.gate import AT_ONCE
from reminders.kinds import CLOSING, DAILY, MONTH, OF_PLACE, SOON, STAYING, STEP, WEEKLY, YEAR
from reminders.letterbox import Letterbox
from reminders.models import Bounce, Delivery
from reminders.models.delivery import Reason, State
from reminders.upcoming import Coming, Taken, coming

SPAN = timedelta(days=60)
NAMES = {
    WEEKLY: gettext_lazy("Three things"),
    MONTH: gettext_lazy("The month, looking back"),
    YEAR: gettext_lazy("A page from a year ago"),
    STEP: gettext_lazy("One small step"),
    DAILY: gettext_lazy("One quiet line"),
    CLOSING: gettext_lazy("That this place closes"),
    SOON: gettext_lazy("That this place closes in a week"),
    STAYING: gettext_lazy("That this place stays open"),
}
FAREWELL = gettext_lazy("A note that letters go quiet")
STATES = {
    State.CLAIMED: gettext_lazy("On its way."),
    State.HANDED: gettext_lazy("On its way."),
    State.FAILED: gettext_lazy("Refused by a mail server; that says nothing about your mailbox."),
    State.UNSURE: gettext_lazy("Handed over; whether it was taken nobody told us, so it was not sent again."),
}
RETURNED = {
    Bounce.Kind.HARD: gettext_lazy("It came back: that mailbox takes no mail."),
    Bounce.Kind.SOFT: gettext_lazy("It came back: the mailbox could not take it then."),
}
FULL = gettext_lazy("It came back: the mailbox was full.")
REASONS = {
    Reason.LATE: gettext_lazy("Not sent: by the time that it could go, its hour was long over."),
    Reason.QUIET: gettext_lazy("Not sent: you had written that day already."),
    Reason.PAUSED: gettext_lazy("Not sent: letters rested."),
    Reason.ANSWERED: gettext_lazy("Not sent: you had written again."),
    Reason.STOPPED: gettext_lazy("Not sent: these letters were switched off."),
    Reason.CHANGED: gettext_lazy("Not sent: its day, time or time zone was changed meanwhile."),
    Reason.OTHER: gettext_lazy("Not sent: the day was another letter’s, and there is one a day at most."),
    Reason.SLOWED: gettext_lazy("Not sent: these letters had slowed down by themselves."),
    Reason.SILENT: gettext_lazy("Not sent: letters had gone quiet."),
    Reason.NOTHING: gettext_lazy("Not sent: it had nothing to bring."),
}


def name_of(kind: str, farewell: bool) -> Any:
    return FAREWELL if farewell else NAMES[kind]


@dataclass(frozen=True)
class Line:
    """One letter, by the wall of its reader."""

    delivery: Delivery
    user: User

    @property
    def name(self) -> Any:
        return name_of(self.delivery.kind, self.delivery.farewell)

    @property
    def at(self) -> datetime:
        return self._by_the_wall(self.delivery.due_at)

    @property
    def said_at(self) -> str:
        return said(self.at)

    @property
    def fate(self) -> Any:
        """What became of it."""
        state = State(self.delivery.state)
        if state == State.PLANNED:
            return self._waiting
        if state == State.SENT:
            return self._sent
        if state == State.FAILED:
            return self._returned
        return self._why_not if state == State.SKIPPED else STATES[state]

    @property
    def _waiting(self) -> str:
        if self.delivery.tries:
            return _("Waiting: the mail server did not take it yet. It is tried again.")
        if self.delivery.was_put_off:
            return _("Waiting: its day was another letter’s, so it comes the day after.")
        if self.delivery.not_before > self.delivery.due_at:
            return _("Waiting for the morning.")
        return _("Waiting to go.")

    @property
    def _returned(self) -> Any:
        """What a server said of the mailbox; a refusal that is about us says nothing of it (reminders.refusals)."""
        bounce: Bounce | None = getattr(self.delivery, "bounce", None)
        if bounce and bounce.code.endswith(bounces.FULL):
            return FULL
        return RETURNED.get(Bounce.Kind(bounce.kind), STATES[State.FAILED]) if bounce else STATES[State.FAILED]

    @property
    def _why_not(self) -> Any:
        if self.delivery.reason == Reason.QUIET and self.delivery.kind == WEEKLY:
            return _("Not sent: three things were named already.")
        if self.delivery.reason == Reason.CHANGED and self.delivery.kind in OF_PLACE:
            return _("Not sent: what it said did not hold any more.")
        return REASONS[Reason(self.delivery.reason)]

    @property
    def _sent(self) -> str:
        left = self.delivery.handed_at
        if left and left - self.delivery.due_at > AT_ONCE:
            return _("Sent later: %(at)s.") % {"at": said(self._by_the_wall(left))}
        return _("Sent.") if settings.EMAIL_URL else _("Put into the outbox folder.")

    def _by_the_wall(self, instant: datetime) -> datetime:
        return instant.astimezone(zone_of(self.user))


@dataclass(frozen=True)
class History:
    box: Letterbox

    @cached_property
    def lines(self) -> list[Line]:
        """Newest first."""
        user = self.box.user
        rows = Delivery.objects.of(user).filter(due_at__gt=self.box.now - SPAN).select_related("bounce")
        return [Line(row, user) for row in rows.order_by("-due_at")]

    @cached_property
    def next(self) -> list[tuple[Any, Coming, str]]:
        """Name, letter, and when: the three that come next."""
        if self.box.silence:
            return []
        rows = [line.delivery for line in self.lines]
        taken = Taken.among(
            ((row.kind, row.slot, row.handed_on, row.due_at) for row in rows), self.box.user, self.box.now
        )
        letters = coming(list(self.box.schedules.values()), taken, self.box.now, 3)
        return [(name_of(one.schedule.kind, one.farewell), one, said(one.at)) for one in letters]


def said(at: datetime) -> str:
    return date_format(at, "l j F, H:i")
