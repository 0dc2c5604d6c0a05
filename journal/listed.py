"""Entries as a list shows them, with all that lies beside them, in two questions to the database.

The entries are asked for alone, then one UNION asks for what can lie beside those that are there. Joined to them,
eleven small tables would take Django ten times as long to write down as a database to answer, and PostgreSQL longer to
plan than all the rest of a page.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from journal.models import (
    Acceptance,
    Answer,
    Decision,
    Doubt,
    Encouragement,
    Entry,
    Kindness,
    Later,
    Lesson,
    Meeting,
    Milestone,
    Revisit,
    Sequel,
    Theme,
    ThenNow,
)
from journal.models.sides import FIRST_WORD, Asked, Row, Side, read, record

Kind = Entry.Kind
# What an entry of a kind can have beside it, by the name that it has there.
OF_KIND: dict[str, dict[str, Side]] = {
    Kind.SETBACK: {"lesson": Side(Lesson, Lesson.WORDS), "acceptance": Side(Acceptance, words=("way",))},
    Kind.DOUBT: {"answer": Side(Answer, Answer.WORDS)},
    Kind.DECISION: {"decision": Side(Decision, Decision.WORDS)},
    Kind.MEETING: {"meeting": Side(Meeting, Meeting.WORDS)},
    Kind.THEN_NOW: {"then_now": Side(ThenNow, words=("old_id",))},
    Kind.ENCOURAGEMENT: {"encouragement": Side(Encouragement, Encouragement.WORDS)},
    Kind.LETTER: {"later": Side(Later, words=("opens_on", "opened_at"))},
}
# Where words in it were looked for, a page shows more of it.
MORE: dict[str, dict[str, Side]] = {
    Kind.SETBACK: {"sequel": Side(Sequel, Sequel.WORDS, ("way",))},
    Kind.DOUBT: {"doubt": Side(Doubt, Doubt.WORDS), "revisit": Side(Revisit, Revisit.WORDS, ("on",))},
    Kind.DECISION: {"revisit": Side(Revisit, Revisit.WORDS, ("on",))},
}
KINDNESS = Side(Kindness, Kindness.WORDS)
GOALS = Side(Milestone, ("title",), of="id")
THEMES = Side(Entry.themes.through, ("theme__name",), ("theme__created_at",), id="theme_id")
# The old page of a then-and-now, unless it was taken back, and its lesson: they belong to the new one.
STANDS = (("old__removal__isnull", True), ("old__isnull", False))
OLD = Side(ThenNow, ("old__body", "old__deed"), ("old__kind", "old__local_date"), id="old_id", only=STANDS)
OLD_LESSONS = Side(
    ThenNow,
    tuple(f"old__lesson__{name}" for name in Lesson.WORDS),
    id="old__lesson__id",
    only=(*STANDS, ("old__lesson__isnull", False)),
)


def listed(entries: Iterable[Entry], *, longer: bool = False) -> list[Entry]:
    """As `with_records` has them, but for what came of a lesson; `longer`: with that, and all that was said of doubts
    and decisions."""
    found = list(entries)
    if found:
        _lay(found, longer)
    return found


def _lay(entries: list[Entry], longer: bool) -> None:
    owner, asked = entries[0].owner_id, _asked(entries, longer)
    beside: dict[str, dict[str, Row]] = {entry.pk.hex: {} for entry in entries}
    under: dict[str, list[Row]] = {id: [] for id in beside}
    goals: dict[str, Row] = {}
    for row in read(asked):
        name, _id, of, *_rest = row
        if name == "theme":
            under[of].append(row)
        elif name == "milestone":
            goals[of] = row
        else:
            beside[of][name] = row
    themes = _Shared(owner)
    for entry in entries:
        rows = beside[entry.pk.hex]
        entry.listed_themes = [themes.of(row) for row in sorted(under[entry.pk.hex], key=_by_age)]
        for name, side in _beside(entry, longer):
            _put(entry, name, record(side.noun, owner, side, rows[name]) if name in rows else None)
        if entry.milestone_id and entry.milestone_id.hex in goals:
            entry._state.fields_cache["milestone"] = record(Milestone, owner, GOALS, goals[entry.milestone_id.hex])
        if "then_now" in rows:
            entry.then_now._state.fields_cache["old"] = _old(owner, rows)


def _beside(entry: Entry, longer: bool) -> Iterator[tuple[str, Side]]:
    yield "kindness", KINDNESS
    yield from OF_KIND.get(entry.kind, {}).items()
    if longer:
        yield from MORE.get(entry.kind, {}).items()


def _asked(entries: list[Entry], longer: bool) -> Asked:
    asked: Asked = {"theme": (THEMES, [entry.pk for entry in entries])}
    for entry in entries:
        for name, side in _beside(entry, longer):
            asked.setdefault(name, (side, []))[1].append(entry.pk)
    if goals := list({entry.milestone_id for entry in entries if entry.milestone_id}):
        asked["milestone"] = (GOALS, goals)
    if "then_now" in asked:
        asked |= {"old": (OLD, asked["then_now"][1]), "old_lesson": (OLD_LESSONS, asked["then_now"][1])}
    return asked


def _put(entry: Entry, name: str, beside: Any) -> None:
    """As the ORM would: each knows the other, and that there is none is known, too."""
    entry._state.fields_cache[name] = beside
    if beside:
        beside.__dict__["entry_id"] = entry.pk
        beside._state.fields_cache["entry"] = entry


def _old(owner: UUID, rows: dict[str, Row]) -> Entry | None:
    if "old" not in rows:
        return None
    old: Entry = record(Entry, owner, OLD, rows["old"])
    lesson = record(Lesson, owner, OLD_LESSONS, rows["old_lesson"]) if "old_lesson" in rows else None
    _put(old, "lesson", lesson)
    return old


def _by_age(row: Row) -> tuple[str, str]:
    """When a theme was made, and its id."""
    return row[FIRST_WORD], row[1]


class _Shared:
    """A theme is one for all the entries that stand under it."""

    def __init__(self, owner: UUID) -> None:
        self.owner = owner
        self.made: dict[str, Theme] = {}

    def of(self, row: Row) -> Theme:
        if row[1] not in self.made:
            self.made[row[1]] = record(Theme, self.owner, THEMES, row)
        return self.made[row[1]]
