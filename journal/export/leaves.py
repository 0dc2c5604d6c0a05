"""The leaves of the journal: each entry with all that belongs to it, for the formats that people read."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from journal.export.pages import Reader, Row, linked
from journal.models import (
    Answer,
    Brought,
    Decision,
    Doubt,
    Encouragement,
    Entry,
    Evidence,
    Kindness,
    Lesson,
    Meeting,
    Milestone,
    Revisit,
    Sequel,
    Theme,
)
from journal.models.laid import Laid
from journal.models.record import Record
from journal.models.told import Told

# What belongs to an entry, by the name it has there.
RECORDS: dict[str, type[Record]] = {
    "lesson": Lesson,
    "sequel": Sequel,
    "answer": Answer,
    "doubt": Doubt,
    "decision": Decision,
    "revisit": Revisit,
    "meeting": Meeting,
    "kindness": Kindness,
    "encouragement": Encouragement,
}
# Where a row has them.
KEYS = [(name, f"{name}__pk", {word: f"{name}__{word}" for word in noun.WORDS}) for name, noun in RECORDS.items()]


class Leaf(Told):
    """What could not be opened is said in its place, so nothing here is damaged."""

    damaged = False
    local_date: date
    # Of those who ask for them (`more`).
    created_at: datetime
    updated_at: datetime
    zone: str
    themes: list[str]
    milestone: str
    acceptance__way: str | None
    lesson: Any
    answer: Any
    kindness: Any
    later__opens_on: date | None
    later__opened_at: datetime | None
    sequel: Any
    decision: Any
    meeting: Any
    # The days of what was laid beside it, and of the old page that it is laid beside.
    evidence: list[date]
    brought: list[date]
    then_now__old__local_date: date | None

    def __init__(self, row: Row) -> None:
        self.__dict__ |= row
        for name, pk, words in KEYS:
            if row[pk]:
                self.__dict__[name] = SimpleNamespace(**{word: row[key] for word, key in words.items()})

    @property
    def is_closed(self) -> bool:
        return bool(self.later__opens_on and not self.later__opened_at)


BESIDE = tuple(f"{name}__{word}" for name, noun in RECORDS.items() for word in noun.WORDS)
COLUMNS = (
    "local_date",
    "kind",
    "deed",
    "body",
    "milestone_id",
    *BESIDE,
    "acceptance__way",
    "then_now__old__local_date",
    "later__opens_on",
    "later__opened_at",
)


def leaves(reader: Reader, *more: str) -> Iterator[list[Leaf]]:
    """What stands in the journal, in the order that the Journal has: the latest day first. With `more` columns."""
    order = Entry.objects.of(reader.user).newest_first()
    for page in reader.pages("entries", order, Entry.objects.order_by(), *COLUMNS, *more):
        links = linked(Entry, "themes", page)
        themes = _names(reader, "themes", Theme.objects, "name", (id for ids in links.values() for id in ids))
        goals = _names(reader, "milestones", Milestone.objects, "title", (row["milestone_id"] for row in page))
        evidence, brought = _days(Evidence, Entry.Kind.DOUBT, page), _days(Brought, Entry.Kind.MEETING, page)
        for row in page:
            row["evidence"], row["brought"] = evidence.get(row["pk"], []), brought.get(row["pk"], [])
            row["themes"] = [themes[id] for id in links.get(row["pk"], ()) if id in themes]
            row["milestone"] = goals.get(row["milestone_id"], "")
        yield list(map(Leaf, page))


def _days(noun: type[Laid], kind: str, page: list[Row]) -> dict[str, list[date]]:
    """Of each page of this kind, the days of the entries that lie beside it."""
    pages = [row["pk"] for row in page if row["kind"] == kind]
    days: dict[str, list[date]] = {}
    laid = noun._default_manager.filter(page__in=pages, entry__removal__isnull=True).order_by("entry__local_date")
    for id, day in laid.values_list("page_id", "entry__local_date") if pages else ():
        days.setdefault(str(id), []).append(day)
    return days


def _names(reader: Reader, noun: str, rows: Any, name: str, ids: Iterable[str | None]) -> dict[str | None, str]:
    wanted = set(ids) - {None}
    return {row["pk"]: row[name] for row in reader.rows(noun, rows.filter(pk__in=wanted), name)} if wanted else {}
