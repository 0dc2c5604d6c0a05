"""Letters that lead to a page behind the sign-in, and the note after which none comes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User

DAY = timedelta(days=1)
# No date: a link in it could write nothing.
NOTHING: dict[str, date] = {}
# Kinds by which the Journal shows what journal.facts.good_on asks for.
GOOD = [("kind", "win"), ("kind", "proud"), ("kind", "lesson")]


def month_before(day: date) -> tuple[date, date]:
    """First and last day."""
    last = day.replace(day=1) - DAY
    return last.replace(day=1), last


def year_before(day: date) -> date:
    """The same date of the year before; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


@dataclass(frozen=True)
class Leading:
    """One that asks for nothing to be written: `day` is the local date it is of."""

    asks = NOTHING
    can_be_stopped = True
    day: date

    @classmethod
    def on(cls, user: User, slot: date, now: datetime) -> "Leading":
        return cls(slot)


class Month(Leading):
    template = "month"

    @property
    def subject(self) -> str:
        return _("The month, looking back")

    @property
    def words(self) -> str:
        return _(
            "%(month)s has a page: some of what you kept in it, and room for your own words. "
            "It is there when you feel like opening it."
        ) % {"month": self.month}

    @property
    def month(self) -> str:
        return date_format(month_before(self.day)[0], "F")

    @property
    def address(self) -> str:
        return _at("journal:months.month", f"{month_before(self.day)[0]:%Y-%m}")


class Year(Leading):
    template = "year"

    @property
    def subject(self) -> str:
        return _("A page from a year ago")

    @property
    def words(self) -> str:
        return _("On %(date)s you kept something. It stands in your journal, as you wrote it.") % {"date": self.date}

    @property
    def date(self) -> str:
        return date_format(year_before(self.day), "j F Y")

    @property
    def address(self) -> str:
        """What is gladly met again of that day, whenever the letter is opened."""
        day = year_before(self.day).isoformat()
        return f"{_at('journal:entries')}?{urlencode([*GOOD, ('from', day), ('to', day)])}"


class Step(Leading):
    template = "step"

    @property
    def subject(self) -> str:
        return _("One small step, if today has room")

    @property
    def words(self) -> str:
        return _(
            "You wrote down a step to take, and it still waits for you. To try it is enough, to make it smaller is "
            "fine, and “not today” is an answer."
        )

    @property
    def address(self) -> str:
        return _at("journal:steps")


class Farewell(Leading):
    template = "farewell"

    @property
    def subject(self) -> str:
        return _("We’ll be quiet now")

    @property
    def address(self) -> str:
        return _at("reminders:letters")


def _at(name: str, *args: str) -> str:
    return settings.ONWARD_URL + reverse(name, args=args)
