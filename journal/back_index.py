"""The index of lessons, as in the back of a book: themes in the order of the alphabet, days as pages."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BinaryField, CharField, Exists, OuterRef
from django.db.models.functions import Cast

from accounts.models import User
from accounts.prepared import prepared
from journal import alphabet
from journal.models import Entry, Theme

# A theme with more days than these is said to be on many pages.
FEW = 8
# So many of the latest lessons tell of most themes that they are on many pages.
LATEST = 240
# From so many entries on a theme has a page of its own.
OWN_PAGE = 3

Days = dict[UUID, list[tuple[date, UUID]]]


@dataclass(frozen=True)
class Line:
    """One theme (its name is None where it does not open), whether it has a page of its own, and the days of its
    lessons with their entries, the oldest first; no days where they are many."""

    id: UUID
    name: str | None
    has_page: bool
    days: list[tuple[date, UUID]]

    @property
    def on_many_pages(self) -> bool:
        return not self.days

    @property
    def place(self) -> Any:
        """What to sort by. What does not open stands at the end."""
        return self.name is None, alphabet.place(self.name or "")


def lines(user: User) -> list[Line]:
    """In two queries; in three or four where some theme was rare of late."""
    rows = _themes(user)
    if not rows:
        return []
    themes = {UUID(id): (name, has_page) for id, name, has_page in rows}
    on_many, days = _of_lessons(user, set(themes))
    read = Theme.reader(user, "name")
    shown = [(id, *standing) for id, standing in themes.items() if id in on_many or id in days]
    found = [Line(id, read(name, id), bool(has_page), days.get(id, [])) for id, name, has_page in shown]
    return sorted(found, key=attrgetter("place"))


@prepared
def _themes(user: User) -> Any:
    """(id as text, sealed name, whether it has a page)"""
    pages = {"has_page": Exists(_pages()[OWN_PAGE - 1 :])}
    name = Cast("name", BinaryField())
    return Theme.objects.of(user).annotate(**pages).values_list(Cast("pk", CharField()), name, "has_page")


def _pages() -> Any:
    """Of one theme. Only whether there is another after so many is asked: nothing is counted to its end."""
    return Entry.themes.through._default_manager.filter(theme=OuterRef("pk"), entry__removal__isnull=True)


def _of_lessons(user: User, themes: set[UUID]) -> tuple[set[UUID], Days]:
    """Those that stand beside many lessons; and of those beside a few their days."""
    counted, read = _counted(user)
    on_many = {theme for theme, lessons in counted.items() if lessons > FEW}
    few = set(counted) - on_many
    if read == LATEST:
        few = themes - on_many
        on_many |= (often := _on_many(user, few) if few else set())
        few -= often
    return on_many, _days(user, few) if few else {}


def _counted(user: User) -> tuple[dict[UUID, int], int]:
    """How many of the latest lessons each theme stands beside; and how many lessons those are."""
    latest, params = _latest.sql(user)
    rows = f"WITH latest (lesson) AS ({latest}) SELECT theme_id, COUNT(*), (SELECT COUNT(*) FROM latest)"
    beside = Entry.themes.through._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"{rows} FROM latest LEFT JOIN {beside} ON entry_id = lesson GROUP BY theme_id", params)
        found = cursor.fetchall()
    counted = {theme if isinstance(theme, UUID) else UUID(theme): count for theme, count, _read in found if theme}
    return counted, found[0][2] if found else 0


@prepared
def _latest(user: User) -> Any:
    return Entry.objects.of(user).taught().newest_first().values_list("pk")[:LATEST]


def _on_many(user: User, themes: set[UUID]) -> set[UUID]:
    lessons = _pages().filter(entry__kind=Entry.Kind.SETBACK, entry__lesson__lesson__filled=True)
    on_many = Theme.objects.of(user).filter(Exists(lessons[FEW:]), pk__in=themes)
    return set(on_many.values_list("pk", flat=True))


def _days(user: User, few: set[UUID]) -> Days:
    days: Days = defaultdict(list)
    lessons = Entry.objects.of(user).taught().filter(themes__in=few)
    for theme, entry, day in lessons.order_by("local_date", "created_at", "pk").values_list(
        "themes", "pk", "local_date"
    ):
        days[theme].append((day, entry))
    return days
