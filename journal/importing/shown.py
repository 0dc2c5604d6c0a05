"""An import as its pages tell it."""

from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from journal.filters import KINDS
from journal.importing.reasons import sentence
from journal.importing.sources import SOURCES
from journal.importing.summary import Summary
from journal.models import Import
from journal.models.incoming import UNAPPROVED, State
from journal.models.kinds import Kind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What a file can hold besides entries, as far as it is told by itself.
NOUNS: "dict[str, StrOrPromise]" = {
    "milestones": _("Ways to a milestone"),
    "steps": _("Steps"),
    "measures": _("Measures"),
    "readings": _("Readings"),
    "themes": _("Themes"),
    "treats": _("What does you good"),
    "matters": _("What matters"),
    "weeks": _("Takeaways of a week"),
    "chapters": _("Months and years in your own words"),
}
# In one line, for a list of imports and for what is read out.
SAID: "dict[str, StrOrPromise]" = {
    State.READING: _("Being looked through"),
    State.READY: _("Waits for your word"),
    State.KEEPING: _("Being kept"),
    State.KEPT: _("Kept"),
    State.UNDOING: _("Being taken out"),
    State.UNDONE: _("Taken out again"),
    State.FAILED: _("Nothing was kept"),
}


class Shown:
    def __init__(self, incoming: Import) -> None:
        self.incoming = incoming
        self.id, self.state = incoming.pk, str(incoming.state)

    def __getattr__(self, name: str) -> Any:
        """What the row says of itself."""
        return getattr(self.incoming, name)

    @property
    def source_name(self) -> "StrOrPromise":
        source = SOURCES.get(self.incoming.source)
        return source.name if source else self.incoming.source

    @property
    def file_name(self) -> str:
        return self.incoming.text_of("name") or ""

    @property
    def said(self) -> "StrOrPromise":
        return SAID.get(self.incoming.state, "")

    @property
    def why(self) -> "StrOrPromise":
        return sentence(self.incoming.reason) if self.incoming.reason else ""

    @property
    def until(self) -> datetime | None:
        """Until when it waits for a word."""
        return self.incoming.read_at + UNAPPROVED if self.incoming.read_at else None

    # What is in it

    @cached_property
    def summary(self) -> Summary:
        return Summary(self.incoming.told("summary"))

    @property
    def kinds(self) -> "list[tuple[StrOrPromise, int]]":
        """The kinds of entry, then what else there is."""
        kinds = [(KINDS.get(kind, KINDS["note"]), count) for kind, count in self.summary.kinds.most_common()]
        return kinds + [(label, self.summary.nouns[noun]) for noun, label in NOUNS.items() if self.summary.nouns[noun]]

    @property
    def first(self) -> date | None:
        return _day(self.summary.first)

    @property
    def last(self) -> date | None:
        return _day(self.summary.last)

    @property
    def left_out(self) -> "list[tuple[StrOrPromise, int]]":
        return [(sentence(reason), count) for reason, count in self.summary.left_out.most_common()]

    @property
    def cannot(self) -> "list[tuple[StrOrPromise, int]]":
        return [(sentence(reason), count) for reason, count in self.summary.skipped.most_common()]

    @property
    def texts(self) -> "list[tuple[date | None, StrOrPromise, str]]":
        return [(_day(day), _called(kind), text) for day, kind, text in self.summary.texts]

    @property
    def is_new(self) -> bool:
        """Something in it does not stand here yet."""
        things = sum(self.summary.kinds.values()) + sum(self.summary.nouns.values())
        # Rows of our own copy are counted by noun already, entries too.
        things -= self.summary.nouns["entries"]
        return self.summary.known < things

    @property
    def stayed(self) -> int:
        """After it was undone: what was changed since, or belongs to something newer."""
        return int(self.incoming.rows.filter(reason="changed").count())


def _called(kind: str) -> "StrOrPromise":
    return Kind(kind if kind in Kind.values else Kind.NOTE).label


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
