"""The shelf of kind words on Look back: the person’s own, what others said, a letter that came, a proud week."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.prepared import prepared
from journal import kind_words
from journal.marks import shortened
from journal.models import Entry, Week
from journal.models.week import monday_of
from journal.today import ON_THE_BRANCH

MOST, MOST_OF_PROUD = 400, 200  # letters of a text
KINDS = Entry.Kind.ENCOURAGEMENT, Entry.Kind.LETTER, Entry.Kind.PROUD
# Hardly anybody names more proud things in one week.
FEW, A_WEEK = 3, 12


class Figure(NamedTuple):
    """What was said, one text or the lines of a branch; the entry that it leads to; what stands beneath."""

    words: list[str]
    entry: UUID
    beneath: str
    from_whom: str = ""
    is_proud: bool = False


def figures(user: User, today: date) -> list[Figure]:
    """Only what opens. What is proud comes last, where there is any."""
    said = [Figure([shortened(one.words, MOST)], one.entry, one.when(today)) for one in kind_words.chosen(user, today)]
    latest: dict[str, list[Entry]] = defaultdict(list)
    for entry in _latest(user, monday_of(today)):
        latest[entry.kind].append(entry)
    of_others, letters, proud = (latest[kind] for kind in KINDS)
    return [*said, *_encouragement(of_others), *_letter(letters), *_proud_week(user, proud)]


def _day(entry: Entry) -> str:
    return date_format(entry.local_date, "j F Y")


def _encouragement(latest: list[Entry]) -> Iterator[Figure]:
    """What somebody else said last."""
    for said in _open(latest, 1):
        from_whom = said.encouragement.text_of("from_whom") or ""
        yield Figure([shortened(said.text, MOST)], said.pk, _day(said), from_whom)


def _letter(latest: list[Entry]) -> Iterator[Figure]:
    """The latest letter to later that was opened."""
    for letter in _open(latest, 1):
        beneath = _("A letter to later, written on %(day)s") % {"day": _day(letter)}
        yield Figure([shortened(letter.text, MOST)], letter.pk, beneath)


def _proud_week(user: User, latest: list[Entry]) -> Iterator[Figure]:
    """Of the last week before this one that has any, as many as stand on a branch."""
    week = [entry for entry in latest if monday_of(entry.local_date) == monday_of(latest[0].local_date)]
    if len(week) > A_WEEK:
        week = Week.proud(user, monday_of(week[0].local_date))
    if named := _open(sorted(week, key=attrgetter("created_at", "pk")), ON_THE_BRANCH):
        words = [shortened(entry.text, MOST_OF_PROUD) for entry in named]
        yield Figure(words, named[0].pk, _day(named[0]), is_proud=True)


def _open(entries: list[Entry], most: int) -> list[Entry]:
    return list(islice((entry for entry in entries if not entry.damaged), most))


@prepared
def _latest(user: User, monday: date) -> Any:
    """Of each of KINDS the latest, asked at once: so many that a few which do not open are passed."""
    kept = Entry.objects.of(user).select_related("encouragement", "later").newest_first()
    said, letter, proud = (kept.filter(kind=kind) for kind in KINDS)
    opened = letter.filter(later__opened_at__isnull=False)
    return [said[:FEW], opened[:FEW], proud.filter(local_date__lt=monday)[: A_WEEK + 1]]
