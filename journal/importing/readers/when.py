"""Days and moments as other apps write them."""

import re
from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

from accounts.days import is_zone

EARLIEST, LATEST = 1900, 2200
DAY = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?\s*([ap])?\.?(?:m\.?)?", re.I)
NOON = 12


def day_of(text: str) -> date | None:
    """Of what begins with 2026-11-20; a time may follow."""
    found = DAY.match(text)
    return day(*map(int, found.groups())) if found else None


def day(year: int, month: int, number: int) -> date | None:
    """None for what no calendar has, and for years in which nobody kept this journal."""
    try:
        return date(year, month, number) if EARLIEST <= year < LATEST else None
    except (ValueError, OverflowError):
        return None


def clock_of(text: str) -> time | None:
    """13:48, or 8:30 am."""
    found = CLOCK.fullmatch(text.strip())
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half and not 1 <= hour <= NOON:
        return None
    hour = hour % NOON + (NOON if half == "p" else 0) if half else hour
    return time(hour, minute) if hour < 24 and minute < 60 else None


def moment_of(text: str) -> datetime | None:
    """ISO 8601, in UTC; None where it says no offset."""
    try:
        told = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return in_utc(told) if told.tzinfo else None


def moment_of_millis(millis: float | None) -> datetime | None:
    try:
        return in_utc(datetime.fromtimestamp(millis / 1000, UTC)) if millis is not None else None
    except (ValueError, OverflowError, OSError):
        return None


def in_utc(told: datetime) -> datetime | None:
    try:
        moment = told.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if EARLIEST < moment.year < LATEST else None


def zone_of(name: str) -> str:
    """The name of a zone that is known, or ""."""
    return name.strip() if len(name) <= 64 and is_zone(name.strip()) else ""


def local_day(moment: datetime, zone: str) -> date:
    """The day as its writer saw it; by UTC where nobody knows the zone."""
    return moment.astimezone(_clock(zone)).date()


def _clock(zone: str) -> tzinfo:
    return ZoneInfo(zone) if zone else UTC
