"""What became of each thing in a file, a page at a time."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse

from journal.importing.reasons import sentence
from journal.importing.shown import NOUNS
from journal.models import Entry, Import, Imported

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

A_PAGE = 60
TOLD = ("entries", *NOUNS)


@dataclass
class Line:
    """`entry`: what it became, where that stands. `called`: of which noun it is, so many `times` in a row; `where` it
    stood in the file.
    """

    entry: Entry | None = None
    called: "StrOrPromise" = ""
    where: str = ""
    why: "StrOrPromise" = ""
    left_out: "list[StrOrPromise]" = field(default_factory=list)
    times: int = 1

    @property
    def address(self) -> str:
        return reverse("journal:entries.entry", args=[self.entry.pk]) if self.entry else ""


@dataclass
class Report:
    lines: list[Line]
    # Where the next page begins, or None.
    after: int | None


def report_of(incoming: Import, after: int) -> Report:
    """In the order of the file. What is of one place comes on one page."""
    told = Imported.objects.filter(incoming=incoming, place__gt=after).filter(Q(noun__in=TOLD) | ~Q(reason=""))
    rows = list(told.exclude(noun="themes").order_by("place", "noun", "pk")[: A_PAGE + 2])
    more = len(rows) > A_PAGE
    if more:
        rows = [row for row in rows if row.place < rows[A_PAGE].place] or rows
    wanted = [row.row_id for row in rows if row.noun == "entries" and row.row_id]
    there = {entry.pk: entry for entry in _entries(incoming, wanted)}
    return Report(list(_in_rows(_line(row, there) for row in rows)), rows[-1].place if more else None)


def _entries(incoming: Import, ids: list[Any]) -> Any:
    return Entry.kept_by(incoming.owner).filter(pk__in=ids).select_related("removal", "lesson", "answer")


def _line(row: Imported, there: dict[Any, Entry]) -> Line:
    told = _told(row)
    return Line(
        entry=there.get(row.row_id),
        called=NOUNS.get(row.noun, ""),
        where=str(told.get("where", "")),
        why=_why(row, there),
        left_out=[sentence(one) for one in told.get("left_out", [])],
    )


def _in_rows(lines: Iterable[Line]) -> Iterator[Line]:
    """Of what is no entry, and tells the same, one line stands for all that follow one another."""
    for (entry, where, *_), some in groupby(
        lines, key=lambda line: (line.entry, line.where, line.called, line.why, line.left_out)
    ):
        each = list(some)
        yield from each if entry or where else [replace(each[0], times=len(each))]


def _why(row: Imported, there: dict[Any, Entry]) -> "StrOrPromise":
    """What was kept and stands needs no word."""
    if row.reason:
        return sentence(row.reason)
    return "" if row.noun != "entries" or row.row_id in there else sentence("gone")


def _told(row: Imported) -> dict[str, Any]:
    return dict(json.loads(row.text_of("told") or "{}"))
