"""When a letter is due. Pure: time zones and summer time live here and nowhere else in this app.

A slot is a local date. Its instant is the wall's time on that date: the first moment after the gap where the wall
skips it (02:30 becomes 03:00), the first of two where the wall shows it twice. Arithmetic is done in UTC: two aware
times of one zone are subtracted by Python as if its clocks never changed.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from accounts.days import is_zone

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
MIDNIGHT, NOON = time(), time(12)
# A month, and another where a zone skipped the very date that was asked for.
REACH = 70


class Rule(NamedTuple):
    """The wall's time, on each day, or on one of the week (Monday is 0), or on one of the month (up to 28)."""

    wall: time
    weekday: int | None = None
    monthday: int | None = None

    def takes(self, day: date) -> bool:
        return self.weekday in (None, day.weekday()) and self.monthday in (None, day.day)


class Slot(NamedTuple):
    due_at: datetime
    day: date


def zone_named(name: str) -> ZoneInfo | None:
    """None where a person has not said, or where the name is known no more."""
    return ZoneInfo(name) if name and is_zone(name) else None


def instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The first instant, in UTC, at which the wall of `zone` shows that time on that day or has just skipped it."""
    asked = datetime.combine(day, wall.replace(fold=0), tzinfo=zone)
    found = asked.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == asked.replace(tzinfo=None):
        return found
    return _end_of_gap(asked.replace(fold=1).astimezone(UTC), found, zone)


def next_due(rule: Rule, after: datetime, zone: ZoneInfo) -> Slot:
    """The first slot strictly after `after`."""
    first = after.astimezone(zone).date() - DAY
    slots = _slots(rule, zone, (first + n * DAY for n in range(REACH)))
    return next(slot for slot in slots if slot.due_at > after)


def newest_due(rule: Rule, until: datetime, zone: ZoneInfo) -> Slot:
    """The last slot that is due at `until`."""
    last = until.astimezone(zone).date() + DAY
    slots = _slots(rule, zone, (last - n * DAY for n in range(REACH)))
    return next(slot for slot in slots if slot.due_at <= until)


def next_morning(now: datetime, zone: ZoneInfo, hour: int) -> datetime:
    """The next instant at which the wall shows `hour` o'clock."""
    return next_due(Rule(time(hour)), now, zone).due_at


def day_later(due_at: datetime, zone: ZoneInfo) -> datetime:
    """The next instant, on the day after, at which the wall shows the same time."""
    wall = due_at.astimezone(zone)
    return instant(wall.date() + DAY, wall.time(), zone)


def begin_of_day(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """When the day of a person begins whose days begin at that hour (User.day_starts_at)."""
    return instant(day, time(hour), zone)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of the day after, whatever the wall shows at it."""
    return instant(day + DAY, MIDNIGHT, zone)


def _slots(rule: Rule, zone: ZoneInfo, days: Iterator[date]) -> Iterator[Slot]:
    for day in days:
        if rule.takes(day) and _exists(day, zone):
            yield Slot(instant(day, rule.wall, zone), day)


def _exists(day: date, zone: ZoneInfo) -> bool:
    """A zone that crosses the date line skips a whole date; no clock change is as long as half a day."""
    noon = datetime.combine(day, NOON, tzinfo=zone)
    return noon.astimezone(UTC).astimezone(zone).date() == day


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first second by the new offset, between an instant by the old one and an instant by the new one."""
    new = after.astimezone(zone).utcoffset()
    while after - before > SECOND:
        middle = before + (after - before) // 2
        before, after = (before, middle) if middle.astimezone(zone).utcoffset() == new else (middle, after)
    return after.replace(microsecond=0)
