"""One calendar year as dots: a month a row, a day a dot, larger where more was kept; a day of rest is a speck.

Dots keep their places for good. Numbers are strings, so that no locale puts commas in a picture.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.db.models import CharField, Count, Value
from django.db.models.functions import Cast
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.prepared import prepared
from journal.models import Entry
from journal.numbers import in_words

APART, FIRST, MIDDLE = 20, 10, 20
ACROSS = [str(FIRST + APART * number) for number in range(31)]
LEVELS = [f"{MIDDLE + tenths / 10:.1f}" for tenths in range(-22, 23)]
SPECK = "1.3"
RADII = ("4.2", "5", "6.2", "7")
CLASSES = {"": "z", "leaf": "d", "gold": "d gold", "clay": "d clay"}
# A month with at most so many days written on was mostly rest.
MOSTLY_REST = 4


class Held(NamedTuple):
    """What one day held: its mark ("gold" for a lesson, "clay" for something proud, or "leaf"), and how many things."""

    mark: str
    things: int


def held(user: User, first: date, last: date) -> dict[date, Held]:
    """Each of these days with something kept. Of each part only an index is read."""
    rows = _marked(user, first, last)
    proud, lessons = ({day for day, of, _things in rows if of == mark} for mark in ("clay", "gold"))
    return {
        date.fromisoformat(day): Held("gold" if day in lessons else "clay" if day in proud else "leaf", things)
        for day, mark, things in rows
        if not mark
    }


@prepared
def _marked(user: User, first: date, last: date) -> Any:
    """(day as text, mark, how many): those with something proud, those with a lesson, and with no mark all of them."""
    kept = Entry.objects.of(user).within(first, last).order_by()
    lessons = kept.taught()
    parts = (kept.filter(kind=Entry.Kind.PROUD), "clay"), (lessons, "gold"), (kept, "")
    day = Cast("local_date", CharField())
    return [rows.values_list(day, Value(mark)).annotate(things=Count("pk")) for rows, mark in parts]


class Dot(NamedTuple):
    """`mark`: "" for a day of rest."""

    x: str
    y: str
    r: str
    mark: str


@cache
def _circle(x: str, y: str, r: str) -> str:
    """Of two halves."""
    across = f"{2 * float(r):g}"
    half = f"a{r} {r} 0 1 0 "
    return f"M{float(x) - float(r):g} {y}{half}{across} 0{half}-{across} 0"


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
    def drawing(self) -> SafeString:
        """Classes and numbers of ours alone: there is nothing to escape."""
        return SafeString("".join(f'<path class="{css}" d="{path}"/>' for css, path in self.paths))

    @property
    def paths(self) -> list[tuple[str, str]]:
        """All dots of one look as one path, each with its class: a year is some forty shapes, not four hundred."""
        drawn: dict[str, list[str]] = defaultdict(list)
        for x, y, r, mark in self.dots:
            drawn[CLASSES[mark]].append(_circle(x, y, r))
        return [(css, "".join(circles)) for css, circles in drawn.items()]

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
    end = min(last, month.replace(day=monthrange(month.year, month.month)[1]))
    days = [date.fromordinal(number) for number in range(month.toordinal(), end.toordinal() + 1)]
    return Row(month, [_dot(day, held.get(day)) for day in days], sum(day in held for day in days))


def _dot(day: date, held: Held | None) -> Dot:
    # As a hand sets dots: up to two and a bit off the line, the same day always the same.
    x, y = ACROSS[day.day - 1], LEVELS[day.toordinal() * 7919 % len(LEVELS)]
    if held is None:
        return Dot(x, y, SPECK, "")
    return Dot(x, y, RADII[min(held.things, len(RADII)) - 1], held.mark)


def resting(months: list[Row], today: date) -> list[Row]:
    """The whole months between the first and this one that were mostly rest."""
    return [row for row in months[1:] if row.written <= MOSTLY_REST and row.first != today.replace(day=1)]
