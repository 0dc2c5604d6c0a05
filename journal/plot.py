"""Lines through points, drawn by hand: places in time and values become paths and dots of an SVG.

Numbers are strings, so that no locale puts commas in a path. The line is as monotone as its points are
(Fritsch and Carlson, 1980): it never shows a height that nobody entered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.safestring import SafeString

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """What can be drawn on; `base` is the line below it all."""

    width: int
    height: int
    top: float
    base: float
    side: float = 8

    @property
    def view(self) -> str:
        return f"0 0 {self.width} {self.height}"

    @property
    def end(self) -> str:
        return str(self.width)

    @property
    def ground(self) -> str:
        return _short(self.base)


SPARK = Box(300, 70, top=10, base=62)
WHOLE = Box(640, 200, top=12, base=186)


@dataclass(frozen=True)
class Dot:
    x: str
    y: str


@dataclass(frozen=True)
class Drawing:
    """`line` and `dots` are one path each, however many points there are: a line for each stretch without a rest, and
    for each point but the newest a line of no length, which round ends make a dot. `last` is the newest point.
    """

    box: Box
    line: str
    dots: str
    last: Dot

    @property
    def inside(self) -> SafeString:
        """Base, line and points as SVG: numbers of ours alone, so there is nothing to escape."""
        ground = self.box.ground
        base = f'<line class="base" x1="0" x2="{self.box.end}" y1="{ground}" y2="{ground}"/>'
        line = f'<path class="line" d="{self.line}"/>' if self.line else ""
        ring = f'<circle class="ring" cx="{self.last.x}" cy="{self.last.y}" r="4.5"/>'
        return SafeString(f'{base}{line}<path class="dots" d="{self.dots}"/>{ring}')


def drawn(
    box: Box,
    places: Sequence[int],
    values: Sequence[float],
    *,
    low: float,
    high: float,
    rest: int,
    going_on: bool = False,
) -> Drawing:
    """`places`: days or weeks, rising; where more than `rest` lie between two, no line leads across.

    `low` lies on the base and `high` at the top. Values that are all the same lie in the middle. Where the last is
    still `going_on`, no line leads down to it.
    """
    points = list(zip(_across(box, places), _up(box, values, low, high), strict=True))
    apart = [at for at in range(1, len(places)) if places[at] - places[at - 1] > rest]
    ends = [0, *apart, len(places) - going_on]
    stretches = [points[start:end] for start, end in pairwise(ends)]
    line = "".join(through(stretch) for stretch in stretches if len(stretch) > 1)
    dots = "".join(f"M{_short(x)} {_short(y)}h0" for x, y in points[:-1])
    return Drawing(box, line, dots, Dot(*map(_short, points[-1])))


def _across(box: Box, places: Sequence[int]) -> list[float]:
    first, span = places[0], places[-1] - places[0]
    if not span:
        return [box.width / 2] * len(places)
    room = box.width - 2 * box.side
    return [box.side + room * ((place - first) / span) for place in places]


def _up(box: Box, values: Sequence[float], low: float, high: float) -> list[float]:
    room = box.base - box.top
    if min(values) == max(values):
        return [box.base - room / 2] * len(values)
    return [box.base - room * min(max((value - low) / (high - low), 0), 1) for value in values]


def through(points: Sequence[Point]) -> str:
    """A path through at least two points, with x rising."""
    slopes = [(by - ay) / (bx - ax) for (ax, ay), (bx, by) in pairwise(points)]
    tangents = [slopes[0], *(_tangent(one, other) for one, other in pairwise(slopes)), slopes[-1]]
    path = [f"M{_short(points[0][0])} {_short(points[0][1])}"]
    for ((ax, ay), (bx, by)), (leaving, coming) in zip(pairwise(points), pairwise(tangents), strict=True):
        third = (bx - ax) / 3
        curve = (ax + third, ay + third * leaving, bx - third, by - third * coming, bx, by)
        path.append("C" + " ".join(map(_short, curve)))
    return "".join(path)


def _tangent(before: float, after: float) -> float:
    """Level at a peak; else between both slopes, and never so steep that the curve would overshoot."""
    if before * after <= 0:
        return 0.0
    return 2 * before * after / (before + after)


def _short(number: float) -> str:
    """One decimal at most: "12", "7.5"."""
    return f"{number:.1f}".removesuffix(".0")
