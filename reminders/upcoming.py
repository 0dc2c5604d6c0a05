"""Which letters come next, as far as anybody can know by now: what is written until then may keep one away."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from accounts.days import zone_of
from accounts.models import User
from journal import facts
from reminders import clock, quiet
from reminders.kinds import DAILY, KINDS, ORDER, STEP, WEEKLY, YEAR
from reminders.letters import year_before
from reminders.models import Delivery, Schedule

# Slots of each kind; four weeks of one that comes each day.
REACH = 28


class Coming(NamedTuple):
    schedule: Schedule
    slot: clock.Slot
    farewell: bool

    @property
    def at(self) -> datetime:
        """By the wall of its reader."""
        return self.slot.due_at.astimezone(zone_of(self.schedule.owner))

    def put_off(self) -> "Coming":
        """The day after, where it is of a kind that waits; still the letter of its slot (reminders.gate.refuse)."""
        if not KINDS[self.schedule.kind].waits or self.at.date() > self.slot.day:
            return self
        later = clock.day_later(self.slot.due_at, zone_of(self.schedule.owner))
        return self._replace(slot=self.slot._replace(due_at=later))


class Taken(NamedTuple):
    """Slots that have had their letter, or need none, days on which one left, and the slots that wait for a day."""

    slots: frozenset[tuple[str, date]]
    days: frozenset[date]
    waiting: tuple[tuple[str, clock.Slot], ...] = ()

    @classmethod
    def of(cls, user: User, now: datetime) -> "Taken":
        today = now.astimezone(zone_of(user)).date()
        rows = Delivery.objects.of(user).filter(slot__gte=today - clock.DAY)
        return cls.among(rows.values_list("kind", "slot", "handed_on", "due_at"), user, now)

    @classmethod
    def among(cls, rows: Iterable[tuple[str, date, date | None, datetime]], user: User, now: datetime) -> "Taken":
        """`rows`: kind, slot, the day on which it left, and when it is due: later than now where it was put off.

        A day that was written on has no daily letter, either.
        """
        found, zone = list(rows), zone_of(user)
        slots, today = {(kind, slot) for kind, slot, *_ in found}, now.astimezone(zone).date()
        if facts.wrote_since(user.pk, clock.begin_of_day(today, user.day_starts_at, zone)):
            slots.add((DAILY, today))
        waiting = ((kind, clock.Slot(due_at, slot)) for kind, slot, left, due_at in found if due_at > now and not left)
        return cls(frozenset(slots), frozenset(left for *_, left, _ in found if left), tuple(waiting))


class Brought(NamedTuple):
    """What there is to bring, as things stand: days a year before, and the first day on which a step waits."""

    good: frozenset[date] = frozenset()
    steps_from: date | None = None

    @classmethod
    def by(cls, schedules: Iterable[Schedule], now: datetime) -> "Brought":
        on = {schedule.kind: schedule for schedule in schedules}
        found = cls()
        if year := on.get(YEAR):
            days = [year_before(slot.day) for slot in islice(_slots(year, now), REACH)]
            found = found._replace(good=facts.good_days(year.owner.pk, days))
        if step := on.get(STEP):
            found = found._replace(steps_from=facts.step_waits_from(step.owner.pk))
        return found

    def has(self, kind: str, day: date) -> bool:
        if kind == STEP:
            return self.steps_from is not None and self.steps_from <= day
        return kind != YEAR or year_before(day) in self.good


def coming(schedules: list[Schedule], taken: Taken, now: datetime, count: int) -> list[Coming]:
    """The next letters of one person, one a local day at most. After the note that says farewell there is none."""
    on = [schedule for schedule in schedules if schedule.active]
    quiet.look(on)
    brought = Brought.by(on, now)
    has_weekly = any(schedule.kind == WEEKLY for schedule in on)
    first: dict[date, Coming] = {}
    for schedule in sorted(on, key=lambda one: ORDER.index(one.kind)):
        # Each alone reaches as far as the whole has to.
        for letter in islice(_letters(schedule, taken, brought, now, has_weekly), count + len(taken.days)):
            if {letter.at.date()} & (first.keys() | taken.days):
                letter = letter.put_off()
            if letter.at.date() not in taken.days:
                first.setdefault(letter.at.date(), letter)
    return _up_to_the_farewell(sorted(first.values(), key=lambda letter: letter.slot.due_at)[:count])


def _letters(schedule: Schedule, taken: Taken, brought: Brought, now: datetime, has_weekly: bool) -> Iterator[Coming]:
    yield from (Coming(schedule, slot, False) for kind, slot in taken.waiting if kind == schedule.kind)
    for slot in islice(_slots(schedule, now), REACH):
        fate = quiet.fate(schedule, slot, has_weekly)
        if fate == quiet.SLOWED or (schedule.kind, slot.day) in taken.slots:
            continue
        if "farewell" in fate or brought.has(schedule.kind, slot.day):
            yield Coming(schedule, slot, "farewell" in fate)


def _slots(schedule: Schedule, now: datetime) -> Iterator[clock.Slot]:
    slot, zone = schedule.next_letter(now), zone_of(schedule.owner)
    while slot:
        yield slot
        slot = clock.next_due(schedule.rule, slot.due_at, zone)


def _up_to_the_farewell(letters: list[Coming]) -> list[Coming]:
    last = next((number for number, letter in enumerate(letters) if letter.farewell), len(letters))
    return letters[: last + 1]
