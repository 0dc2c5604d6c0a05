"""Patterns: single sentences with their counts, each drawn as a row of bars. They say what stands there, never why.

What is counted is what was kept and what it taught: never hard things, whose first place would be a verdict.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.prepared import prepared
from journal.almanac import Held
from journal.models import Entry, Theme
from journal.months import month_called
from journal.numbers import in_words

# Fewer things show no pattern, and neither does a first place that is hardly one.
FROM, LEAST, MOST_BARS = 30, 5, 7
WIDTH = 200


@dataclass(frozen=True)
class Bar:
    """`said`: how many; nothing where there are none."""

    label: str
    said: str
    # Of WIDTH; a string, so that no locale puts a comma in it.
    width: str


@dataclass(frozen=True)
class Pattern:
    name: str
    # With its count, and without for who keeps counts out of sight.
    said: str
    quietly: str
    bars: list[Bar]


def found(user: User, held: Mapping[date, Held], today: date) -> list[Pattern]:
    """Those of the days in `held` that show clearly, in an order that stays."""
    if sum(what.things for what in held.values()) < FROM:
        return []
    patterns = (_by_weekday(held), _by_month(held, today), _by_theme(user, held))
    return [pattern for pattern in patterns if pattern]


def _by_weekday(held: Mapping[date, Held]) -> Pattern | None:
    counts = dict.fromkeys(WEEKDAYS, 0)
    for day, what in held.items():
        counts[day.weekday()] += what.things
    first = _first(counts.values())
    if not first:
        return None
    bars = _bars((str(WEEKDAYS[number]), counts[number]) for number in sorted(counts))
    return _holding("weekday", str(WEEKDAYS[_of(counts, first)]), first, bars)


def _by_month(held: Mapping[date, Held], today: date) -> Pattern | None:
    counts: dict[tuple[int, int], int] = defaultdict(int)
    for day, what in held.items():
        counts[day.year, day.month] += what.things
    first = _first(counts.values())
    if not first or len(counts) < 3:
        return None
    bars = _bars((str(MONTHS[month]), counts[year, month]) for year, month in sorted(counts))
    year, month = _of(counts, first)
    return _holding("month", month_called(date(year, month, 1), today), first, bars)


def _holding(name: str, days: str, first: int, bars: list[Bar]) -> Pattern:
    said = ngettext("%(days)s holds the most: %(count)s thing.", "%(days)s holds the most: %(count)s things.", first)
    words = {"days": days, "count": in_words(first)}
    return Pattern(name, said % words, _("%(days)s holds the most.") % words, bars)


def _by_theme(user: User, held: Mapping[date, Held]) -> Pattern | None:
    """The themes of lessons."""
    rows = _themes(user, min(held), max(held))
    counts = {pk: count for pk, _name, count in rows}
    first = _first(counts.values())
    if not first:
        return None
    read = Theme.reader(user, "name")
    names = {pk: name for pk, sealed, _count in rows if (name := read(sealed, pk))}
    theme = names.get(_of(counts, first))
    if not theme:
        return None
    said = ngettext(
        "“%(theme)s” stands beside the most lessons: %(count)s.",
        "“%(theme)s” stands beside the most lessons: %(count)s.",
        first,
    )
    words = {"theme": theme, "count": in_words(first)}
    bars = _bars((names[pk], count) for pk, count in counts.items() if pk in names)
    return Pattern("theme", said % words, _("“%(theme)s” stands beside the most lessons.") % words, bars)


@prepared
def _themes(user: User, first: date, last: date) -> Any:
    """(id, sealed name, how many)"""
    lessons = Entry.objects.of(user).within(first, last).taught().filter(themes__isnull=False).order_by()
    rows = lessons.values_list("themes", "themes__name").annotate(count=Count("pk"))
    return rows.order_by(F("count").desc(), "themes")[:MOST_BARS]


def _first(counts: Iterable[int]) -> int:
    """The highest, if it stands alone and is no accident; else 0."""
    first, second = sorted([*counts, 0, 0], reverse=True)[:2]
    return first if first >= LEAST and first > second else 0


def _of(counts: Mapping[Any, int], count: int) -> Any:
    return next(key for key, value in counts.items() if value == count)


def _bars(rows: Iterable[tuple[str, int]]) -> list[Bar]:
    listed = list(rows)
    most = max(count for _label, count in listed)
    return [Bar(label, _figure(count), str(round(WIDTH * count / most))) for label, count in listed]


def _figure(count: int) -> str:
    return str(number_format(count)) if count else ""
