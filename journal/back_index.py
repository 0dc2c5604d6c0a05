"""The index of lessons, as in the back of a book: themes in the order of the alphabet, days as pages."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from accounts.models import User
from journal import alphabet
from journal.models import Entry, Theme

# A theme with more days than these is said to be on many pages.
FEW = 8
# From so many entries on a theme has a page of its own.
OWN_PAGE = 3


@dataclass(frozen=True)
class Line:
    """One theme, where it leads, and the days of its lessons with their entries, the oldest first."""

    theme: Theme
    kept: int
    days: list[tuple[date, UUID]]

    @property
    def on_many_pages(self) -> bool:
        return len(self.days) > FEW

    @property
    def address(self) -> str:
        return address(self.theme, self.kept)


def address(theme: Theme, kept: int) -> str:
    """Its own page, where it has one; else the Journal with what was kept under it."""
    if kept >= OWN_PAGE:
        return reverse("journal:themes.theme", args=[theme.pk])
    return f"{reverse('journal:entries')}?theme={theme.pk}"


def lines(user: User) -> list[Line]:
    """In two queries. Themes that do not open stand at the end."""
    days: dict[UUID, list[tuple[date, UUID]]] = defaultdict(list)
    lessons = Entry.objects.of(user).filter(kind=Entry.Kind.SETBACK, lesson__lesson__filled=True, themes__isnull=False)
    for theme, entry, day in lessons.order_by("local_date", "created_at").values_list("themes", "pk", "local_date"):
        days[theme].append((day, entry))
    standing: Any = Count("entries", filter=Q(entries__removal__isnull=True))
    themes = Theme.objects.of(user).annotate(kept=standing)
    found = [Line(theme, theme.kept, days[theme.pk]) for theme in themes if theme.pk in days]
    return sorted(found, key=lambda line: (line.theme.damaged, alphabet.place(line.theme.text_of("name") or "")))
