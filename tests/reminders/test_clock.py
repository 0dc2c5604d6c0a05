"""Exactly one slot a local date, at the time the wall shows, or the first moment after a gap."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.days import zones
from reminders.clock import Rule, day_later, end_of_day, instant, newest_due, next_due, next_morning, zone_named

SECOND = timedelta(seconds=1)
instants = st.datetimes(datetime(1995, 1, 1), datetime(2037, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001
walls = st.times(timezones=st.none()).map(lambda wall: wall.replace(second=0, microsecond=0))
days_of_a_week = st.builds(Rule, walls, st.none() | st.integers(0, 6), st.none())
rules = days_of_a_week | st.builds(Rule, walls, st.none(), st.integers(1, 28))
all_zones = st.sampled_from(zones()).map(ZoneInfo)
# Half an hour, two hours, midnight that does not exist, whole dates that do not, far east and far west.
ODD = """Australia/Lord_Howe Antarctica/Troll Asia/Beirut Africa/Cairo America/Havana America/Santiago Pacific/Apia
Pacific/Kiritimati Pacific/Kwajalein Pacific/Pago_Pago Asia/Gaza America/Nuuk Africa/Casablanca Europe/Dublin""".split()


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "wall", "due"),
    [
        ("Europe/Lisbon", date(2026, 11, 22), time(18), "2026-11-22T18:00"),
        ("Europe/Berlin", date(2027, 3, 28), time(2, 30), "2027-03-28T01:00"),  # 03:00, summer time
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), "2026-10-25T00:30"),  # the first of two
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03T15:30"),  # 02:30 by +11
        ("Antarctica/Troll", date(2027, 3, 28), time(1, 30), "2027-03-28T01:00"),  # 03:00 by +2
        ("Africa/Cairo", date(2026, 4, 24), time(0, 30), "2026-04-23T22:00"),  # midnight is skipped: 01:00 by +3
        ("Pacific/Kiritimati", date(2026, 11, 22), time(6), "2026-11-21T16:00"),
        ("Pacific/Pago_Pago", date(2026, 11, 22), time(22), "2026-11-23T09:00"),
    ],
)
def test_the_wall_says_when(zone: str, day: date, wall: time, due: str) -> None:
    assert instant(day, wall, ZoneInfo(zone)) == utc(due)


def test_a_date_that_a_zone_skipped_has_no_slot() -> None:
    """Samoa went from 29 to 31 December 2011."""
    apia, evening = ZoneInfo("Pacific/Apia"), time(18)
    thursday = next_due(Rule(evening), utc("2011-12-29T10:00"), apia)
    after = next_due(Rule(evening), thursday.due_at, apia)
    assert (thursday.day, after.day) == (date(2011, 12, 29), date(2011, 12, 31))
    assert next_due(Rule(evening, weekday=4), utc("2011-12-29T00:00"), apia).day == date(2012, 1, 6)


@settings(max_examples=1500, deadline=None)
@given(all_zones, instants, rules)
def test_the_next_slot_is_the_first_after(zone: ZoneInfo, after: datetime, rule: Rule) -> None:
    slot = next_due(rule, after, zone)
    assert slot.due_at > after
    assert slot.due_at.utcoffset() == timedelta(0)
    assert (rule.weekday in (None, slot.day.weekday())) and (rule.monthday in (None, slot.day.day))
    assert newest_due(rule, slot.due_at, zone) == slot
    before = newest_due(rule, slot.due_at - timedelta(microseconds=1), zone)
    assert before.due_at <= after
    assert next_due(rule, before.due_at, zone) == slot


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(ODD).map(ZoneInfo) | all_zones, instants, walls)
def test_every_date_that_exists_has_one_slot_and_slots_never_turn_back(
    zone: ZoneInfo, start: datetime, wall: time
) -> None:
    slots = [next_due(Rule(wall), start, zone)]
    while len(slots) < 400:
        slots.append(next_due(Rule(wall), slots[-1].due_at, zone))
    days, dues = [slot.day for slot in slots], [slot.due_at for slot in slots]
    assert dues == sorted(set(dues))
    missing = {days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)} - set(days)
    assert len(days) == len(set(days))
    assert not any(exists(day, zone) for day in missing)


@settings(max_examples=1500, deadline=None)
@given(all_zones, instants, walls)
def test_a_slot_is_at_its_time_or_the_wall_never_showed_it(zone: ZoneInfo, after: datetime, wall: time) -> None:
    slot = next_due(Rule(wall), after, zone)
    there = slot.due_at.astimezone(zone)
    if (there.date(), there.time()) != (slot.day, wall):
        assert not any(shown == (slot.day, wall) for shown in walls_of(slot.day, zone))
        assert there.replace(tzinfo=None) > datetime.combine(slot.day, wall)
        assert (slot.due_at - SECOND).astimezone(zone).replace(tzinfo=None) < datetime.combine(slot.day, wall)
    assert there.fold == 0


def exists(day: date, zone: ZoneInfo) -> bool:
    return any(shown == day for shown, _ in walls_of(day, zone))


def walls_of(day: date, zone: ZoneInfo) -> list[tuple[date, time]]:
    """What the wall shows, minute by minute, around that day."""
    start = datetime.combine(day, time(), tzinfo=UTC) - timedelta(hours=16)
    shown = [(start + timedelta(minutes=n)).astimezone(zone) for n in range(56 * 60)]
    return [(one.date(), one.time()) for one in shown]


@settings(max_examples=300, deadline=None)
@given(all_zones, instants)
def test_a_letter_that_waits_for_the_morning_waits_for_the_next_one(zone: ZoneInfo, now: datetime) -> None:
    morning = next_morning(now, zone, 8)
    assert now < morning <= now + timedelta(hours=49)


def test_the_first_of_a_month_comes_once_a_month() -> None:
    tokyo, rule = ZoneInfo("Asia/Tokyo"), Rule(time(9), monthday=1)
    slots = [next_due(rule, utc("2026-11-26T00:00"), tokyo)]
    while len(slots) < 4:
        slots.append(next_due(rule, slots[-1].due_at, tokyo))
    assert [slot.day for slot in slots] == [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)]
    assert slots[0].due_at == utc("2026-12-01T00:00")


@settings(max_examples=300, deadline=None)
@given(all_zones, instants)
def test_a_day_ends_where_the_next_begins(zone: ZoneInfo, now: datetime) -> None:
    day = now.astimezone(zone).date()
    end = end_of_day(day, zone)
    assert (end - SECOND).astimezone(zone).date() == day
    assert end.astimezone(zone).date() > day


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "localtime", "Factory"])
def test_a_zone_that_nobody_knows_is_none(name: str) -> None:
    assert zone_named(name) is None


def test_a_zone_is_a_zone() -> None:
    assert zone_named("Asia/Tokyo") == ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("zone", "due", "later"),
    [
        ("Europe/Lisbon", "2026-11-01 09:00", "2026-11-02 09:00"),
        ("America/New_York", "2026-10-31 13:00", "2026-11-01 14:00"),  # summer time ends in the night between
        ("Asia/Beirut", "2027-03-27 07:00", "2027-03-28 06:00"),  # and begins
    ],
)
def test_a_day_later_is_the_same_time_by_the_wall(zone: str, due: str, later: str) -> None:
    assert day_later(utc(due), ZoneInfo(zone)) == utc(later)
