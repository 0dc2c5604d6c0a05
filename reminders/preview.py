"""The next letter, as the Letters page shows it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.days import city, is_zone
from reminders import letters
from reminders.letters import Weekly
from reminders.models import Schedule
from reminders.upcoming import Coming, Taken, coming


@dataclass(frozen=True)
class Preview:
    """Of all the letters of one person the nearest."""

    schedules: list[Schedule]
    taken: Taken
    now: datetime
    discreet: bool = False
    silent: bool = False

    @property
    def is_on(self) -> bool:
        return any(schedule.active for schedule in self.schedules)

    @cached_property
    def next(self) -> Coming | None:
        """None while no letter comes: off, gone quiet, or no clock to go by."""
        if self.silent:
            return None
        return next(iter(coming(self.schedules, self.taken, self.now, 1)), None)

    @property
    def at(self) -> datetime | None:
        return self.next.at if self.next else None

    @property
    def said_at(self) -> str:
        return date_format(self.at, "l j F, H:i") if self.at else ""

    @property
    def away(self) -> str:
        """Today, tomorrow, in two days."""
        if not self.at:
            return ""
        days = (self.at.date() - self.now.astimezone(self.at.tzinfo).date()).days
        if days < 2:
            return _("Tomorrow") if days else _("Today")
        return ngettext("In %(days)s day", "In %(days)s days", days) % {"days": apnumber(days)}

    @property
    def city(self) -> str:
        return city(self.schedules[0].owner.time_zone)

    @property
    def has_a_clock(self) -> bool:
        return is_zone(self.schedules[0].owner.time_zone)

    @cached_property
    def letter(self) -> Any:
        """A weekly one where none comes: this is what it would be."""
        if not self.next:
            return Weekly.sample(self.now)
        schedule, slot, farewell = self.next
        return letters.of_slot(schedule.owner, schedule.kind, slot.day, slot.due_at, farewell=farewell)

    @property
    def subject(self) -> str:
        return letters.subject(self.letter, self.discreet)
