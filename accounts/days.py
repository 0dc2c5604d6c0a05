"""The one place that knows when a person's day begins."""

from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Protocol
from zoneinfo import ZoneInfo, available_timezones


class Clocked(Protocol):
    time_zone: str
    day_starts_at: int


def zone_of(person: Clocked) -> ZoneInfo:
    """UTC while the person has not said, and where the name they said is known no more: then Today asks again."""
    return ZoneInfo(person.time_zone if is_zone(person.time_zone) else "UTC")


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
    return tuple(sorted(name for name in known() if "/" in name and not name.startswith(("Etc/", "posix"))) + ["UTC"])


def same_clock(one: str, other: str, now: datetime) -> bool:
    """True where the walls of both show the same at `now`."""
    return now.astimezone(ZoneInfo(one)).utcoffset() == now.astimezone(ZoneInfo(other)).utcoffset()


def canonical(name: str) -> str:
    """Asia/Kolkata for Asia/Calcutta: IANA keeps older names as links to newer ones."""
    return _links().get(name, name)


@cache
def _links() -> dict[str, str]:
    lines = files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text().splitlines()
    return {alias: name for _, name, alias in (line.split() for line in lines if line.startswith("L "))}


def city(zone: str) -> str:
    """New York for America/New_York."""
    return zone.rpartition("/")[2].replace("_", " ")


def is_zone(name: str) -> bool:
    """Old names are zones, too: tzdata keeps Asia/Calcutta as a link to Asia/Kolkata."""
    return name in known()


@cache
def known() -> frozenset[str]:
    """Read once a process: the list is a file, and a pass asks for every letter."""
    return frozenset(available_timezones() - {"localtime", "Factory"})
