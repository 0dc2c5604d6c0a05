"""What a page prints of one entry, decided in one go: the template looks nothing up that it does not print."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from journal.marks import marked, opening
from journal.models import Entry, Theme

Kind = Entry.Kind
DAMAGED, LEAVES = "journal/entries/damaged.html", "journal/doubts/part.html"
# These have more to be done with among other entries than to be changed.
GO_ON = (Kind.DOUBT, Kind.DECISION, Kind.MEETING)
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Manner:
    """How a page shows entries. told: when it was kept, as on Today · whole: all of its text · bare: nothing to press
    · terms: what was searched for."""

    told: bool = False
    whole: bool = False
    bare: bool = False
    terms: tuple[str, ...] = ()
    fresh_since: datetime | None = None

    @classmethod
    def of(cls, context: Context) -> "Manner":
        told, whole, bare = (bool(context.get(name)) for name in ("told", "whole", "bare"))
        return cls(told, whole, bare, context.get("terms") or (), context.get("fresh_since"))

    def says(self, text: str) -> str:
        """A text: all of it, its opening, or what stands around the marks."""
        if self.whole:
            return text
        return marked(text, self.terms) if self.terms else opening(text)

    def is_fresh(self, entry: Entry) -> bool:
        return self.told and self.fresh_since is not None and entry.created_at > self.fresh_since


def told(entry: Entry, manner: Manner) -> dict[str, Any]:
    """By name; a text is there only where it stands."""
    damaged, hard, fresh = entry.damaged, entry.kind == Kind.SETBACK, manner.is_fresh(entry)
    has_lesson = hard and entry.has_lesson
    shown = {
        "id": entry.pk,
        "kind": entry.kind,
        "address": address(entry.pk),
        "css": _css(entry, has_lesson) + (" just-kept" if fresh else ""),
        "sign": entry.sign,
        "called": entry.called,
        "wordless": entry.is_wordless,
        "damaged": damaged,
        "deed": "" if damaged or not entry.deed else manner.says(entry.deed_name),
        "part": _part(entry, damaged),
        "hard": hard,
        "told": manner.told,
        "bare": manner.bare,
        "fresh": fresh,
        "has_more": not manner.whole and not manner.bare and entry.is_long,
        "friend": "" if damaged else _beside(entry, "kindness", "words", manner),
    }
    shown["text"] = "" if shown["part"] else manner.says(_text(entry))
    return shown | ({} if manner.bare else _foot(entry, manner, damaged))


def _css(entry: Entry, has_lesson: bool) -> str:
    if entry.is_open:
        return "entry open"
    if entry.kind == Kind.SETBACK and not has_lesson:
        return "entry be"
    return "entry deed" if entry.is_wordless else "entry"


def _part(entry: Entry, damaged: bool) -> str:
    """The template of a kind with more to it than a text."""
    if damaged:
        return DAMAGED
    return LEAVES if entry.kind == Kind.DOUBT else entry.part


def _text(entry: Entry) -> str:
    """A milestone without a word of its own is told by its title."""
    if entry.text or entry.kind != Kind.MILESTONE or entry.milestone is None:
        return str(entry.text)
    return str(entry.milestone.text_of("title") or "")


def _beside(entry: Entry, noun: str, word: str, manner: Manner) -> str:
    """Nothing where it is not there or does not open."""
    record = getattr(entry, noun, None)
    return manner.says(record.text_of(word) or "") if record else ""


def _foot(entry: Entry, manner: Manner, damaged: bool) -> dict[str, Any]:
    """What leads on from it, and what can be done with it."""
    closed = entry.is_closed
    is_on_a_way = entry.kind != Kind.MILESTONE or (not damaged and entry.text)
    goal = entry.milestone if entry.milestone_id and is_on_a_way else None
    return {
        "has_goal": goal is not None,
        "goal": manner.says(goal.text_of("title") or "") if goal else "",
        "themes": _themes(entry, manner),
        "goes_on": manner.whole or entry.kind == Kind.SETBACK or (entry.kind in GO_ON and not damaged),
        "closed": closed and not damaged,
        "changes": not manner.whole and not damaged and not closed,
    }


def _themes(entry: Entry, manner: Manner) -> SafeString:
    """Links in a row; most entries have some, and a loop in the template would be half of what a card costs."""
    names = ((theme.pk, manner.says(theme.text_of("name") or "")) for theme in _under(entry))
    linked = ((_places()[0], id, name) for id, name in names)
    return format_html_join(" ", '<a class="tag" href="{}?theme={}"><bdi>{}</bdi></a>', linked)


def _under(entry: Entry) -> Iterable[Theme]:
    """Laid beside it already, on a page of many."""
    return entry.listed_themes if hasattr(entry, "listed_themes") else entry.themes.all()


def address(id: UUID) -> str:
    """Where an entry stands."""
    return _places()[1].replace(str(NOBODY), str(id))


@cache
def _places() -> tuple[str, str]:
    """The Journal's address and that of nobody's entry: asked for once, and not for each of thirty."""
    return reverse("journal:entries"), reverse("journal:entries.entry", args=[NOBODY])
