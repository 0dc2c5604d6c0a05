"""What a person once said to themselves, to be given back to them: their own sentences, never ours."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BinaryField, CharField, Q, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.prepared import prepared
from journal.dealt import dealt
from journal.models import Entry, Kindness, Lesson
from journal.months import month_called

# The records whose text is a kind sentence of the person's own to themselves, as an entry has them beside it, and what
# narrows the timeline to where they stand: an index is there for either.
SOURCES: dict[str, tuple[Any, str, Callable[[User], Q]]] = {
    "lesson": (Lesson, "kind_words", lambda user: Q(kind=Entry.Kind.SETBACK)),
    "kindness": (Kindness, "words", lambda user: Q(kindness__owner=user)),
}
# Out of so many sentences of each source some are chosen.
NEWEST = 50


@dataclass(frozen=True)
class Kind:
    """One sentence, the day it was written for, and the entry that it stands beside."""

    words: str
    day: date
    entry: UUID

    def when(self, today: date) -> str:
        return _("You said this in %(month)s.") % {"month": month_called(self.day, today)}


class Kept(NamedTuple):
    """One that is not opened yet, and where it stands beside an entry. Days and ids are text: most are not chosen."""

    day: str
    entry: str
    record: str
    sealed: bytes
    beside: str


DAY, RECORD = Kept._fields.index("day"), Kept._fields.index("record")


def own(user: User, most: int = 30) -> list[Kind]:
    """The newest first. What was put away is not among them, nor what does not open."""
    return list(_opened(user, _newest(user, most)))


def chosen(user: User, today: date, most: int = 2, beside: UUID | None = None) -> list[Kind]:
    """Some of those of earlier days, others each day and the same all day long; none of the entry `beside`."""
    before = today.isoformat()
    lately = map(Kept._make, _lately(user))
    earlier = [kept for kept in lately if kept.day < before and (not beside or UUID(kept.entry) != beside)]
    return list(islice(_opened(user, dealt(earlier, by=today, name=attrgetter("entry"))[: most + 3]), most))


def said_at(entry: Entry) -> str:
    """The kind words beside this entry; nothing where there are none, or none that open."""
    for noun, word, _where in SOURCES.values():
        for row in noun.objects.of(entry.owner).filter(entry=entry):
            return row.text_of(word) or ""
    return ""


def _newest(user: User, most: int) -> list[Kept]:
    by_day = sorted(_of_sources(user, most), key=itemgetter(DAY, RECORD), reverse=True)
    return [Kept(*row) for row in by_day[:most]]


@prepared
def _of_sources(user: User, most: int) -> Any:
    """Of each source the newest: along the timeline, and only as far back as it has to go."""
    return [_of_source(user, beside)[:most] for beside in SOURCES]


def _of_source(user: User, beside: str) -> Any:
    _noun, word, where = SOURCES[beside]
    text = f"{beside}__{word}"
    said = Entry.objects.of(user).filter(where(user), **{f"{text}__filled": True}, put_away__entry__isnull=True)
    return _kept(said.newest_first(), ("local_date", "pk", f"{beside}__pk"), text, beside)


@prepared
def _lately(user: User) -> Any:
    """Of each source those that were begun last, to be chosen from."""
    return [_begun_last(user, beside)[:NEWEST] for beside in SOURCES]


def _begun_last(user: User, beside: str) -> Any:
    """Not along the timeline: lines to oneself stand far apart on it."""
    noun, word, _where = SOURCES[beside]
    said = noun.objects.of(user).filter(entry__removal__isnull=True, entry__put_away__entry__isnull=True)
    rows = said.filter(**{f"{word}__filled": True}).order_by("-created_at", "-pk")
    return _kept(rows, ("entry__local_date", "entry__pk", "pk"), word, beside)


def _kept(rows: Any, names: tuple[str, ...], text: str, beside: str) -> Any:
    """The columns of `Kept`."""
    return rows.values_list(*(Cast(name, CharField()) for name in names), Cast(text, BinaryField()), Value(beside))


def _opened(user: User, kept: list[Kept]) -> Iterator[Kind]:
    """In their order."""
    for one in kept:
        if words := _words(user, one):
            yield Kind(words, date.fromisoformat(one.day), UUID(one.entry))


def _words(user: User, kept: Kept) -> str | None:
    noun, word, _where = SOURCES[kept.beside]
    words: str | None = noun.reader(user, word)(kept.sealed, kept.record)
    return words
