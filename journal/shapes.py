"""The shape of a measure: a small line of the last weeks, the whole of it, its table, and what is said of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, cached_property
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import BinaryField, CharField
from django.db.models.functions import Cast
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.prepared import prepared
from journal import amounts, plot, sentences
from journal.marks import shortened
from journal.models import Measure, Reading
from journal.models.week import monday_of, sunday_of
from journal.sentences import ENOUGH, WEEKS

A_DAY, A_WEEK = 1, 7
# So much of a name stands among others.
AMONG_OTHERS = 160


@dataclass(frozen=True)
class Row:
    """A line of the table. `said`: its figure or, where figures are out of sight, how it lies beside the one before."""

    day: date
    said: str


@dataclass(frozen=True)
class Series:
    """Week by week once four weeks have a reading, else day by day. A week may still be `going_on`."""

    kind: str
    apart: int
    points: list[sentences.Reading]
    going_on: bool = False

    @classmethod
    def of(cls, kind: str, readings: Sequence[sentences.Reading], today: date) -> "Series":
        weeks = sentences.weekly(kind, readings)
        if len(weeks) >= ENOUGH:
            return cls(kind, A_WEEK, weeks, weeks[-1][0] == monday_of(today))
        return cls(kind, A_DAY, list(readings))

    @property
    def values(self) -> list[Decimal]:
        return [value for _day, value in self.points]

    @property
    def is_weekly(self) -> bool:
        return self.apart == A_WEEK

    @property
    def is_summed(self) -> bool:
        return self.is_weekly and self.kind != Measure.Kind.SCALE

    def drawn(self, box: plot.Box) -> plot.Drawing | None:
        """Nothing below four readings."""
        if len(self.points) < ENOUGH:
            return None
        places = [(day.toordinal() - 1) // self.apart for day, _value in self.points]
        low, high = (1, 5) if self.kind == Measure.Kind.SCALE else (0, max(self.values))
        # A week between two days is a rest; between weeks every week is.
        rest = 1 if self.is_weekly else A_WEEK
        values = [float(value) for value in self.values]
        return plot.drawn(box, places, values, low=low, high=float(high), rest=rest, going_on=self.going_on)

    def told(self, hidden: bool) -> str:
        """The drawing in words."""
        by = _("Week by week") if self.is_weekly else _("Day by day")
        if hidden:
            return _("%(by)s, as a line; a gap in it is a rest.") % {"by": by}
        span = amounts.span(self.kind, min(self.values), max(self.values))
        said = {"by": by, "span": span, "last": amounts.span(self.kind, self.values[-1], self.values[-1])}
        if self.going_on:
            return _("%(by)s: %(span)s; this week so far, %(last)s.") % said
        return _("%(by)s: %(span)s; the latest, %(last)s.") % said

    def rows(self, hidden: bool) -> list[Row]:
        """The latest first."""
        said = self._beside() if hidden else [self._figure(value) for value in self.values]
        if self.going_on:
            said[-1] = _("still going on") if hidden else _("%(amount)s so far") % {"amount": said[-1]}
        return [Row(day, words) for (day, _value), words in zip(self.points, said, strict=True)][::-1]

    def _figure(self, value: Decimal) -> str:
        return amounts.said_of_a_week(self.kind, value) if self.is_weekly else amounts.said(self.kind, value)

    def _beside(self) -> list[str]:
        words = {0: _("as the one before"), 1: _("higher"), -1: _("lower")}
        return [
            _("the first"),
            *(words[(after > before) - (after < before)] for before, after in pairwise(self.values)),
        ]


@dataclass(frozen=True)
class Shape:
    """`readings`: the earliest first; `hidden`: no figure is said, the shape stays."""

    measure: Measure
    readings: list[sentences.Reading]
    today: date
    hidden: bool

    @property
    def name(self) -> str | None:
        """As it stands among others; None where it does not open."""
        name = self.measure.text_of("name")
        return None if name is None else shortened(name, AMONG_OTHERS)

    @cached_property
    def recent(self) -> Series:
        """The last twelve weeks, up to the latest reading."""
        first = first_day(self.readings[-1][0]) if self.readings else self.today
        recent = [reading for reading in self.readings if reading[0] >= first]
        return Series.of(self.measure.kind, recent, self.today)

    @cached_property
    def whole(self) -> Series:
        return Series.of(self.measure.kind, self.readings, self.today)

    @cached_property
    def spark(self) -> plot.Drawing | None:
        return self.recent.drawn(plot.SPARK)

    @property
    def spark_said(self) -> str:
        return self.recent.told(self.hidden)

    @cached_property
    def drawing(self) -> plot.Drawing | None:
        return self.whole.drawn(plot.WHOLE)

    @property
    def drawing_said(self) -> str:
        return self.whole.told(self.hidden)

    @property
    def rows(self) -> list[Row]:
        return self.whole.rows(self.hidden)

    @property
    def top(self) -> str:
        """What the highest point stands for."""
        most = max(self.whole.values)
        amount = str(capfirst(amounts.span(self.measure.kind, most, most)))
        return _("%(amount)s in one week") % {"amount": amount} if self.whole.is_summed else amount

    @property
    def begins(self) -> date:
        return self.whole.points[0][0]

    @property
    def ends(self) -> date:
        return self.readings[-1][0]

    @cached_property
    def sentence(self) -> str:
        return "" if self.hidden else sentences.plain(self.measure.kind, self.readings, self.today)


def first_day(last: date) -> date:
    """The Monday of the first of the twelve weeks that end with this day's."""
    return monday_of(last) - timedelta(weeks=WEEKS - 1)


