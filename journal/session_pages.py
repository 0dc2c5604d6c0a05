"""What somebody brings to a meeting, on three pages of paper at most: all of it, or it says that it does not fit."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from journal.export.book import Book, source
from journal.export.choice import Choice
from journal.export.leaves import leaves
from journal.export.markdown import unopened
from journal.export.pages import Reader
from journal.export.passages import Pages
from journal.export.typesetting import TooLong, typeset
from journal.models import Brought, Entry
from journal.models.entry import EntryQuerySet
from journal.prompts import meeting

MOST = 3
# The smallest is what is called small on the screen.
SIZES = (11.5, 10.5, 9.5)


@dataclass(frozen=True)
class Picked(Choice):
    ids: tuple[UUID, ...] = ()

    def entries(self, user: User) -> EntryQuerySet:
        return Entry.objects.of(user).filter(pk__in=self.ids)


def made(page: Entry, now: datetime, whole: bool = False) -> bytes:
    """A PDF; smaller letters are tried before it is said that it takes too many pages. `whole`: however many it takes.

    Raises TooLong, NotMade.
    """
    told, sheet = _told(page), source("session")
    for size in SIZES[:-1]:
        try:
            return typeset(sheet, told | {"size": size}, now, None if whole else MOST)
        except TooLong:
            continue
    return typeset(sheet, told | {"size": SIZES[-1]}, now, MOST)


def _told(page: Entry) -> dict[str, Any]:
    ids = tuple(Brought.beside(page).values_list("pk", flat=True))
    reader = Reader(page.owner, Picked(ids=ids), instead=unopened())
    pages = Pages()
    found = [pages.page(leaf) for leaf in chain.from_iterable(leaves(reader))] if ids else []
    book = Book("", page.local_date, found)
    beside = page.meeting if hasattr(page, "meeting") and not page.meeting.damaged else None
    return book.told() | {
        "heading": _("Before we meet"),
        "day": date_format(page.local_date, "j F Y"),
        "about": None if page.damaged else book.words.said(page.text),
        "helpful": _asked(book, meeting.HELPFUL, beside.helpful if beside else ""),
        "takeaway": _asked(book, meeting.TAKEAWAY, beside.takeaway if beside else ""),
        "bring": _("To bring"),
        "families": list(book.words.faces.families),
    }


def _asked(book: Book, label: Any, text: str) -> dict[str, Any] | None:
    return {"label": str(label), "said": book.words.said(text)} if text else None
