"""Letters of the place to everybody: that it closes, when, and how to take everything along."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.closings import NOON
from accounts.days import city, zone_of
from accounts.models import User
from reminders.letters.others import NOTHING


@dataclass(frozen=True)
class OfPlace:
    """`closes_at` by the wall of its reader, in `zone`: the city whose clocks these are."""

    asks = NOTHING
    can_be_stopped = False
    closes_at: datetime
    zone: str

    @classmethod
    def on(cls, user: User, slot: date, now: datetime) -> "OfPlace":
        """`slot`: the day on which the place closes."""
        zone = zone_of(user)
        return cls(datetime.combine(slot, NOON, UTC).astimezone(zone).replace(tzinfo=None), city(zone.key))

    @property
    def day(self) -> str:
        return date_format(self.closes_at, "j F Y")

    @property
    def weekday(self) -> str:
        return date_format(self.closes_at, "l")

    @property
    def hour(self) -> str:
        return date_format(self.closes_at, "H:i")

    @property
    def operator(self) -> str:
        return settings.ONWARD_OPERATOR

    @property
    def place(self) -> str:
        return settings.ONWARD_URL

    @property
    def address(self) -> str:
        return settings.ONWARD_URL + reverse("journal:export")

    @property
    def door(self) -> str:
        return settings.ONWARD_URL + reverse("account_login")


class Closes(OfPlace):
    template = "closing"

    @property
    def subject(self) -> str:
        return _("This place closes on %(day)s") % {"day": self.day}

    @property
    def words(self) -> str:
        return _(
            "Onward at %(place)s closes for good on %(weekday)s, %(day)s, at %(hour)s by the clocks in %(zone)s. Until "
            "then everything stays as it is, and all that you wrote is yours to take along."
        ) % {"place": self.place, "weekday": self.weekday, "day": self.day, "hour": self.hour, "zone": self.zone}


class ClosesSoon(Closes):
    template = "closing_soon"

    @property
    def subject(self) -> str:
        return _("In a week this place closes")

    @property
    def words(self) -> str:
        return _(
            "Onward at %(place)s closes for good in a week: on %(weekday)s, %(day)s, at %(hour)s by the clocks in "
            "%(zone)s. If you have a copy already, there is nothing to do."
        ) % {"place": self.place, "weekday": self.weekday, "day": self.day, "hour": self.hour, "zone": self.zone}


class Stays(OfPlace):
    template = "staying"

    @property
    def subject(self) -> str:
        return _("This place stays open")

    @property
    def words(self) -> str:
        return _(
            "Onward at %(place)s does not close after all. The day that an earlier letter named no longer holds, and "
            "everything you wrote is where it was."
        ) % {"place": self.place}

    @property
    def address(self) -> str:
        return settings.ONWARD_URL + reverse("journal:today")
