"""The thread of the last four weeks, drawn."""

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from journal import thread

DAYS = st.dates(date(1901, 1, 1), date(9000, 1, 1))
HELD = st.dictionaries(st.integers(-3, 40), st.sampled_from(["leaf", "gold", "clay"]))


def days_ago(today: date, held: dict[int, str]) -> dict[date, str]:
    return {today - timedelta(days=ago): what for ago, what in held.items()}


@given(DAYS, HELD)
def test_each_kept_day_of_four_weeks_has_one_bead_and_no_other_day_has(today: date, held: dict[int, str]) -> None:
    drawn = thread.drawn(today, days_ago(today, held))
    inside = {ago: what for ago, what in held.items() if 0 <= ago < 28}
    places = {bead.x: bead.held for bead in drawn.beads}
    assert places == {str(8 + 12 * (27 - ago)): what for ago, what in inside.items()}
    assert len(drawn.beads) == len(inside)


@given(DAYS, HELD)
def test_everything_stays_within_the_picture(today: date, held: dict[int, str]) -> None:
    drawn = thread.drawn(today, days_ago(today, held))
    for bead in [*drawn.beads, drawn.now]:
        x, y, r = float(bead.x), float(bead.y), float(bead.r)
        assert x - r >= 0 and x + r <= 340
        assert y - r > 0 and y + r < 44
    assert re.fullmatch(r"M[\d.]+ [\d.]+(C[\d. -]+)+", drawn.path)
    assert all(-1 <= float(number) <= 340 for number in re.findall(r"-?\d+(?:\.\d+)?", drawn.path))


@given(DAYS)
def test_a_bead_hangs_on_the_thread(today: date) -> None:
    drawn = thread.drawn(today, {today - timedelta(days=ago): "leaf" for ago in range(28)})
    ends = [curve.split()[-2:] for curve in drawn.path.split("C")[1:]]
    assert [[bead.x, bead.y] for bead in drawn.beads] == ends


@given(DAYS, st.integers(1, 26))
def test_a_bead_keeps_its_height_and_size_and_moves_one_place_a_day(today: date, ago: int) -> None:
    kept = {today - timedelta(days=ago): "gold"}
    [before] = thread.drawn(today, kept).beads
    [after] = thread.drawn(today + timedelta(days=1), kept).beads
    assert (after.y, after.r, after.held) == (before.y, before.r, before.held)
    assert float(after.x) == float(before.x) - 12


def test_today_is_a_ring_that_holds_what_was_kept() -> None:
    today = date(2026, 11, 20)
    assert thread.drawn(today, {}).now.held == ""
    assert thread.drawn(today, {today: "clay"}).now.held == "clay"
