"""Which letters come next, as far as anybody can know by now: what is written until then may keep one away."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from accounts.days import zone_of
from accounts.models import User
from journal import facts
from reminders import clock, quiet
from reminders.kinds import DAILY, ORDER, WEEKLY
from reminders.models import Delivery, Schedule

WEEK = 7


class Coming(NamedTuple):
    schedule: Schedule
    slot: clock.Slot
    farewell: bool

    @property
    def at(self) -> datetime:
        """By the wall of its reader."""
        return self.slot.due_at.astimezone(zone_of(self.schedule.owner))


class Taken(NamedTuple):
    """Slots that have had their letter, or need none, and days on which one left."""

    slots: frozenset[tuple[str, date]]
    days: frozenset[date]

    @classmethod
    def of(cls, user: User, now: datetime) -> "Taken":
        today = now.astimezone(zone_of(user)).date()
        rows = Delivery.objects.of(user).filter(slot__gte=today - clock.DAY).values_list("kind", "slot", "handed_on")
        return cls.among(rows, user, now)

    @classmethod
    def among(cls, rows: Iterable[tuple[str, date, date | None]], user: User, now: datetime) -> "Taken":
        """`rows`: kind, slot, and the day on which it left. A day that was written on has no daily letter, either."""
        found, zone = list(rows), zone_of(user)
        slots, today = {(kind, slot) for kind, slot, _ in found}, now.astimezone(zone).date()
        if facts.wrote_since(user.pk, clock.begin_of_day(today, user.day_starts_at, zone)):
            slots.add((DAILY, today))
        return cls(frozenset(slots), frozenset(day for *_, day in found if day))


def coming(schedules: list[Schedule], taken: Taken, now: datetime, count: int) -> list[Coming]:
    """The next letters of one person, one a local day at most. After the note that says farewell there is none."""
    on = [schedule for schedule in schedules if schedule.active]
    quiet.look(on)
    has_weekly = any(schedule.kind == WEEKLY for schedule in on)
    first: dict[date, Coming] = {}
    for schedule in sorted(on, key=lambda one: ORDER.index(one.kind)):
        # Each alone reaches as far as the whole has to.
        for letter in islice(_letters(schedule, taken, now, has_weekly), count):
            first.setdefault(letter.slot.day, letter)
    return _up_to_the_farewell(sorted(first.values(), key=lambda letter: letter.slot.due_at)[:count])


def _letters(schedule: Schedule, taken: Taken, now: datetime, has_weekly: bool) -> Iterator[Coming]:
    for slot in islice(_slots(schedule, now), 4 * WEEK):
        fate = quiet.fate(schedule, slot, has_weekly)
        if fate != quiet.SLOWED and slot.day not in taken.days and (schedule.kind, slot.day) not in taken.slots:
            yield Coming(schedule, slot, "farewell" in fate)


def _slots(schedule: Schedule, now: datetime) -> Iterator[clock.Slot]:
    slot, zone = schedule.next_letter(now), zone_of(schedule.owner)
    while slot:
        yield slot
        slot = clock.next_due(schedule.rule, slot.due_at, zone)


def _up_to_the_farewell(letters: list[Coming]) -> list[Coming]:
    last = next((number for number, letter in enumerate(letters) if letter.farewell), len(letters))
    return letters[: last + 1]
