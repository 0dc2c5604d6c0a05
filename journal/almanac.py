"""One calendar year as dots: a month a row, a day a dot, larger where more was kept; a day of rest is a speck.

Dots keep their places for good. Numbers are strings, so that no locale puts commas in a picture.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.numbers import in_words

APART, FIRST, MIDDLE = 20, 10, 20
SPECK = "1.3"
RADII = ("4.2", "5", "6.2", "7")
CLASSES = {"": "z", "leaf": "d", "gold": "d gold", "clay": "d clay"}
# A month with at most so many days written on was mostly rest.
MOSTLY_REST = 4


class Held(NamedTuple):
    """What one day held: its mark (see EntryQuerySet.beads), and how many things."""

    mark: str
    things: int


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    r: str
    # "" for a day of rest.
    mark: str

    @property
    def path(self) -> str:
        """A circle of two halves."""
        across = f"{2 * float(self.r):g}"
        half = f"a{self.r} {self.r} 0 1 0 "
        return f"M{float(self.x) - float(self.r):g} {self.y}{half}{across} 0{half}-{across} 0"


@dataclass(frozen=True)
class Row:
    """A month of the almanac."""

    first: date
    dots: list[Dot]
    written: int

    @property
    def name(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def paths(self) -> list[tuple[str, str]]:
        """All dots of one look as one path, each with its class: a year is some forty shapes, not four hundred."""
        drawn: dict[str, str] = defaultdict(str)
        for dot in self.dots:
            drawn[CLASSES[dot.mark]] += dot.path
        return list(drawn.items())

    def said(self, hidden: bool = False) -> str:
        """The row for who hears it; without a figure for who keeps counts out of sight."""
        if not self.written:
            return _("rest")
        if hidden:
            return _("you wrote")
        said = ngettext("you wrote on %(days)s day", "you wrote on %(days)s days", self.written)
        return said % {"days": in_words(self.written)}


def rows(held: Mapping[date, Held], first: date, last: date) -> list[Row]:
    """The months from that of `first` to that of `last`, a day after `last` left out."""
    months = (date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13))
    return [_row(month, held, last) for month in months if first.replace(day=1) <= month <= last]


def _row(month: date, held: Mapping[date, Held], last: date) -> Row:
    days = [month.replace(day=day) for day in range(1, monthrange(month.year, month.month)[1] + 1)]
    dots = [_dot(day, held.get(day)) for day in days if day <= last]
    return Row(month, dots, sum(bool(dot.mark) for dot in dots))


def _dot(day: date, held: Held | None) -> Dot:
    x, y = FIRST + APART * (day.day - 1), MIDDLE + _wobble(day)
    radius = RADII[min(held.things, len(RADII)) - 1] if held else SPECK
    return Dot(str(x), f"{y:.1f}", radius, held.mark if held else "")


def _wobble(day: date) -> float:
    """As a hand sets dots: up to two and a bit off the line, the same day always the same."""
    return (day.toordinal() * 7919 % 45 - 22) / 10


def resting(months: list[Row], today: date) -> list[Row]:
    """The whole months between the first and this one that were mostly rest."""
    return [row for row in months[1:] if row.written <= MOSTLY_REST and row.first != today.replace(day=1)]
