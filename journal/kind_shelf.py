"""The shelf of kind words on Look back: the person’s own, what others said, a letter that came, a proud week."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.prepared import prepared
from journal import kind_words
from journal.marks import shortened
from journal.models import Entry
from journal.models.week import monday_of, sunday_of
from journal.today import ON_THE_BRANCH

MOST, MOST_OF_PROUD = 400, 200  # letters of a text


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
    return [*said, *_encouragement(user), *_letter(user), *_proud_week(user, today)]


def _day(entry: Entry) -> str:
    return date_format(entry.local_date, "j F Y")


def _encouragement(user: User) -> Iterator[Figure]:
    """What somebody else said last."""
    for said in _open(_encouragements(user), 1):
        from_whom = said.encouragement.text_of("from_whom") or ""
        yield Figure([shortened(said.text, MOST)], said.pk, _day(said), from_whom)


def _letter(user: User) -> Iterator[Figure]:
    """The latest letter to later that was opened."""
    for letter in _open(_letters(user), 1):
        beneath = _("A letter to later, written on %(day)s") % {"day": _day(letter)}
        yield Figure([shortened(letter.text, MOST)], letter.pk, beneath)


def _proud_week(user: User, today: date) -> Iterator[Figure]:
    """Of the last week before this one that has any, as many as stand on a branch."""
    if not (last := _proud_day(user, monday_of(today))):
        return
    monday = monday_of(last[0][0])
    if named := _open(_proud(user, monday, sunday_of(monday)), ON_THE_BRANCH):
        words = [shortened(entry.text, MOST_OF_PROUD) for entry in named]
        yield Figure(words, named[0].pk, _day(named[0]), is_proud=True)


def _open(entries: list[Entry], most: int) -> list[Entry]:
    return list(islice((entry for entry in entries if not entry.damaged), most))


# What it asks


@prepared
def _encouragements(user: User) -> Any:
    said = Entry.objects.of(user).filter(kind=Entry.Kind.ENCOURAGEMENT).select_related("encouragement")
    return said.newest_first()[:3]


@prepared
def _letters(user: User) -> Any:
    opened = Entry.objects.of(user).filter(kind=Entry.Kind.LETTER, later__opened_at__isnull=False)
    return opened.select_related("later").newest_first()[:3]


@prepared
def _proud_day(user: User, monday: date) -> Any:
    before = Entry.objects.of(user).filter(kind=Entry.Kind.PROUD, local_date__lt=monday)
    return before.order_by("-local_date").values_list("local_date")[:1]


@prepared
def _proud(user: User, monday: date, sunday: date) -> Any:
    """Week.proud"""
    named = Entry.objects.of(user).filter(kind=Entry.Kind.PROUD).within(monday, sunday)
    return named.order_by("created_at", "id")
