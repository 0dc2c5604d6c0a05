"""When a person's day begins."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.days import is_zone, local_date, zone_of, zones

# Midnight does not exist on some day of these years: the clock goes from 23:59 to 01:00.
NO_MIDNIGHT = [
    "Africa/Cairo",
    "Asia/Beirut",
    "America/Havana",
    "America/Nuuk",
    "America/Scoresbysund",
    "Atlantic/Azores",
]
HARD = [*NO_MIDNIGHT, "Pacific/Kiritimati", "Pacific/Pago_Pago", "Australia/Lord_Howe", "Asia/Kathmandu"]
INSTANTS = st.integers(0, 13 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@dataclass
class Person:
    time_zone: str = ""
    day_starts_at: int = 0


# Troll, a station on the ice, turns its clock back by two hours at once: where the day starts at two, one hour of it
# comes before one that is still yesterday.
PEOPLE = st.builds(Person, st.sampled_from([name for name in zones() if name != "Antarctica/Troll"]), st.integers(0, 6))
HARD_PEOPLE = st.builds(Person, st.sampled_from(HARD), st.integers(0, 6))


@given(PEOPLE, INSTANTS)
def test_the_date_is_the_walls_or_the_one_before(person: Person, now: datetime) -> None:
    wall = now.astimezone(ZoneInfo(person.time_zone))
    before = wall.hour < person.day_starts_at
    assert local_date(person, now) == wall.date() - timedelta(days=int(before))


@given(PEOPLE | HARD_PEOPLE, INSTANTS)
def test_dates_follow_each_other_without_a_gap_or_a_step_back(person: Person, now: datetime) -> None:
    quarters = [local_date(person, now + timedelta(minutes=15 * number)) for number in range(4 * 24 * 3)]
    steps = {(after - before).days for before, after in zip(quarters, quarters[1:], strict=False)}
    assert steps == {0, 1}


@pytest.mark.parametrize("zone", HARD)
@pytest.mark.parametrize("starts_at", range(7))
def test_every_date_of_a_year_comes_once(zone: str, starts_at: int) -> None:
    person, begin = Person(zone, starts_at), datetime(2026, 1, 1, 12, tzinfo=UTC)
    told = [local_date(person, begin + timedelta(hours=number)) for number in range(365 * 24)]
    first = told[0]
    assert sorted(set(told)) == [first + timedelta(days=number) for number in range(len(set(told)))]
    assert told == sorted(told)


@pytest.mark.parametrize(
    ("zone", "starts_at", "now", "told"),
    [
        ("", 0, datetime(2026, 11, 20, 23, 59, tzinfo=UTC), date(2026, 11, 20)),
        ("", 0, datetime(2026, 11, 21, 0, 0, tzinfo=UTC), date(2026, 11, 21)),
        ("Pacific/Kiritimati", 0, datetime(2026, 11, 20, 10, 0, tzinfo=UTC), date(2026, 11, 21)),
        ("Pacific/Kiritimati", 6, datetime(2026, 11, 20, 15, 59, tzinfo=UTC), date(2026, 11, 20)),
        ("Pacific/Kiritimati", 6, datetime(2026, 11, 20, 16, 0, tzinfo=UTC), date(2026, 11, 21)),
        ("Pacific/Pago_Pago", 0, datetime(2026, 11, 20, 10, 59, tzinfo=UTC), date(2026, 11, 19)),
        ("Pacific/Pago_Pago", 0, datetime(2026, 11, 20, 11, 0, tzinfo=UTC), date(2026, 11, 20)),
        # Cairo goes from 23:59:59 on Thursday to 01:00 on Friday: the day begins at one, or at four as it was said.
        ("Africa/Cairo", 0, datetime(2026, 4, 23, 21, 59, 59, tzinfo=UTC), date(2026, 4, 23)),
        ("Africa/Cairo", 0, datetime(2026, 4, 23, 22, 0, tzinfo=UTC), date(2026, 4, 24)),
        ("Africa/Cairo", 4, datetime(2026, 4, 24, 0, 59, tzinfo=UTC), date(2026, 4, 23)),
        ("Africa/Cairo", 4, datetime(2026, 4, 24, 1, 0, tzinfo=UTC), date(2026, 4, 24)),
        # Lisbon leaves one o'clock out, and the day that starts at one begins at two.
        ("Europe/Lisbon", 1, datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 28)),
        ("Europe/Lisbon", 1, datetime(2026, 3, 29, 1, 0, tzinfo=UTC), date(2026, 3, 29)),
    ],
)
def test_a_day_begins_by_the_persons_clock(zone: str, starts_at: int, now: datetime, told: date) -> None:
    assert local_date(Person(zone, starts_at), now) == told


def test_a_person_who_has_not_said_lives_in_utc() -> None:
    assert zone_of(Person()).key == "UTC"


def test_a_person_can_choose_every_zone_that_is_offered() -> None:
    assert all(is_zone(name) for name in zones())
    assert {"Europe/Lisbon", "America/Argentina/Buenos_Aires", "UTC"} < set(zones())


@pytest.mark.parametrize(
    "name", ["", "localtime", "Factory", "../../etc/passwd", "/etc/localtime", "Mars/Olympus", "europe/lisbon\0"]
)
def test_other_names_are_no_zones(name: str) -> None:
    assert not is_zone(name)
