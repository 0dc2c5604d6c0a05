"""A person’s copy, of everything or of what they chose: one module a format. Nothing of it is ever stored."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.export import archive, book, day_one, everything, jrnl, plain_text, single_pages, spreadsheet, tables
from journal.export.choice import Choice

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MEDIA = {
    "json": "application/json",
    "zip": "application/zip",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True)
class Format:
    """`chunks` are bytes of what was chosen as they go out; each is made from pages that were read and closed.

    `entries_only`: it holds entries and what belongs to them; `moving`: it is for another program; `around`: about how
    many bytes stand around the words of an entry, `alone` in a file without any; `most`: the largest that is made in
    one piece, in bytes as they are guessed beforehand (0: any).
    """

    chunks: Callable[[User, datetime, Choice], Generator[bytes, None, None]]
    ending: str
    label: "StrOrPromise"
    hint: "StrOrPromise"
    entries_only: bool = False
    moving: bool = False
    around: int = 80
    alone: int = 0
    most: int = 0

    @property
    def media(self) -> str:
        return MEDIA[self.ending]

    @property
    def is_zipped(self) -> bool:
        return self.ending == "zip"

    def file_name(self, day: date) -> str:
        """It says nothing about who or what is in it: it stands in lists of downloads."""
        return f"onward-{day}.{self.ending}"


EVERYTHING = _("JSON. All you wrote and all your settings, with nothing lost.")
PAGES = _("Markdown in a ZIP, each with its day, kind and themes above it, as note apps read it.")
ARCHIVE = _("One HTML file that opens in any browser without a network. It finds words, and notices a change.")
BOOK = _("PDF on A5, months as chapters, with an index of lessons. It is whole before it comes; that takes a moment.")
TABLES = _("CSV, a table for each kind of thing, in a ZIP.")
MOVING = {"entries_only": True, "moving": True}
FORMATS = {
    "json": Format(everything.chunks, "json", _("Everything"), EVERYTHING, around=420),
    "markdown": Format(plain_text.chunks, "zip", _("Plain text"), _("Markdown, one file a month, in a ZIP.")),
    "pages": Format(single_pages.chunks, "zip", _("A file for each entry"), PAGES, around=400),
    "html": Format(archive.chunks, "html", _("Archive"), ARCHIVE, around=600, alone=120_000),
    "pdf": Format(book.chunks, "pdf", _("Book"), BOOK, around=2000, most=6_500_000),
    "csv": Format(spreadsheet.chunks, "csv", _("Spreadsheet"), _("CSV, one row an entry."), entries_only=True),
    "tables": Format(tables.chunks, "zip", _("All the tables"), TABLES, around=300),
    "day_one": Format(day_one.chunks, "zip", _("Day One"), _("A ZIP, as Day One makes it itself."), **MOVING),
    "jrnl": Format(jrnl.as_json, "json", _("jrnl, as JSON"), _("As jrnl writes it for others."), **MOVING),
    "jrnl_text": Format(jrnl.as_text, "txt", _("jrnl, as text"), _("As jrnl reads it."), **MOVING),
}
