"""Every quarter hour over every change of the clocks, 2025 to 2027, where they are changed in all the ways there are.

A clock that plans each quarter hour makes exactly one letter for each local date, at the time that was promised.
"""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from reminders import clock

MINUTE, QUARTER, DAY = timedelta(minutes=1), timedelta(minutes=15), timedelta(days=1)
BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
ZONES = """Australia/Lord_Howe Antarctica/Troll Pacific/Apia Pacific/Kiritimati Pacific/Pago_Pago Pacific/Niue
Asia/Beirut Africa/Cairo America/Havana America/Santiago Africa/Casablanca Europe/Dublin America/New_York Europe/London
Europe/Berlin Australia/Sydney Pacific/Auckland Pacific/Chatham Asia/Kathmandu Asia/Tehran America/St_Johns Asia/Gaza
Asia/Jerusalem America/Nuuk Pacific/Easter Europe/Lisbon Europe/Chisinau America/Asuncion Pacific/Norfolk
America/Los_Angeles Europe/Kyiv Asia/Hebron America/Port-au-Prince America/Halifax America/Tijuana
Atlantic/Azores Europe/Istanbul""".split()
WALLS = [time(minutes // 60, minutes % 60) for minutes in range(0, 24 * 60, 15)]


# The product, in one place: what a plan asks for one who wants a letter on each day at `wall`.


def next_after(wall: time, zone: ZoneInfo, now: datetime) -> datetime:
    return clock.next_due(clock.Rule(wall), now, zone).due_at


def newest(wall: time, zone: ZoneInfo, now: datetime) -> clock.Slot:
    return clock.newest_due(clock.Rule(wall), now, zone)


class Slot(NamedTuple):
    day: date
    due_at: datetime


def planned(wall: time, zone: ZoneInfo, start: datetime, end: datetime) -> list[Slot]:
    """Every row that plan would make, one pass each quarter hour."""
    rows, next_at, now = [], next_after(wall, zone, start), start
    while now < end:
        if next_at <= now:
            due_at, day = newest(wall, zone, now)
            rows.append(Slot(day, due_at))
            next_at = next_after(wall, zone, now)
        now += QUARTER
    return rows


# What was promised, reckoned without the product: by looking at the wall each minute.


def promised(wall: time, start: datetime, latest: list[datetime], days: list[date]) -> list[Slot]:
    """On each date the first minute at which the wall shows that time, or one that is later where it skips it."""
    return [Slot(day, start + MINUTE * bisect_left(latest, datetime.combine(day, wall))) for day in days]


def latest_seen(zone: ZoneInfo, start: datetime, end: datetime) -> list[datetime]:
    """For each minute the latest time that the wall has shown up to it."""
    minutes = (start + n * MINUTE for n in range(int((end - start) / MINUTE)))
    return list(accumulate((at.astimezone(zone).replace(tzinfo=None) for at in minutes), max))


def changes(zone: ZoneInfo) -> list[datetime]:
    """The ends of the days (UTC) in which the zone changed its clocks; two days as good as any where it never does."""
    days = [BEGIN + n * DAY for n in range(3 * 365)]
    found = [day + DAY for day in days if (day + DAY).astimezone(zone).utcoffset() != day.astimezone(zone).utcoffset()]
    return found or [BEGIN + 100 * DAY, BEGIN + 300 * DAY]


@pytest.mark.parametrize("name", ZONES)
def test_each_date_has_one_letter_at_the_time_that_was_promised(name: str) -> None:
    zone = ZoneInfo(name)
    for change in changes(zone):
        start, end = change - 3 * DAY, change + 3 * DAY
        latest = latest_seen(zone, start, end)
        days = [change.astimezone(zone).date() + n * DAY for n in (-1, 0, 1)]
        for wall in WALLS:
            rows = [row for row in planned(wall, zone, start, end) if row.day in days]
            assert rows == promised(wall, start, latest, days), (name, wall)


def test_the_zones_are_many_and_change_their_clocks_in_many_ways() -> None:
    steps = [len(changes(ZoneInfo(name))) for name in ZONES]
    assert sum(count > 2 for count in steps) >= 26
    assert sum(steps) * len(WALLS) * 3 >= 20_000
