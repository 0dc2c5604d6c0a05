"""What was taken away, from wherever it was written: the lesson is a takeaway, and so is the line that closes a week.

A noun joins by a source of its own in SOURCES.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.models import Decision, Lesson, Meeting, Week
from journal.models.week import iso_name

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST = 30


@dataclass(frozen=True)
class Source:
    """Where takeaways stand: the text `word` of the rows of `noun`, of the day at the end of the path `day`.

    `called` says what closed with it, before its day; `address` where a row is read; `only` which rows count.
    """

    noun: Any
    word: str
    day: str
    called: "StrOrPromise"
    address: Callable[[Any], str]
    only: dict[str, Any] = field(default_factory=dict)

    def rows(self, user: User) -> Any:
        """Those that say something, the newest first; each with `day`."""
        rows = self.noun.objects.of(user).filter(**{f"{self.word}__filled": True} | self.only)
        return rows.annotate(day=F(self.day)).order_by("-day", "-created_at", "-pk")


def beside_entry(noun: Any, word: str, called: "StrOrPromise") -> Source:
    """A text of what belongs to an entry (journal.models.record)."""
    return Source(noun, word, "entry__local_date", called, _entry, {"entry__removal__isnull": True})


def _entry(row: Any) -> str:
    return reverse("journal:entries.entry", args=[row.entry_id])


def _week(row: Any) -> str:
    return reverse("journal:weeks.week", args=[iso_name(row.monday)])


SOURCES = [
    beside_entry(Lesson, "lesson", _("a lesson from")),
    beside_entry(Decision, "about_deciding", _("about deciding, from")),
    beside_entry(Meeting, "takeaway", _("from a meeting on")),
    Source(Week, "takeaway", "monday", _("from the week of"), _week),
]


@dataclass(frozen=True)
class Taken:
    """One of them; without words it does not open."""

    words: str
    day: date
    called: "StrOrPromise"
    address: str


def taken(user: User, skip: int = 0, most: int = MOST) -> tuple[list[Taken], bool]:
    """So many of all, the newest first, on from `skip`; and whether there are more. Two queries a source at most."""
    places = []
    for number, source in enumerate(SOURCES):
        rows = source.rows(user).values_list("day", "created_at", "pk")[: skip + most + 1]
        places += [(*row, number) for row in rows]
    places.sort(reverse=True)
    shown = places[skip : skip + most]
    opened: dict[Any, Taken] = {}
    for number, source in enumerate(SOURCES):
        if wanted := [pk for _day, _at, pk, of in shown if of == number]:
            for row in source.rows(user).filter(pk__in=wanted):
                opened[row.pk] = Taken(row.text_of(source.word) or "", row.day, source.called, source.address(row))
    return [opened[pk] for _day, _at, pk, _of in shown if pk in opened], len(places) > skip + most
