"""What a letter says. Dates and addresses come in; a person's words and name have no way here."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.days import zone_of
from accounts.mail import compose
from accounts.models import User
from reminders import replies, tokens
from reminders.models import WEEKLY, ReplyAddress, Schedule, WriteLink

THURSDAY = 3
WEEK = timedelta(days=7)


def asked_monday(day: date) -> date:
    """The week that a letter of this day asks about: from Thursday on this one, before it the one that has ended."""
    monday = day - timedelta(days=day.weekday())
    return monday if day.weekday() >= THURSDAY else monday - WEEK


@dataclass(frozen=True)
class Weekly:
    """One weekly letter: the week it asks about, the local date it is read on, and when its link closes."""

    monday: date
    today: date
    closes: date

    @classmethod
    def on(cls, user: User, slot: date, now: datetime) -> "Weekly":
        zone = zone_of(user)
        closes = (now + WriteLink.LIFE).astimezone(zone).date()
        return cls(asked_monday(slot), now.astimezone(zone).date(), closes)

    @classmethod
    def sample(cls, now: datetime) -> "Weekly":
        """The letter of the coming Sunday."""
        monday = now.date() - timedelta(days=now.weekday())
        sunday = monday + timedelta(days=6)
        return cls(monday, sunday, sunday + WriteLink.LIFE)

    @property
    def subject(self) -> str:
        return _("Three things, whenever you’re ready")

    @property
    def question(self) -> str:
        words = {"weekday": date_format(self.today, "l")}
        if self._has_ended:
            return (
                _("It’s %(weekday)s. Was there something last week that you did, or tried, or put down in time?")
                % words
            )
        return _("It’s %(weekday)s. Was there something this week that you did, or tried, or put down in time?") % words

    @property
    def leave(self) -> str:
        if self._has_ended:
            return _("One is fine. So is letting that week go by.")
        return _("One is fine. So is letting this week go by.")

    @property
    def days(self) -> str:
        """16 to 22 November."""
        return week_days(self.monday)

    @property
    def last_day(self) -> str:
        return date_format(self.closes, "l j F")

    @property
    def _has_ended(self) -> bool:
        return self.today >= self.monday + WEEK


def week_days(monday: date) -> str:
    sunday = monday + timedelta(days=6)
    first = date_format(monday, "j" if monday.month == sunday.month else "j F")
    return _("%(first)s to %(last)s") % {"first": first, "last": date_format(sunday, "j F")}


def weekly(
    schedule: Schedule, slot: date, now: datetime, message_id: str
) -> tuple[EmailMultiAlternatives, WriteLink, ReplyAddress | None]:
    """The finished letter of one slot, its link and its own address, which have to be kept before the letter goes."""
    user = schedule.owner
    token, link = tokens.new_link(user, asked_monday(slot), now)
    stop = tokens.stop_address(schedule.stop_token)
    back = replies.address_for(user, WEEKLY, asked_monday(slot), now)
    with translation.override(user.language):
        words = {"letter": Weekly.on(user, slot, now), "write": tokens.write_address(token), "stop": stop}
        words["reply_above"] = replies.marker() if back else ""
        message = compose(user, "reminders/mail/weekly", words, headers(stop, message_id) | replies.headers(back))
    return message, link, back and back.row


def headers(stop: str, message_id: str) -> dict[str, str]:
    """RFC 8058: one address, and a post to it stops the letters at once."""
    one_click = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return one_click | {"Message-ID": message_id}
