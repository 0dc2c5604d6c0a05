"""One line of one day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.days import zone_of
from accounts.models import User
from reminders import kinds

LIFE = kinds.KINDS[kinds.DAILY].life or timedelta(days=2)


@dataclass(frozen=True)
class Daily:
    """The day it asks about, and the last one on which its link can write."""

    template = "daily"
    can_be_stopped = True

    day: date
    closes: date

    @classmethod
    def on(cls, user: User, slot: date, now: datetime) -> "Daily":
        return cls(slot, (now + LIFE).astimezone(zone_of(user)).date())

    @classmethod
    def sample(cls, now: datetime) -> "Daily":
        return cls(now.date(), (now + LIFE).date())

    @property
    def asks(self) -> dict[str, date]:
        return {"monday": self.day - timedelta(days=self.day.weekday()), "day": self.day}

    @property
    def subject(self) -> str:
        return _("One line, if you like")

    @property
    def question(self) -> str:
        return _("It’s %(weekday)s. What did you do, or try, or leave alone today?") % {"weekday": self.weekday}

    @property
    def weekday(self) -> str:
        return date_format(self.day, "l")

    @property
    def last_day(self) -> str:
        return date_format(self.closes, "l j F")
