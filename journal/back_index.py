"""The index of lessons, as in the back of a book: themes in the order of the alphabet, days as pages."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
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
    """One theme, whether it has a page of its own, and the days of its lessons with their entries, the oldest first;
    no days where they are many."""

    theme: Theme
    has_page: bool
    days: list[tuple[date, UUID]]

    @property
    def on_many_pages(self) -> bool:
        return not self.days

    @property
    def address(self) -> str:
        """Its own page, where it has one; else the Journal with what was kept under it."""
        if self.has_page:
            return reverse("journal:themes.theme", args=[self.theme.pk])
        return f"{reverse('journal:entries')}?theme={self.theme.pk}"


def lines(user: User) -> list[Line]:
    """In two queries. Themes that do not open stand at the end."""
    themes = list(_themes(user))
    days = _days(user, [theme.pk for theme in themes if not theme.is_on_many])
    found = [Line(theme, theme.has_page, days[theme.pk]) for theme in themes if theme.is_on_many or theme.pk in days]
    return sorted(found, key=lambda line: (line.theme.damaged, alphabet.place(line.theme.text_of("name") or "")))


def _themes(user: User) -> Any:
    """Of each only whether there is another page or lesson after so many: nothing is counted to its end."""
    pages = Entry.themes.through._default_manager.filter(theme=OuterRef("pk"), entry__removal__isnull=True)
    lessons = pages.filter(entry__kind=Entry.Kind.SETBACK, entry__lesson__lesson__filled=True)
    standing = {"has_page": Exists(pages[OWN_PAGE - 1 :]), "is_on_many": Exists(lessons[FEW:])}
    return Theme.objects.of(user).annotate(**standing)


def _days(user: User, few: list[UUID]) -> dict[UUID, list[tuple[date, UUID]]]:
    days: dict[UUID, list[tuple[date, UUID]]] = defaultdict(list)
    lessons = Entry.objects.of(user).filter(kind=Entry.Kind.SETBACK, lesson__lesson__filled=True, themes__in=few)
    for theme, entry, day in lessons.order_by("local_date", "created_at").values_list("themes", "pk", "local_date"):
        days[theme].append((day, entry))
    return days
