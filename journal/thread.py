"""Four weeks on a thread: a bead for each day with something kept, bare thread for each day of rest.

The thread is one long line that the days travel along: a day has its height and its bead its size for good, and
tomorrow everything has moved one place to the start. Numbers are strings, so that no locale puts commas in a path.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DAYS = 28
APART = 12
FIRST = 8
NOW_RADIUS = 5.4
Point = tuple[float, float]


@dataclass(frozen=True)
class Bead:
    x: str
    y: str
    r: str
    held: str


@dataclass(frozen=True)
class Thread:
    path: str
    beads: list[Bead]
    now: Bead


def first_day(today: date) -> date:
    return today - timedelta(days=DAYS - 1)


def drawn(today: date, held: Mapping[date, str]) -> Thread:
    """`held`: what each kept day held ("leaf", "gold" or "clay"); days outside the four weeks are left out."""
    days = [first_day(today) + timedelta(days=index) for index in range(DAYS)]
    knots = [(FIRST + APART * index, _height(day)) for index, day in enumerate(days)]
    start = (knots[0][0] - FIRST, _height(days[0] - timedelta(days=1)))
    beads = [_bead(x, y, _radius(day), held[day]) for day, (x, y) in zip(days, knots, strict=True) if day in held]
    return Thread(_smooth([start, *knots]), beads, _bead(*knots[-1], NOW_RADIUS, held.get(today, "")))


def _height(day: date) -> float:
    along = day.toordinal() * APART
    return 22 + 7 * math.sin(along / 46) + 3.4 * math.sin(along / 19 + 1)


def _radius(day: date) -> float:
    return 3.6 + day.toordinal() * 7 % 13 / 10.8


def _bead(x: float, y: float, r: float, held: str) -> Bead:
    return Bead(_short(x), _short(y), _short(r), held)


def _smooth(points: list[Point]) -> str:
    """A line through all the points without corners (Catmull-Rom as cubic Béziers)."""
    path = [f"M{_short(points[0][0])} {_short(points[0][1])}"]
    padded = [points[0], *points, points[-1]]
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        curve = (bx + (cx - ax) / 6, by + (cy - ay) / 6, cx - (dx - bx) / 6, cy - (dy - by) / 6, cx, cy)
        path.append("C" + " ".join(_short(number) for number in curve))
    return "".join(path)


def _short(number: float) -> str:
    """One decimal at most: "12", "7.5"."""
    return f"{number:.1f}".removesuffix(".0")
