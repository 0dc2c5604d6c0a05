"""Three things of a week."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.days import zone_of
from accounts.models import User
from reminders import kinds

THURSDAY = 3
WEEK = timedelta(days=7)
LIFE = kinds.KINDS[kinds.WEEKLY].life or WEEK


def asked_monday(day: date) -> date:
    """The week that a letter of this day asks about: from Thursday on this one, before it the one that has ended."""
    monday = day - timedelta(days=day.weekday())
    return monday if day.weekday() >= THURSDAY else monday - WEEK


@dataclass(frozen=True)
class Weekly:
    """One weekly letter: the week it asks about, the local date it is read on, and when its link closes."""

    template = "weekly"
    can_be_stopped = True

    monday: date
    today: date
    closes: date

    @property
    def asks(self) -> dict[str, date]:
        return {"monday": self.monday}

    @classmethod
    def on(cls, user: User, slot: date, now: datetime) -> "Weekly":
        zone = zone_of(user)
        closes = (now + LIFE).astimezone(zone).date()
        return cls(asked_monday(slot), now.astimezone(zone).date(), closes)

    @classmethod
    def sample(cls, now: datetime) -> "Weekly":
        """The letter of the coming Sunday."""
        monday = now.date() - timedelta(days=now.weekday())
        sunday = monday + timedelta(days=6)
        return cls(monday, sunday, sunday + LIFE)

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
