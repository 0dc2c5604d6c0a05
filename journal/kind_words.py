"""What a person once said to themselves, to be given back to them: their own sentences, never ours."""

from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import F, Value
from django.utils.translation import gettext as _

from accounts.models import User
from journal.dealt import dealt
from journal.models import Entry, Kindness, Lesson
from journal.months import month_called

# The records whose text `word` is a kind sentence of the person's own to themselves.
SOURCES: tuple[tuple[Any, str], ...] = ((Lesson, "kind_words"), (Kindness, "words"))
NEWEST = 200
Place = tuple[date, UUID, UUID, int]


@dataclass(frozen=True)
class Kind:
    """One sentence, the day it was written for, and the entry that it stands beside."""

    words: str
    day: date
    entry: UUID

    def when(self, today: date) -> str:
        return _("You said this in %(month)s.") % {"month": month_called(self.day, today)}


def own(user: User, most: int = 30) -> list[Kind]:
    """The newest first. What was put away is not among them, nor what does not open."""
    return _opened(_places(user, most))


def chosen(user: User, today: date, most: int = 2, beside: UUID | None = None) -> list[Kind]:
    """Some of those of earlier days, others each day and the same all day long; none of the entry `beside`."""
    earlier = [place for place in _places(user, NEWEST) if place[0] < today and place[1] != beside]
    return _opened(dealt(earlier, by=today, name=itemgetter(1))[: most + 3])[:most]


def said_at(entry: Entry) -> str:
    """The kind words beside this entry; nothing where there are none, or none that open."""
    for noun, word in SOURCES:
        for row in noun.objects.of(entry.owner).filter(entry=entry):
            return row.text_of(word) or ""
    return ""


def _places(user: User, most: int) -> list[Place]:
    """(day, entry, record, source) of the newest, in one query; nothing is opened yet."""
    first, *others = (_of(user, source) for source in range(len(SOURCES)))
    return list(first.union(*others, all=True).order_by("-day", "-record")[:most])


def _of(user: User, source: int) -> Any:
    noun, word = SOURCES[source]
    standing = {f"{word}__filled": True, "entry__removal__isnull": True, "entry__put_away__isnull": True}
    rows = (
        noun.objects.of(user)
        .filter(**standing)
        .annotate(day=F("entry__local_date"), record=F("pk"), source=Value(source))
    )
    return rows.values_list("day", "entry_id", "record", "source")


def _opened(places: list[Place]) -> list[Kind]:
    """In their order. One query a source that has any."""
    texts: dict[UUID, str | None] = {}
    for source, (noun, word) in enumerate(SOURCES):
        wanted = [record for _day, _entry, record, of in places if of == source]
        if wanted:
            texts |= {row.pk: row.text_of(word) for row in noun.objects.filter(pk__in=wanted)}
    return [Kind(words, day, entry) for day, entry, record, _source in places if (words := texts.get(record))]
