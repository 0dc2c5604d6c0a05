"""What a theme's page tells: when, what helped, and one plain sentence with its count."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from uuid import UUID

from django.db.models import Count, Min, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from journal.back_index import OWN_PAGE
from journal.models import Entry, Theme
from journal.models.entry import TAUGHT, EntryQuerySet
from journal.months import month_called
from journal.numbers import in_words

# So many of its days and of what helped are shown; the rest is in the Journal.
DAYS, HELPED = 60, 12


@dataclass(frozen=True)
class Month:
    name: str
    days: list[tuple[date, UUID]]


class ThemePage:
    """Each part is asked for when the page comes to it, and only once."""

    def __init__(self, user: User, theme: Theme, today: date) -> None:
        self.user, self.theme, self.today = user, theme, today

    @property
    def _entries(self) -> EntryQuerySet:
        kept: EntryQuerySet = Entry.objects.of(self.user).filter(themes=self.theme)
        return kept

    @cached_property
    def _counted(self) -> tuple[int, int, date | None]:
        """Entries, those of them with a lesson, the first day."""
        lessons = Count("pk", filter=TAUGHT)
        found = self._entries.aggregate(kept=Count("pk"), lessons=lessons, first=Min("local_date"))
        return found["kept"], found["lessons"], found["first"]

    @property
    def is_told(self) -> bool:
        """Before the third entry there is nothing to tell."""
        return self._counted[0] >= OWN_PAGE

    @property
    def sentence(self) -> str:
        """Five entries since March, three with a lesson."""
        kept, lessons, first = self._counted
        said = self._kept(kept, month_called(first, self.today) if first else "")
        if not lessons:
            return _("%(kept)s.") % {"kept": said}
        if lessons == kept:
            return _("%(kept)s, each with a lesson.") % {"kept": said}
        some = _("some") if self.user.counts_hidden else in_words(lessons)
        return _("%(kept)s, %(lessons)s with a lesson.") % {"kept": said, "lessons": some}

    def _kept(self, kept: int, month: str) -> str:
        if self.user.counts_hidden:
            return _("On several pages since %(month)s") % {"month": month}
        said = ngettext("%(count)s entry since %(month)s", "%(count)s entries since %(month)s", kept)
        return str(capfirst(said % {"count": in_words(kept), "month": month}))

    @cached_property
    def months(self) -> list[Month]:
        """When: the latest month first, and in it the days in their order."""
        rows = list(self._entries.newest_first().values_list("local_date", "pk")[:DAYS])
        held = groupby(rows, lambda row: row[0].replace(day=1))
        return [Month(month_called(first, self.today), list(days)[::-1]) for first, days in held]

    @property
    def has_earlier(self) -> bool:
        return self._counted[0] > DAYS

    @cached_property
    def helped(self) -> list[Entry]:
        """Those with kind words or a lesson, the newest first."""
        said = Q(lesson__lesson__filled=True) | Q(lesson__kind_words__filled=True)
        found = self._entries.filter(said, kind=Entry.Kind.SETBACK).select_related("lesson").newest_first()[:HELPED]
        return [entry for entry in found if not entry.lesson.damaged]
