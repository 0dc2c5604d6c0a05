"""What Look back shows to one person: four shelves, each asked for when the page comes to it."""

from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from accounts.days import local_date
from accounts.models import User
from accounts.prepared import prepared
from journal import almanac, back_index, kind_shelf
from journal import shapes as shapes_of_measures
from journal.dealt import in_turn, thrown
from journal.models import Entry
from journal.months import month_called
from journal.patterns import FROM, Pattern, found
from journal.picking import MONTHS_AGO

# A good one comes back only once it has become something from before.
BEFORE = timedelta(days=30)
# So many that do not open are passed.
TRIED = 5


class LookBack:
    def __init__(self, user: User, now: datetime, year: int | None = None, pattern: str = "") -> None:
        self.user, self.today = user, local_date(user, now)
        self.asked, self.asked_pattern = year, pattern

    # The year

    @cached_property
    def began(self) -> date | None:
        first: list[tuple[date]] = _first_day(self.user)
        return first[0][0] if first else None

    @property
    def years(self) -> list[int]:
        """Those with a page of their own, the latest first."""
        return list(range(self.today.year, self.began.year - 1, -1)) if self.began else []

    @property
    def year(self) -> int:
        return self.asked if self.asked in self.years else self.today.year

    @cached_property
    def months(self) -> list[almanac.Row]:
        """From the beginning on, or from January; to today, or to December."""
        if not self.began or self.began > self.today:
            return []
        first = max(self.began, date(self.year, 1, 1))
        last = min(self.today, date(self.year, 12, 31))
        return almanac.rows(self.held, first, last)

    @property
    def rows(self) -> list[tuple[almanac.Row, str]]:
        """Each month, and its row for who hears it."""
        return [(row, row.said(self.user.counts_hidden)) for row in self.months]

    @cached_property
    def held(self) -> dict[date, almanac.Held]:
        """Each day of the year that is shown."""
        return self._held(self.year)

    def _held(self, year: int) -> dict[date, almanac.Held]:
        return almanac.held(self.user, date(year, 1, 1), min(self.today, date(year, 12, 31)))

    # Lessons

    @cached_property
    def index(self) -> list[back_index.Line]:
        """All lines of the index at the back; the page shows so many."""
        return back_index.lines(self.user)

    # Kind words

    @cached_property
    def kindly(self) -> list[kind_shelf.Figure]:
        """Some of the person's own sentences, by the day others, and what else is kind to come upon."""
        return kind_shelf.figures(self.user, self.today)

    # Shapes

    @cached_property
    def shapes(self) -> list[shapes_of_measures.Shape]:
        return shapes_of_measures.in_use(self.user, self.today)

    @cached_property
    def patterns(self) -> list[Pattern]:
        return found(self.user, self._held_for_patterns, self.today)

    @cached_property
    def _held_for_patterns(self) -> dict[date, almanac.Held]:
        """Of the year that is shown; while this year is young and shows nothing, of the one before."""
        if self.year != self.today.year or sum(what.things for what in self.held.values()) >= FROM:
            return self.held
        return self._held(self.year - 1) if self.year - 1 in self.years else self.held

    @property
    def pattern_year(self) -> int:
        """The year that the sentences are about."""
        return next(iter(self._held_for_patterns), self.today).year

    @cached_property
    def pattern(self) -> Pattern | None:
        """One at a time: the one asked for, or by the day another."""
        asked = next((one for one in self.patterns if one.name == self.asked_pattern), None)
        return asked or in_turn(self.patterns, self.today)

    @cached_property
    def another(self) -> str:
        """The name of the pattern after the one that is shown; "" where there is one alone."""
        names = [one.name for one in self.patterns]
        return names[(names.index(self.pattern.name) + 1) % len(names)] if self.pattern and len(names) > 1 else ""

    @cached_property
    def lead(self) -> str:
        """When it began, and of this year the months that were mostly rest, if they are few."""
        if not self.began or self.began > self.today:
            return ""
        began = _("You began in %(month)s.") % {"month": month_called(self.began.replace(day=1), self.today)}
        names = [str(MONTHS[row.first.month]) for row in almanac.resting(self.months, self.today)]
        if len(names) == 1:
            return f"{began} {_('%(month)s was mostly rest.') % {'month': names[0]}}"
        if len(names) == 2:
            both = _("%(one)s and %(other)s were mostly rest.") % {"one": names[0], "other": names[1]}
            return f"{began} {both}"
        return began

    @property
    def has_a_then(self) -> bool:
        """Something old enough to lie beside a now."""
        return self.began is not None and self.began <= self.today - timedelta(days=MONTHS_AGO)

    # A good one

    @cached_property
    def good_one(self) -> Entry | None:
        """Something good from before: by the day another one, on one day the same. Some that do not open are passed."""
        if not self.began or self.began > self.today - BEFORE:
            return None
        last = self.today - BEFORE
        start = self.began + timedelta(days=thrown((last - self.began).days + 1, by=self.today))
        every = not self.user.only_good_days_back
        for first, onwards in ((start, True), (self.began, False)):
            some = sorted(_good(self.user, first, last, every, onwards), reverse=not onwards)
            for *_at, id in some[:TRIED]:
                entry: Entry = _with_lesson(self.user, id)[0]
                if _opens(entry):
                    return entry
        return None


def _opens(entry: Entry) -> bool:
    """It, and the lesson that it comes back with."""
    return not entry.damaged and not (entry.has_lesson and entry.lesson.damaged)


# What it asks


@prepared
def _first_day(user: User) -> Any:
    return Entry.objects.of(user).order_by("local_date").values_list("local_date")[:1]


@prepared
def _good(user: User, first: date, last: date, every: bool, onwards: bool) -> Any:
    """(day, at, id): of each kind that comes back (EntryQuerySet.coming_back) the first few of these days, or the last.

    Kind by kind, because an index has the order of each: asked together, all would be sorted for the first few.
    """
    order = ("local_date", "created_at", "id") if onwards else ("-local_date", "-created_at", "-id")
    good = Entry.objects.of(user).within(first, last).filter(not_again__entry__isnull=True).exclude(body__filled=False)
    hard = {"kind": Entry.Kind.SETBACK} | ({} if every else {"lesson__lesson__filled": True})
    kinds = ({"kind": Entry.Kind.WIN}, {"kind": Entry.Kind.PROUD}, hard)
    return [
        good.filter(**kind).order_by(*order).values_list("local_date", "created_at", "id")[:TRIED] for kind in kinds
    ]


@prepared
def _with_lesson(user: User, id: UUID) -> Any:
    return Entry.objects.of(user).filter(pk=id).select_related("lesson")
