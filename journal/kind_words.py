"""What a person once said to themselves, to be given back to them: their own sentences, never ours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from accounts.models import User
from journal.dealt import dealt
from journal.models import Entry, Kindness, Lesson
from journal.models.record import Record
from journal.months import month_called

# The records whose text is a kind sentence of the person's own to themselves, as an entry has them beside it, and what
# narrows the timeline to where they stand: an index is there for either.
SOURCES: tuple[tuple[Any, str, str, Callable[[User], Q]], ...] = (
    (Lesson, "lesson", "kind_words", lambda user: Q(kind=Entry.Kind.SETBACK)),
    (Kindness, "kindness", "words", lambda user: Q(kindness__owner=user)),
)
NEWEST = 200


@dataclass(frozen=True)
class Kind:
    """One sentence, the day it was written for, and the entry that it stands beside."""

    words: str
    day: date
    entry: UUID

    def when(self, today: date) -> str:
        return _("You said this in %(month)s.") % {"month": month_called(self.day, today)}


class Kept(NamedTuple):
    """One that is not opened yet, with its place in SOURCES. Ids are as the database has them: most are not chosen."""

    day: date
    entry: str
    record: str
    sealed: bytes
    source: int


def own(user: User, most: int = 30) -> list[Kind]:
    """The newest first. What was put away is not among them, nor what does not open."""
    return _opened(user, _newest(user, most))


def chosen(user: User, today: date, most: int = 2, beside: UUID | None = None) -> list[Kind]:
    """Some of those of earlier days, others each day and the same all day long; none of the entry `beside`."""
    earlier = [
        kept for kept in _newest(user, NEWEST) if kept.day < today and (not beside or UUID(kept.entry) != beside)
    ]
    return _opened(user, dealt(earlier, by=today, name=attrgetter("entry"))[: most + 3])[:most]


def said_at(entry: Entry) -> str:
    """The kind words beside this entry; nothing where there are none, or none that open."""
    for noun, _beside, word, _where in SOURCES:
        for row in noun.objects.of(entry.owner).filter(entry=entry):
            return row.text_of(word) or ""
    return ""


def _newest(user: User, most: int) -> list[Kept]:
    """In a query a source, which goes along the timeline and only as far back as it has to."""
    kept: list[Kept] = []
    for source, (_noun, beside, word, where) in enumerate(SOURCES):
        text = f"{beside}__{word}"
        said = Entry.objects.of(user).filter(where(user), **{f"{text}__filled": True}, put_away__isnull=True)
        ids = (Cast(name, CharField()) for name in ("pk", f"{beside}__pk"))
        rows: Any = said.newest_first().values_list("local_date", *ids, text)[:most]
        kept += [Kept(day, entry, record, sealed, source) for day, entry, record, sealed in rows]
    return sorted(kept, key=lambda one: (one.day, one.record), reverse=True)[:most]


def _opened(user: User, kept: list[Kept]) -> list[Kind]:
    """In their order."""
    return [Kind(words, one.day, UUID(one.entry)) for one in kept if (words := _words(user, one))]


def _words(user: User, kept: Kept) -> str | None:
    noun, _beside, word, _where = SOURCES[kept.source]
    record: Record = noun(pk=UUID(kept.record), owner=user, **{word: kept.sealed})
    return record.text_of(word)
