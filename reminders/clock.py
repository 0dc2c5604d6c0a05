"""When a letter is due. Pure: time zones and summer time live here and nowhere else in this app.

A slot is a local date. Its instant is the wall's time on that date: after the gap where the wall skips it (02:30
becomes 03:30), the first of two where the wall shows it twice. Arithmetic is done in UTC: two aware times of one
zone are subtracted by Python as if its clocks never changed.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from accounts.days import is_zone

DAY = timedelta(days=1)
NOON = time(12)


class Slot(NamedTuple):
    due_at: datetime
    day: date


def zone_named(name: str) -> ZoneInfo | None:
    """None where a person has not said, or where the name is known no more."""
    return ZoneInfo(name) if name and is_zone(name) else None


def instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The first instant, in UTC, at which the wall of `zone` shows that time on that day or has just skipped it."""
    return datetime.combine(day, wall, tzinfo=zone).astimezone(UTC)


def next_due(weekday: int | None, wall: time, zone: ZoneInfo, after: datetime) -> Slot:
    """The first slot strictly after `after`; every day where `weekday` (Monday is 0) is None."""
    first = after.astimezone(zone).date() - DAY
    slots = _slots(weekday, wall, zone, (first + n * DAY for n in range(30)))
    return next(slot for slot in slots if slot.due_at > after)


def newest_due(weekday: int | None, wall: time, zone: ZoneInfo, until: datetime) -> Slot:
    """The last slot that is due at `until`."""
    last = until.astimezone(zone).date() + DAY
    slots = _slots(weekday, wall, zone, (last - n * DAY for n in range(30)))
    return next(slot for slot in slots if slot.due_at <= until)


def next_morning(now: datetime, zone: ZoneInfo, hour: int) -> datetime:
    """The next instant at which the wall shows `hour` o'clock."""
    return next_due(None, time(hour), zone, now).due_at


def _slots(weekday: int | None, wall: time, zone: ZoneInfo, days: Iterator[date]) -> Iterator[Slot]:
    for day in days:
        if weekday in (None, day.weekday()) and _exists(day, zone):
            yield Slot(instant(day, wall, zone), day)


def _exists(day: date, zone: ZoneInfo) -> bool:
    """A zone that crosses the date line skips a whole date; no clock change is as long as half a day."""
    return instant(day, NOON, zone).astimezone(zone).date() == day
