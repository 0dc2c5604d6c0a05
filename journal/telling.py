"""What a page prints of one entry, decided in one go: the template looks nothing up that it does not print."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django.template.context import Context

from journal.marks import marked, opening
from journal.models import Entry, Theme
from journal.models.owned import Owned

Kind = Entry.Kind
# The template of a kind with more to it than a text, and the record that it is about. A lesson follows its text.
PARTS: dict[str, tuple[str, str]] = {
    Kind.SETBACK: ("", "lesson"),
    Kind.DOUBT: ("journal/doubts/part.jinja", "answer"),
    Kind.DECISION: ("journal/decisions/part.jinja", "decision"),
    Kind.MEETING: ("journal/meetings/part.jinja", "meeting"),
    Kind.THEN_NOW: ("journal/then_now/part.jinja", "then_now"),
    Kind.ENCOURAGEMENT: ("journal/encouragements/part.jinja", "encouragement"),
    Kind.LETTER: ("journal/later/part.jinja", "later"),
}
# What is shown of them only where all of an entry is, or where words in it were looked for.
LONGER: dict[str, tuple[str, ...]] = {
    Kind.SETBACK: ("sequel",),
    Kind.DOUBT: ("doubt", "revisit"),
    Kind.DECISION: ("revisit",),
}
# These have more to be done with among other entries than to be changed.
GO_ON = (Kind.SETBACK, Kind.DOUBT, Kind.DECISION, Kind.MEETING)


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

    @classmethod
    def of(cls, context: Context, **asked: bool) -> "Manner":
        """`asked` by the template itself; the rest by the view."""
        flags = {name: bool(context.get(name)) for name in ("told", "whole", "bare", "back", "left", "is_old")}
        flags["longer"] = bool(context.get("longer"))
        given = flags | asked
        today = getattr(context.get("today"), "date", None) if given["told"] else None
        terms, since, token = (context.get(name) for name in ("terms", "fresh_since", "csrf_token"))
        return cls(**given, terms=terms or (), fresh_since=since, today=today, csrf_token=token)

    def says(self, text: str) -> str:
        """A text: all of it, its opening, or what stands around the marks."""
        if self.whole:
            return text
        return marked(text, self.terms) if self.terms else opening(text)

    def tell(self, entry: Entry) -> "Card":
        return told(entry, self)

    def tell_all(self, entries: list[Entry]) -> list["Card"]:
        return [told(entry, self) for entry in entries]

    @property
    def shows_longer(self) -> bool:
        return self.whole or self.longer or bool(self.terms)

    def is_fresh(self, entry: Entry) -> bool:
        return self.told and self.fresh_since is not None and entry.created_at > self.fresh_since


@dataclass(slots=True)
class Card:
    """A text is there only where it stands. `part`: the template of what it holds besides its text; `record` and
    `beside`: the texts of what that part is about."""

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
    part: str = ""
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
    card.sign, card.called, card.wordless = entry.sign, entry.called, entry.is_wordless
    card.css = _css(card)
    card.has_more = not manner.whole and not manner.bare and entry.is_long
    if card.kind == Kind.SETBACK and hasattr(entry, "acceptance"):
        card.accepted = entry.acceptance.way
    if not card.damaged:
        card.text = manner.says(_text(entry))
        card.deed = manner.says(entry.deed_name) if entry.deed else ""
        card.friend = _kindness(entry, manner)
    if card.kind in PARTS:
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
    card.part, name = PARTS[card.kind]
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
    card.themes = [(str(theme.pk), manner.says(theme.text_of("name") or "")) for theme in _under(entry)]
    card.goes_on = manner.whole or card.kind == Kind.SETBACK or (card.kind in GO_ON and not card.damaged)
    card.closed = closed and not card.damaged
    card.changes = not manner.whole and not card.damaged and not closed


def _under(entry: Entry) -> Iterable[Theme]:
    """Laid beside it already, on a page of many."""
    return entry.listed_themes if hasattr(entry, "listed_themes") else entry.themes.all()
