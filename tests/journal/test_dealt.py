"""What comes by itself: which of many, by the day another."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from journal.dealt import dealt, in_turn, thrown

DAYS = st.dates(date(2024, 1, 1), date(2040, 1, 1))
NAMES = [f"win.{number}" for number in range(12)]
TODAY = date(2026, 11, 20)


@given(st.sets(st.uuids(), max_size=8), DAYS)
def test_all_are_dealt_whatever_order_they_come_in(ids: set[UUID], day: date) -> None:
    order = dealt(ids, by=day)
    assert sorted(order) == sorted(ids)
    assert dealt(order[::-1], by=day) == order


@given(st.lists(st.text(), unique=True, min_size=1, max_size=8), st.uuids())
def test_a_new_one_changes_nothing_among_the_others(names: list[str], person: UUID) -> None:
    new, *others = names
    assert [name for name in dealt(names, by=person) if name != new] == dealt(others, by=person)


def test_two_people_and_two_days_have_orders_of_their_own() -> None:
    assert len({tuple(dealt(NAMES, by=UUID(int=number))) for number in range(20)}) == 20
    assert len({dealt(NAMES, by=TODAY + timedelta(days=number))[0] for number in range(40)}) > 8


def test_they_are_told_apart_by_what_they_are_called() -> None:
    pairs = list(enumerate(NAMES))
    assert [name for _number, name in dealt(pairs, by=TODAY, name=lambda pair: pair[1])] == dealt(NAMES, by=TODAY)


@given(st.integers(1, 20_000), DAYS)
def test_a_die_shows_one_of_its_sides_and_the_same_all_day(sides: int, day: date) -> None:
    assert thrown(sides, by=day) in range(sides)
    assert thrown(sides, by=day) == thrown(sides, by=day)


def test_a_die_shows_each_side_in_its_time() -> None:
    assert {thrown(6, by=TODAY + timedelta(days=number)) for number in range(60)} == set(range(6))


@given(st.integers(1, 9), DAYS)
def test_in_turn_each_comes_once_before_one_comes_again(many: int, day: date) -> None:
    turns = [in_turn(range(many), day + timedelta(days=number)) for number in range(many)]
    assert sorted(turns) == list(range(many))  # type: ignore[type-var]
    assert in_turn([], day) is None
