"""What is said of a measure: reckoned by hand here, and true of what was entered."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.models import Measure
from journal.sentences import narrowest, plain, weekly

Kind = Measure.Kind
# A Friday; its week begins on Monday 16 November.
TODAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 16)
NUMBERS = st.lists(st.integers(0, 40).map(Decimal), min_size=4, max_size=30)


def weeks(*totals: str | None, kind: str = Kind.NUMBER, today: date = TODAY) -> str:
    """What is said where the latest of `totals` is this week's, the others of the weeks before; None: no reading."""
    monday = MONDAY - timedelta(weeks=len(totals) - 1)
    held = [(monday + timedelta(weeks=at), total) for at, total in enumerate(totals)]
    return plain(kind, [(day, Decimal(total)) for day, total in held if total is not None], today)


@pytest.mark.parametrize(
    ("totals", "said"),
    [
        (["1", "2", "1", "2", "2"], "Two this week. Most weeks, one or two."),
        (["2", "2", "2", "7", None], "Most weeks, two."),
        (["0", "0", "0", "1", "0"], "None this week. Most weeks, none."),
        (["0", "1", "0", "1", "4"], "Four this week. Most weeks, none or one."),
        (["1", "3", "5", "9", "12"], "Twelve this week. Most weeks, between one and five."),
        (["13", "13", "13", "13", "14"], "14 this week. Most weeks, 13."),
        (["0.5", "1.5", "1", "1", "2.5"], "2.5 this week. Most weeks, between 0.5 and one."),
        (["1", "2", "1", None], ""),
        (["1", "2", "1", "2"], "Two this week."),
        (["1"], "One this week."),
        ([], ""),
    ],
)
def test_it_says_this_week_and_most_weeks(totals: list[str | None], said: str) -> None:
    assert weeks(*totals) == said


def test_a_rest_is_not_reckoned_as_none() -> None:
    assert weeks("2", None, "2", "2", None, "2", None) == "Most weeks, two."


def test_where_most_weeks_were_rests_it_is_said_of_the_others() -> None:
    told = weeks("2", None, None, None, "2", None, None, None, "2", None, "2", None)
    assert told == "Of the weeks with a reading, most have two."


def test_only_the_twelve_weeks_before_this_one_are_reckoned() -> None:
    assert weeks(*["9"] * 30, *["1"] * 12, "1") == "One this week. Most weeks, one."
    assert weeks(*["9"] * 30, *[None] * 10, "1", "1", "1") == "One this week."


def test_the_readings_of_a_week_are_added_up() -> None:
    days = [
        (MONDAY - timedelta(weeks=week) + timedelta(days=day), Decimal(1)) for week in (4, 3, 2, 1, 0) for day in (0, 2)
    ]
    assert plain(Kind.NUMBER, days, TODAY) == "Two this week. Most weeks, two."
    assert plain(Kind.YES_NO, days, TODAY) == "Two this week. Most weeks, two."
    assert plain(Kind.MINUTES, days, TODAY) == "2 minutes this week. Most weeks, 2 minutes."


def test_minutes_are_said_in_figures() -> None:
    said = weeks("30", "45", "60", "200", "1", kind=Kind.MINUTES)
    assert said == "1 minute this week. Most weeks, between 30 and 60 minutes."


def test_one_to_five_is_never_added_up() -> None:
    days = [(TODAY - timedelta(days=ago), Decimal(value)) for ago, value in [(9, 3), (8, 4), (4, 4), (1, 3), (0, 4)]]
    assert plain(Kind.SCALE, days, TODAY) == "Three or four this week. Most often, four."
    assert plain(Kind.SCALE, days[:3], TODAY) == "Four this week."
    assert weekly(Kind.SCALE, days) == [(date(2026, 11, 9), Decimal(3)), (MONDAY, Decimal(4))]


@given(NUMBERS)
def test_most_is_more_than_half_and_no_narrower_range_holds_as_many(values: list[Decimal]) -> None:
    low, high, count = narrowest(values)
    assert count == sum(low <= value <= high for value in values)
    assert count * 2 > len(values)
    narrower = [(a, b) for a in values for b in values if 0 <= b - a < high - low]
    assert [pair for pair in narrower if sum(pair[0] <= value <= pair[1] for value in values) * 2 > len(values)] == []


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 9)), max_size=60))
def test_what_is_said_needs_no_reading_of_a_later_day(held: list[tuple[int, int]]) -> None:
    days = sorted((TODAY - timedelta(days=ago), Decimal(value)) for ago, value in dict(held).items())
    later = [*days, (TODAY + timedelta(days=1), Decimal(500))]
    assert plain(Kind.NUMBER, later, TODAY) == plain(Kind.NUMBER, days, TODAY)
