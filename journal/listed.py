"""Entries as a list shows them, with all that lies beside them, in two questions to the database.

The entries are asked for alone, then one UNION asks for what can lie beside those that are there. Joined to them,
eleven small tables would take Django ten times as long to write down as a database to answer, and PostgreSQL longer to
plan than all the rest of a page.
"""

from collections.abc import Iterator
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
from journal.models.entry import EntryQuerySet
from journal.models.sides import Asked, Side, read, record

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


def listed(entries: EntryQuerySet, *, longer: bool = False) -> list[Entry]:
    """As `with_records` has them, but for what came of a lesson; `longer`: with that, and all that was said of doubts
    and decisions."""
    found = list(entries)
    if found:
        _lay(found, longer)
    return found


def _lay(entries: list[Entry], longer: bool) -> None:
    held: dict[str, dict[str, Any]] = {}
    owner = entries[0].owner_id
    shared: dict[UUID, Theme] = {}
    themes: dict[str, list[tuple[Any, str, Theme]]] = {entry.pk.hex: [] for entry in entries}
    for name, of, columns in read(_asked(entries, longer)):
        if name == "theme":
            at, id = columns.pop("created_at"), columns["id"]
            themes[of].append((at, id.hex, shared.setdefault(id, record(Theme, owner, columns))))
        else:
            held.setdefault(of, {})[name] = columns
    for entry in entries:
        entry.listed_themes = [theme for _at, _id, theme in sorted(themes[entry.pk.hex], key=lambda one: one[:2])]
        beside = held.get(entry.pk.hex, {})
        for name, side in _beside(entry, longer):
            _put(entry, name, record(side.noun, owner, beside[name]) if name in beside else None)
        if entry.milestone_id:
            goal = held.get(entry.milestone_id.hex, {}).get("milestone")
            entry._state.fields_cache["milestone"] = goal and record(Milestone, owner, goal)
        if "then_now" in beside:
            entry.then_now._state.fields_cache["old"] = _old(owner, beside)


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


def _old(owner: UUID, beside: dict[str, Any]) -> Entry | None:
    if "old" not in beside:
        return None
    old: Entry = record(Entry, owner, beside["old"])
    _put(old, "lesson", record(Lesson, owner, beside["old_lesson"]) if "old_lesson" in beside else None)
    return old
