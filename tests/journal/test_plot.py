"""Lines through readings: inside the box, along the days, never higher or lower than what was entered."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal import plot

HEIGHTS = st.floats(0, 1e300, allow_nan=False)
SERIES = st.dictionaries(st.integers(0, 4000), HEIGHTS, min_size=1, max_size=60).map(lambda held: sorted(held.items()))
BOXES = st.sampled_from([plot.SPARK, plot.WHOLE])
CLOSE = 0.11


def drawn(
    series: list[tuple[int, float]], box: plot.Box = plot.SPARK, rest: int = 1, going_on: bool = False
) -> plot.Drawing:
    places, values = [place for place, _ in series], [value for _, value in series]
    return plot.drawn(box, places, values, low=0, high=max(values), rest=rest, going_on=going_on)


def points(drawing: plot.Drawing) -> list[tuple[float, float]]:
    dots = [tuple(dot.split()) for dot in drawing.dots.removesuffix("h0").removeprefix("M").split("h0M") if dot]
    return [(float(x), float(y)) for x, y in [*dots, (drawing.last.x, drawing.last.y)]]


def lines(drawing: plot.Drawing) -> list[str]:
    return [f"M{line}" for line in drawing.line.split("M")[1:]]


def curves(path: str) -> list[list[float]]:
    """Where each curve begins, its two handles, and where it ends."""
    assert re.fullmatch(r"M[\d.]+ [\d.]+(C[\d.]+( [\d.]+){5})+", path)
    at = [float(number) for number in path[1:].split("C")[0].split()]
    told = []
    for curve in path.split("C")[1:]:
        numbers = [float(number) for number in curve.split()]
        told.append([*at, *numbers])
        at = numbers[-2:]
    return told


@given(SERIES, BOXES, st.integers(1, 30))
def test_each_reading_has_one_point_inside_the_box_and_they_go_along_the_days(
    series: list[tuple[int, float]], box: plot.Box, rest: int
) -> None:
    found = points(drawn(series, box, rest))
    assert len(found) == len(series)
    assert all(box.side - CLOSE <= x <= box.width - box.side + CLOSE and box.top <= y <= box.base for x, y in found)
    assert all(x <= later for (x, _), (later, _) in pairwise(found))


@given(SERIES, st.integers(1, 30))
def test_no_curve_goes_beyond_the_two_points_it_joins(series: list[tuple[int, float]], rest: int) -> None:
    for line in lines(drawn(series, rest=rest)):
        for ax, ay, hx, hy, kx, ky, bx, by in curves(line):
            low, high = min(ay, by) - CLOSE, max(ay, by) + CLOSE
            assert low <= hy <= high and low <= ky <= high
            assert ax - CLOSE <= hx <= kx + CLOSE and kx <= bx + CLOSE


@given(SERIES, st.integers(1, 30))
def test_higher_readings_lie_higher(series: list[tuple[int, float]], rest: int) -> None:
    heights = [y for _, y in points(drawn(series, rest=rest))]
    pairs = zip(pairwise(heights), pairwise(value for _, value in series), strict=True)
    assert all((y - later) * (next_ - value) >= 0 for (y, later), (value, next_) in pairs)


@given(SERIES, st.integers(1, 30))
def test_no_line_leads_across_a_rest(series: list[tuple[int, float]], rest: int) -> None:
    joined = sum(later - place <= rest for (place, _), (later, _) in pairwise(series))
    assert sum(line.count("C") for line in lines(drawn(series, rest=rest))) == joined


@given(SERIES, st.integers(1, 30))
def test_no_line_leads_to_what_is_still_going_on(series: list[tuple[int, float]], rest: int) -> None:
    drawing = drawn(series, rest=rest, going_on=True)
    before = [] if len(series) == 1 else series[:-1]
    joined = sum(later - place <= rest for (place, _), (later, _) in pairwise(before))
    assert sum(line.count("C") for line in lines(drawing)) == joined
    assert points(drawing) == points(drawn(series, rest=rest))


def test_one_point_stands_in_the_middle_without_a_line() -> None:
    drawing = drawn([(700, 12.0)])
    assert (drawing.line, drawing.dots, drawing.last) == ("", "", plot.Dot("150", "36"))


@pytest.mark.parametrize("value", [0.0, 3.0, 1e300])
def test_equal_values_are_a_level_line_in_the_middle(value: float) -> None:
    drawing = drawn([(1, value), (2, value), (3, value)])
    assert drawing.line == "M8 36C55.3 36 102.7 36 150 36C197.3 36 244.7 36 292 36"


def test_nought_lies_on_the_base_and_the_most_at_the_top() -> None:
    drawing = drawn([(1, 0.0), (2, 4.0), (3, 2.0)])
    assert [y for _, y in points(drawing)] == [62, 10, 36]


def test_one_to_five_has_its_ends_where_they_are_not_where_the_readings_end() -> None:
    drawing = plot.drawn(plot.SPARK, [1, 2], [2.0, 4.0], low=1, high=5, rest=1)
    assert [y for _, y in points(drawing)] == [49, 23]
