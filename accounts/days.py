"""The one place that knows when a person's day begins."""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Protocol
from zoneinfo import ZoneInfo, available_timezones


class Clocked(Protocol):
    time_zone: str
    day_starts_at: int


def zone_of(person: Clocked) -> ZoneInfo:
    """UTC while the person has not said."""
    return ZoneInfo(person.time_zone or "UTC")


def local_date(person: Clocked, now: datetime) -> date:
    """The date of the person's day at the instant `now` (aware).

    Before `day_starts_at` o'clock by the wall (0 to 6) it is still yesterday. Only the wall's hour is compared and
    only a date is computed with: midnight itself does not exist everywhere.
    """
    wall = now.astimezone(zone_of(person))
    return wall.date() - timedelta(days=1) if wall.hour < person.day_starts_at else wall.date()


@cache
def zones() -> tuple[str, ...]:
    """Every IANA name that a person can choose, sorted."""
    return tuple(sorted(name for name in _known() if "/" in name and not name.startswith(("Etc/", "posix"))) + ["UTC"])


@cache
def _known() -> frozenset[str]:
    """They stand in files."""
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    return name in _known() and name not in ("localtime", "Factory")