def in_use(user: User, today: date) -> list[Shape]:
    """Of every measure that is not put away, in two queries: what the last weeks of each held."""
    measures = _in_use(user)
    days = [measure.last_day for measure in measures if measure.last_day]
    rows = _within(user, _before(min(*days, today)), date.max) if days else []
    return _drawn(user, measures, rows, today)


@prepared
def _in_use(user: User) -> Any:
    return Measure.objects.of(user).in_use().with_extent()


def of_week(user: User, monday: date, today: date) -> list[Shape]:
    """Of every measure with a reading in that week, as it looked when the week ended."""
    last = min(sunday_of(monday), today)
    measures = list(Measure.objects.of(user).in_use().read_within(monday, last))
    rows = _within(user, _before(monday), last) if measures else []
    return _drawn(user, measures, rows, last)


def _before(day: date) -> date:
    """The first day of the weeks that end with this day's and one more, which the sentence says something of."""
    return day - timedelta(weeks=WEEKS + 1)


@prepared
def _within(user: User, first: date, last: date) -> Any:
    return _sealed(Reading.objects.of(user).standing().filter(local_date__gte=first, local_date__lte=last))


def _sealed(rows: Any) -> Any:
    """(id, measure, day, value): all text but the value, which is sealed. The earliest first."""
    texts = (Cast(name, CharField()) for name in ("pk", "measure_id", "local_date"))
    return rows.order_by("local_date").values_list(*texts, Cast("value", BinaryField()))


def _drawn(user: User, measures: list[Measure], rows: Any, day: date) -> list[Shape]:
    held = _opened(user, rows)
    return [Shape(measure, held.get(measure.pk, []), day, user.counts_hidden) for measure in measures]


def of(user: User, measure: Measure, today: date) -> Shape:
    """Of one measure, with all its readings."""
    rows = _sealed(Reading.objects.of(user).standing().filter(measure=measure))
    return _drawn(user, [measure], rows.iterator(chunk_size=1000), today)[0]


def _opened(user: User, rows: Iterable[tuple[str, str, str, bytes]]) -> dict[UUID, list[sentences.Reading]]:
    """The readings of each measure in their order. What does not open is left out."""
    found: dict[str, list[sentences.Reading]] = defaultdict(list)
    # The same few days and numbers stand in many readings; each is read but once.
    as_day, as_number = cache(date.fromisoformat), cache(amounts.opened)
    read = Reading.reader(user, "value")
    for id, measure, day, sealed in rows:
        number = as_number(read(sealed, id) or "")
        if number is not None:
            found[measure].append((as_day(day), number))
    return {UUID(id): held for id, held in found.items()}
