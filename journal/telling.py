"""What a page prints of one entry, decided in one go: the template looks nothing up that it does not print."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.template.context import Context

from journal.marks import marked, opening
from journal.models import Entry, Theme
from journal.models.owned import Owned

Kind = Entry.Kind
# The record that a kind is told with; a lesson follows the text, the others have a part of their own around it.
RECORDS: dict[str, str] = {
    Kind.SETBACK: "lesson",
    Kind.DOUBT: "answer",
    Kind.DECISION: "decision",
    Kind.MEETING: "meeting",
    Kind.THEN_NOW: "then_now",
    Kind.ENCOURAGEMENT: "encouragement",
    Kind.LETTER: "later",
}
# What is shown of them only where all of an entry is, or where words in it were looked for.
LONGER: dict[str, tuple[str, ...]] = {
    Kind.SETBACK: ("sequel",),
    Kind.DOUBT: ("doubt", "revisit"),
    Kind.DECISION: ("revisit",),
}
# These have more to be done with among other entries than to be changed.
GO_ON = (Kind.SETBACK, Kind.DOUBT, Kind.DECISION, Kind.MEETING)

FLAGS = ("told", "whole", "longer", "bare", "back", "left", "is_old")


@dataclass(frozen=True)
class Manner:
    """How a page shows entries. told: when it was kept, as on Today · whole: all of its text · longer: all of its
    records · bare: nothing to press · back: it was put back a moment ago · left: left be a moment ago · terms: what was
    searched for · is_old: a lesson old enough to be asked about."""

    told: bool = False
    whole: bool = False
    longer: bool = False
    bare: bool = False
    back: bool = False
    left: bool = False
    is_old: bool = False
    terms: tuple[str, ...] = ()
    fresh_since: datetime | None = None
    today: date | None = None
    csrf_token: Any = ""
    # What is the same for many of thirty entries: what themes are called on this page, and what kinds are.
    named: dict[UUID, tuple[str, str]] = field(default_factory=dict, compare=False)
    called: dict[str, str] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, context: Context, **asked: bool) -> "Manner":
        """`asked` by the template itself; the rest by the view."""
        given: dict[str, Any] = {name: bool(context.get(name)) for name in FLAGS} | asked
        given["terms"] = context.get("terms") or ()
        if given["told"]:
            given["today"] = getattr(context.get("today"), "date", None)
        return cls(**given, fresh_since=context.get("fresh_since"), csrf_token=context.get("csrf_token"))

    def says(self, text: str) -> str:
        """A text: all of it, its opening, or what stands around the marks."""
        if self.whole:
            return text
        return marked(text, self.terms) if self.terms else opening(text)

    def tell(self, entry: Entry) -> "Card":
        return told(entry, self)

    def tell_all(self, entries: list[Entry]) -> list["Card"]:
        return [told(entry, self) for entry in entries]

    def names(self, theme: Theme) -> tuple[str, str]:
        """Its id, and what it is called."""
        if theme.id not in self.named:
            self.named[theme.id] = str(theme.id), self.says(theme.text_of("name") or "")
        return self.named[theme.id]

    def calls(self, entry: Entry, as_: str) -> str:
        if as_ not in self.called:
            self.called[as_] = entry.called
        return self.called[as_]

    @property
    def shows_longer(self) -> bool:
        return self.whole or self.longer or bool(self.terms)

    def is_fresh(self, entry: Entry) -> bool:
        return self.told and self.fresh_since is not None and entry.created_at > self.fresh_since


@dataclass(slots=True)
class Card:
    """A text is there only where it stands. `record` and `beside` hold the texts of what belongs to its kind."""

    entry: Entry
    id: str
    kind: str
    damaged: bool
    fresh: bool
    css: str = "entry"
    sign: str = ""
    called: str = ""
    deed: str = ""
    text: str = ""
    has_part: bool = False
    friend: str = ""
    has_more: bool = False
    wordless: bool = False
    has_lesson: bool = False
    has_answer: bool = False
    is_open: bool = False
    closed: bool = False
    changes: bool = False
    goes_on: bool = False
    accepted: str = ""
    to_take: list[str] = field(default_factory=list)
    goal: str | None = None
    themes: list[tuple[str, str]] = field(default_factory=list)
    record: Any = None
    beside: dict[str, Any] = field(default_factory=dict)


def told(entry: Entry, manner: Manner) -> Card:
    card = Card(entry, str(entry.pk), entry.kind, entry.damaged, manner.is_fresh(entry))
    card.has_lesson, card.has_answer, card.is_open = entry.has_lesson, entry.has_answer, entry.is_open
    card.sign, card.wordless = entry.sign, entry.is_wordless
    card.called = manner.calls(entry, "answer" if card.has_answer else card.sign)
    card.css = _css(card)
    card.has_more = not manner.whole and not manner.bare and entry.is_long
    if card.kind == Kind.SETBACK and hasattr(entry, "acceptance"):
        card.accepted = entry.acceptance.way
    if not card.damaged:
        card.text = manner.says(_text(entry))
        card.deed = manner.says(entry.deed_name) if entry.deed else ""
        card.friend = _kindness(entry, manner)
    if card.kind in RECORDS:
        _lay_part(card, manner)
    if not manner.bare:
        _lay_foot(card, manner)
    return card


def _css(card: Card) -> str:
    fresh = " just-kept" if card.fresh else ""
    if card.is_open:
        return "entry open" + fresh
    if card.kind == Kind.SETBACK and not card.has_lesson:
        return "entry be" + fresh
    return ("entry deed" if card.wordless else "entry") + fresh


def _text(entry: Entry) -> str:
    """A milestone without a word of its own is told by its title."""
    if entry.text or entry.kind != Kind.MILESTONE or entry.milestone is None:
        return str(entry.text)
    return str(entry.milestone.text_of("title") or "")


def _kindness(entry: Entry, manner: Manner) -> str:
    """Nothing where it is not there or does not open."""
    record = getattr(entry, "kindness", None)
    return manner.says(record.text_of("words") or "") if record else ""


def _lay_part(card: Card, manner: Manner) -> None:
    """What a kind has besides its text. Of an entry whose own text does not open only its lesson is told."""
    if card.damaged and card.kind != Kind.SETBACK:
        return
    name = RECORDS[card.kind]
    card.has_part = card.kind != Kind.SETBACK
    record = getattr(card.entry, name, None)
    if card.kind == Kind.THEN_NOW:
        card.record = record and record.old and _then(record.old, manner)
    elif card.kind == Kind.LETTER:
        card.record = record
    else:
        card.record = _texts(record, manner)
    if manner.shows_longer:
        card.to_take = record.to_take if name == "lesson" and record and not manner.terms and not manner.bare else []
        card.beside = {name: _texts(getattr(card.entry, name, None), manner) for name in LONGER.get(card.kind, ())}


def _texts(record: Owned | None, manner: Manner) -> SimpleNamespace | None:
    """Its texts, as this page says them, those that do not open as nothing; and whether there are such."""
    if record is None:
        return None
    opened = {field.attname: record.text_of(field.attname) for field in record.sealed_fields()}
    said = {name: manner.says(text) if text else "" for name, text in opened.items()}
    return SimpleNamespace(damaged=None in opened.values(), **said)


def _then(old: Entry, manner: Manner) -> SimpleNamespace:
    """The old page of a then-and-now."""
    lesson = old.has_lesson and not old.damaged and not old.lesson.damaged
    text = "" if old.damaged else manner.says(old.text)
    said = manner.says(old.lesson.lesson) if lesson else ""
    return SimpleNamespace(id=old.pk, day=old.local_date, damaged=old.damaged, text=text, lesson=said)


def _lay_foot(card: Card, manner: Manner) -> None:
    """What leads on from it, and what can be done with it."""
    entry, closed = card.entry, card.entry.is_closed
    is_on_a_way = card.kind != Kind.MILESTONE or bool(not card.damaged and entry.text)
    if entry.milestone_id and is_on_a_way and entry.milestone:
        card.goal = manner.says(entry.milestone.text_of("title") or "")
    card.themes = [manner.names(theme) for theme in _under(entry)]
    card.goes_on = manner.whole or card.kind == Kind.SETBACK or (card.kind in GO_ON and not card.damaged)
    card.closed = closed and not card.damaged
    card.changes = not manner.whole and not card.damaged and not closed


def _under(entry: Entry) -> Iterable[Theme]:
    """Laid beside it already, on a page of many."""
    return entry.listed_themes if hasattr(entry, "listed_themes") else entry.themes.all()
