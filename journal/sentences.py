"""What can be said of a measure in plain words: only what was entered, and a gap is no nought."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from journal import amounts
from journal.models.week import monday_of

Reading = tuple[date, Decimal]
WEEKS = 12
ENOUGH = 4


def weekly(kind: str, readings: Iterable[Reading]) -> list[Reading]:
    """What each week with a reading came to, by its Monday. `readings`: the earliest first."""
    weeks = groupby(readings, lambda reading: (reading[0].toordinal() - 1) // 7)
    held = ((week * 7 + 1, [value for _day, value in days]) for week, days in weeks)
    return [(date.fromordinal(monday), amounts.together(kind, values)) for monday, values in held]


def plain(kind: str, readings: Sequence[Reading], today: date) -> str:
    """Two this week. Most weeks, one or two."""
    monday = monday_of(today)
    first = monday - timedelta(weeks=WEEKS)
    recent = [reading for reading in readings if first <= reading[0] <= today]
    now = [value for day, value in recent if day >= monday]
    before = [(day, value) for day, value in recent if day < monday]
    if kind == amounts.Kind.SCALE:
        return _joined(_this_week(kind, now), _most_often(kind, [value for _day, value in recent]))
    come_to = [amounts.together(kind, now)] if now else []
    return _joined(_this_week(kind, come_to), _most_weeks(kind, weekly(kind, before), monday))


def _joined(*said: str) -> str:
    return " ".join(one for one in said if one)


def _this_week(kind: str, values: Sequence[Decimal]) -> str:
    """Nothing where there is no reading: a rest is not none."""
    if not values:
        return ""
    amount = amounts.span(kind, min(values), max(values))
    return str(capfirst(_("%(amount)s this week.") % {"amount": amount}))


def _most_often(kind: str, values: Sequence[Decimal]) -> str:
    if len(values) < ENOUGH:
        return ""
    low, high, _count = narrowest(values)
    return _("Most often, %(amount)s.") % {"amount": amounts.span(kind, low, high)}


def _most_weeks(kind: str, weeks: Sequence[Reading], monday: date) -> str:
    """Said of whole weeks, twelve at most, from four on. Where most weeks were rests it is said of the others."""
    if len(weeks) < ENOUGH:
        return ""
    low, high, count = narrowest([value for _monday, value in weeks])
    amount = {"amount": amounts.span(kind, low, high)}
    if count * 2 > (monday - weeks[0][0]).days // 7:
        return _("Most weeks, %(amount)s.") % amount
    return _("Of the weeks with a reading, most have %(amount)s.") % amount


def narrowest(values: Sequence[Decimal]) -> tuple[Decimal, Decimal, int]:
    """(low, high, how many lie between): the narrowest range that holds more than half of the values."""
    ordered = sorted(values)
    most = len(ordered) // 2 + 1
    ranges = [(high - low, low, high) for low, high in zip(ordered, ordered[most - 1 :], strict=False)]
    _width, low, high = min(ranges)
    return low, high, sum(low <= value <= high for value in ordered)
