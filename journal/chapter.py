"""What the page of a month or of a year shows to one person: some of what was kept; the Journal has all of it."""

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from journal.models import Chapter, Entry, Milestone, Week
from journal.models.chapter import Span
from journal.models.entry import EntryQuerySet
from journal.numbers import in_words
from journal.search import CALLED

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST = {Span.MONTH: 5, Span.YEAR: 8}
TAKEAWAYS = {Span.MONTH: 6, Span.YEAR: 53}
LESSON = Q(kind=Entry.Kind.SETBACK, lesson__lesson__filled=True)
COUNTED = {
    "win": Q(kind=Entry.Kind.WIN),
    "lesson": LESSON,
    "proud": Q(kind=Entry.Kind.PROUD),
    "milestone": Q(kind=Entry.Kind.MILESTONE),
}


class ThatTime:
    def __init__(self, user: User, span: Span, first: date, today: date) -> None:
        self.user, self.span, self.first, self.today = user, span, first, today
        self.last = span.last_day(first)

    @property
    def name(self) -> str:
        return self.span.name_of(self.first)

    @property
    def called(self) -> str:
        """November; of another year November 2025. A year is 2026."""
        if self.span is Span.YEAR:
            return str(date_format(self.first, "Y"))
        return str(date_format(self.first, "F" if self.first.year == self.today.year else "YEAR_MONTH_FORMAT"))

    @property
    def is_over(self) -> bool:
        return self.today > self.last

    @property
    def before(self) -> str:
        """The name of the one before, where there is one."""
        day = self.first - timedelta(days=1)
        return self.span.name_of(day) if day.year >= 1900 else ""

    @property
    def after(self) -> str:
        return self.span.name_of(self.last + timedelta(days=1)) if self.is_over else ""

    # In the person's own words

    @cached_property
    def chapter(self) -> Chapter | None:
        found: Chapter | None = Chapter.objects.of(self.user).filter(span=self.span, first=self.first).first()
        return found

    @property
    def asked(self) -> "StrOrPromise":
        return _("%(time)s, in your own words") % {"time": self.called}

    @cached_property
    def months(self) -> "list[tuple[date, Chapter | None]]":
        """Of a year: each of its months that has begun, with what was written of it."""
        if self.span is not Span.YEAR:
            return []
        told = {one.first: one for one in Chapter.objects.of(self.user).months_of(self.first)}
        firsts = [self.first.replace(month=number) for number in range(1, 13)]
        return [(first, told.get(first)) for first in firsts if first <= self.today]

    # What was kept

    @property
    def said(self) -> str:
        """Seven wins, four lessons, one milestone: what was entered, and nothing of what was not."""
        kept = self._kept.order_by().aggregate(**{name: Count("pk", filter=of) for name, of in COUNTED.items()})
        parts = [str(CALLED[name] % {"number": n, "count": in_words(n)}) for name, n in kept.items() if n]
        return f"{capfirst(', '.join(parts))}." if parts else ""

    @property
    def _kept(self) -> EntryQuerySet:
        kept: EntryQuerySet = Entry.objects.of(self.user).within(self.first, self.last)
        return kept

    def _some(self, of: Q) -> list[Entry]:
        """The latest of them, as they came."""
        return list(self._kept.filter(of).select_related("lesson", "milestone").newest_first()[: MOST[self.span]])[::-1]

    @cached_property
    def lessons(self) -> list[Entry]:
        return self._some(LESSON)

    @cached_property
    def proud(self) -> list[Entry]:
        return self._some(COUNTED["proud"])

    @cached_property
    def wins(self) -> list[Entry]:
        return self._some(COUNTED["win"])

    @cached_property
    def reached(self) -> list[Entry]:
        return self._some(COUNTED["milestone"])

    @cached_property
    def begun(self) -> list[Milestone]:
        begun = Milestone.objects.of(self.user).filter(local_date__gte=self.first, local_date__lte=self.last)
        return list(begun.order_by("-created_at", "pk")[: MOST[self.span]])[::-1]

    @cached_property
    def takeaways(self) -> list[Week]:
        """Of its weeks: a week is of the month that its Thursday lies in."""
        thursday = timedelta(days=3)
        weeks: QuerySet[Week] = Week.objects.of(self.user).filter(takeaway__filled=True)
        within = weeks.filter(monday__gte=self.first - thursday, monday__lte=self.last - thursday)
        return list(within.order_by("monday")[: TAKEAWAYS[self.span]])

    @property
    def is_blank(self) -> bool:
        return not any((self.lessons, self.proud, self.wins, self.reached, self.begun, self.takeaways))
