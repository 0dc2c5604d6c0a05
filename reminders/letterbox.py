"""All that the Letters page knows of one person's letters, and how it is changed."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import transaction

from accounts.days import is_zone
from accounts.models import User
from reminders import offers, replies
from reminders.kinds import WEEKLY
from reminders.models import Discretion, Schedule, Silence
from reminders.preview import Preview
from reminders.upcoming import Taken

Rules = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Letterbox:
    user: User
    now: datetime

    @property
    def home(self) -> str:
        """Their own zone, where it is one."""
        return self.user.time_zone if is_zone(self.user.time_zone) else ""

    @cached_property
    def schedules(self) -> dict[str, Schedule]:
        return Schedule.objects.by_kind(self.user)

    @cached_property
    def silence(self) -> Silence | None:
        return Silence.of(self.user)

    @cached_property
    def is_discreet(self) -> bool:
        return Discretion.of(self.user)

    @property
    def takes_replies(self) -> bool:
        return replies.are_possible() and replies.are_wanted(self.user)

    @cached_property
    def taken(self) -> Taken:
        return Taken.of(self.user, self.now)

    @property
    def weekly(self) -> Schedule:
        return self.schedules[WEEKLY]

    @property
    def is_on(self) -> bool:
        return any(schedule.active for schedule in self.schedules.values())

    @property
    def rests_until(self) -> date | None:
        """They rest together; the one that rests longest says until when."""
        days = [schedule.resting_until(self.now) for schedule in self.schedules.values()]
        return max((day for day in days if day), default=None)

    @property
    def preview(self) -> Preview:
        return self._preview(list(self.schedules.values()), self.is_discreet)

    def imagined(self, zone: str, rules: Rules, discreet: bool) -> Preview:
        """The next letter by other rules, to look at."""
        others = [one.imagined(zone, **rules.get(kind, {})) for kind, one in self.schedules.items()]
        return self._preview(others, discreet)

    def _preview(self, schedules: list[Schedule], discreet: bool) -> Preview:
        return Preview(schedules, self.taken, self.now, discreet=discreet, silent=self.silence is not None)

    @transaction.atomic
    def keep(self, zone: str, rules: Rules, discreet: bool) -> None:
        """Whoever keeps a letter switched on is heard: what went quiet unanswered comes again."""
        Schedule.objects.move(self.user, zone, self.now)
        for kind, rule in rules.items():
            schedule = self.schedules[kind]
            if kind == WEEKLY or rule["active"] or schedule.is_kept:
                schedule.change(self.now, **rule)
        Discretion.say(self.user, discreet, self.now)
        offers.decide(self.user, rules[WEEKLY]["active"], self.now)
        wanted = any(rule["active"] for rule in rules.values())
        if wanted and self.silence and self.silence.why == Silence.Why.UNANSWERED:
            Silence.end(self.user, self.now)
