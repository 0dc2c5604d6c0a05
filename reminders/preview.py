"""The next letter, as the Letters page shows it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.days import zone_of
from reminders.clock import Slot
from reminders.letters import Weekly
from reminders.models import Schedule


@dataclass(frozen=True)
class Preview:
    schedule: Schedule
    now: datetime

    @cached_property
    def slot(self) -> Slot | None:
        """None while no letter comes: off, or no clock to go by."""
        return self.schedule.next_letter(self.now) if self.schedule.active else None

    @property
    def at(self) -> datetime | None:
        """By the wall of its reader."""
        return self.slot.due_at.astimezone(zone_of(self.schedule.owner)) if self.slot else None

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
        return self.schedule.owner.time_zone.rpartition("/")[2].replace("_", " ")

    @cached_property
    def letter(self) -> Weekly:
        slot, user = self.slot, self.schedule.owner
        return Weekly.on(user, slot.day, slot.due_at) if slot else Weekly.sample(self.now)
