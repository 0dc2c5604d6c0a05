"""What a measure is counted in: read from what was typed, added up, and said in words."""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from statistics import median_low

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.models import Measure
from journal.numbers import in_words

Kind = Measure.Kind
LARGEST = Decimal(999_999_999)
PLACES = 3
A_DAY = Decimal(24 * 60)
TWELVE = 12


def read(kind: str, typed: str) -> str | None:
    """The number as it is kept ("12", "3.5"), or None. Takes a comma, digits of every script, and 1:30 of minutes."""
    text = unicodedata.normalize("NFKC", typed).strip().replace(",", ".").replace("٫", ".")
    hours, colon, minutes = text.partition(":")
    if kind == Kind.MINUTES and colon and hours.isdecimal() and minutes.isdecimal() and int(minutes) < 60:
        text = str(int(hours) * 60 + int(minutes))
    number = _plain(text)
    return kept(number) if number is not None and _holds(kind, number) else None


def _plain(text: str) -> Decimal | None:
    """No exponents, no signs: nobody writes a day's number so."""
    whole, point, rest = text.partition(".")
    if not (whole or "0").isdecimal() or (point and not rest.isdecimal()) or len(text) > 20 or not text:
        return None
    return Decimal(f"{int(whole or '0')}.{rest}" if rest else str(int(whole)))


def _holds(kind: str, number: Decimal) -> bool:
    whole = number == number.to_integral_value()
    if kind == Kind.YES_NO:
        return number in (0, 1)
    if kind == Kind.SCALE:
        return whole and 1 <= number <= 5
    if kind == Kind.MINUTES:
        return whole and number <= A_DAY
    return number <= LARGEST and number == round(number, PLACES)


def kept(number: Decimal) -> str:
    return f"{number.normalize():f}"


def opened(text: str) -> Decimal | None:
    """A kept number; None for what is none, which no form lets through. A copy may say 1e999999999, which is a few
    signs long until somebody writes it out."""
    number = _plain(text)
    return number if number is not None and number <= LARGEST else None


def together(kind: str, values: Sequence[Decimal]) -> Decimal:
    """What the readings of one week come to: how many and how long are added up, of one to five it is the middle."""
    return median_low(values) if kind == Kind.SCALE else sum(values, Decimal())


# In words


def said(kind: str, value: Decimal) -> str:
    """The reading of one day: yes, 3, 90 minutes."""
    if kind == Kind.YES_NO:
        return _("yes") if value else _("no")
    return _minutes(value) if kind == Kind.MINUTES else figure(value)


def said_of_a_week(kind: str, value: Decimal) -> str:
    """What a week came to: 2, 90 minutes."""
    return _minutes(value) if kind == Kind.MINUTES else figure(value)


def _minutes(value: Decimal) -> str:
    return ngettext("%(count)s minute", "%(count)s minutes", int(value)) % {"count": figure(value)}


def figure(value: Decimal) -> str:
    return str(number_format(kept(value), force_grouping=value >= 10_000))


def word(value: Decimal) -> str:
    """As a book prints it: none, one to twelve, then figures."""
    if value == 0:
        return _("none")
    return in_words(int(value)) if value == int(value) and value <= TWELVE else figure(value)


def between(low: Decimal, high: Decimal) -> str:
    """two · one or two · between one and three"""
    if low == high:
        return word(low)
    if high - low == 1 and low == int(low):
        return _("%(low)s or %(high)s") % {"low": word(low), "high": word(high)}
    return _("between %(low)s and %(high)s") % {"low": word(low), "high": word(high)}


def span(kind: str, low: Decimal, high: Decimal) -> str:
    """one or two · between 30 and 60 minutes"""
    if kind != Kind.MINUTES:
        return between(low, high)
    if low == high:
        return _minutes(low)
    said = {"low": figure(low), "high": figure(high)}
    return ngettext("between %(low)s and %(high)s minute", "between %(low)s and %(high)s minutes", int(high)) % said
