from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from journal.models import Entry, Week
from journal.models.week import iso_name, monday_named, monday_of
from tests import make
from tests.make import NOON

MONDAY = date(2026, 11, 16)


def proud(user: User, monday: date = MONDAY) -> list[str]:
    return [entry.body for entry in Week.proud(user, monday)]


# Names of weeks


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(9998, 12, 31)))
def test_a_week_is_found_again_by_its_name(day: date) -> None:
    assert monday_named(iso_name(monday_of(day))) == monday_of(day)


@pytest.mark.parametrize(
    "name",
    ["2026-W7", "2025-W53", "2026-W54", "2026-W00", "0000-W01", "1899-W52", "2026", "w", "2026-W47 ", "٢٠٢٦-W47", "2026-w47"],
)
def test_what_is_no_week_has_no_monday(name: str) -> None:
    with pytest.raises(ValueError):
        monday_named(name)


def test_the_fifty_third_week_is_known_where_there_is_one() -> None:
    assert monday_named("2026-W53") == date(2026, 12, 28)


# Naming proud things


def test_proud_things_stay_in_the_order_they_were_named(ada: User) -> None:
    words = [f"Line {number}" for number in range(9)]
    Week.name_proud(ada, MONDAY, [(None, line) for line in words], NOON)
    assert proud(ada) == words


def test_a_proud_thing_gets_the_last_day_of_its_week(ada: User) -> None:
    Week.name_proud(ada, MONDAY - timedelta(days=7), [(None, "Slept.")], NOON)
    assert [entry.local_date for entry in Entry.objects.of(ada)] == [date(2026, 11, 15)]


def test_a_proud_thing_of_this_week_gets_the_day_it_is_for_its_owner(ada: User) -> None:
    ada.time_zone = "Pacific/Kiritimati"
    late = datetime(2026, 11, 20, 12, tzinfo=UTC)
    Week.name_proud(ada, MONDAY, [(None, "Slept.")], late)
    assert [entry.local_date for entry in Entry.objects.of(ada)] == [date(2026, 11, 21)]


def test_the_same_words_are_named_once_in_a_week(ada: User) -> None:
    first = Week.name_proud(ada, MONDAY, [(None, "Slept."), (None, " Slept. "), (None, "  ")], NOON)
    again = Week.name_proud(ada, MONDAY, [(uuid4(), "Slept.")], NOON)
    assert (len(first), again, proud(ada)) == (1, [], ["Slept."])


def test_the_same_words_in_another_week_are_named_again(ada: User) -> None:
    Week.name_proud(ada, MONDAY, [(None, "Slept.")], NOON)
    Week.name_proud(ada, MONDAY - timedelta(days=7), [(None, "Slept.")], NOON)
    assert (proud(ada), proud(ada, MONDAY - timedelta(days=7))) == (["Slept."], ["Slept."])


def test_an_id_is_kept_once_even_where_its_words_were_changed_since(ada: User) -> None:
    id = uuid4()
    [entry] = Week.name_proud(ada, MONDAY, [(id, "Slept.")], NOON)
    entry.change(1, body="Slept for nine hours.")
    assert Week.name_proud(ada, MONDAY, [(id, "Slept.")], NOON + timedelta(minutes=1)) == []
    assert proud(ada) == ["Slept for nine hours."]


def test_an_id_of_somebody_else_takes_nothing_from_them(ada: User, bea: User) -> None:
    hers = make.entry(bea, "Bea’s.", kind=Entry.Kind.PROUD)
    [mine] = Week.name_proud(ada, MONDAY, [(hers.pk, "Mine.")], NOON)
    assert mine.pk != hers.pk
    assert (proud(ada), proud(bea)) == (["Mine."], ["Bea’s."])
