"""What there can be only one of, or only a few: what stands here has the place."""

from collections.abc import Iterable
from typing import Any

from django.db.models import OneToOneField, UniqueConstraint

from accounts.models import User
from journal.importing.rows import Built, Unkept
from journal.models import Matter, Measure, Pin
from journal.models import matter as matters
from journal.models import pin as pins
from journal.models.entry import Entry
from journal.models.measure import MOST_PINNED
from journal.models.owned import Owned


class Keys:
    """By what rows of this noun are told apart, besides their ids; and those that have these places already."""

    def __init__(self, model: type[Owned], owner: User, rows: Iterable[Any]) -> None:
        self.ways, rows = ways(model), list(rows)
        self.there: dict[tuple[Any, ...], Any] = {}
        for way in self.ways:
            wanted = {f"{name}__in": {getattr(row, name) for row in rows} for name in way}
            for row in model._base_manager.filter(owner=owner, **wanted):
                self.there[self._place(way, row)] = row

    def stands(self, row: Any) -> Any:
        """The row that has its place, or None."""
        places = (self._place(way, row) for way in self.ways)
        return next((self.there[place] for place in places if place in self.there), None)

    def add(self, row: Any) -> None:
        for way in self.ways:
            self.there[self._place(way, row)] = row

    @staticmethod
    def _place(way: tuple[str, ...], row: Any) -> tuple[Any, ...]:
        return way, *(getattr(row, name) for name in way)


def ways(model: type[Owned]) -> list[tuple[str, ...]]:
    """Of one owner: columns that no two rows have alike."""
    alone = [(one.attname,) for one in model._meta.concrete_fields if isinstance(one, OneToOneField)]
    unique = [one for one in model._meta.constraints if isinstance(one, UniqueConstraint)]
    return alone + [_columns(model, one) for one in unique]


def _columns(model: type[Owned], unique: UniqueConstraint) -> tuple[str, ...]:
    named: Any = unique.expressions
    names = unique.fields or [one.name for one in named]
    fields: list[Any] = [model._meta.get_field(name) for name in names if name != "owner"]
    return tuple(one.attname for one in fields)


def other_words(stands: Any, row: Any) -> bool:
    """Something was written in the file that does not stand here so."""
    same = all(stands.text_of(one.attname) == row.text_of(one.attname) for one in row.sealed_fields())
    if isinstance(row, Entry):
        same = same and (stands.kind, stands.local_date) == (row.kind, row.local_date)
    return not same


class Room:
    """Of most nouns there is room for any number."""

    def fit(self, one: Built) -> None:
        """Raises Unkept."""


class Few(Room):
    """Five words that matter, two pins. What was taken back takes no room."""

    def __init__(self, left: int) -> None:
        self.left = left

    def fit(self, one: Built) -> None:
        if one.removal is None and self.left <= 0:
            raise Unkept("full")
        self.left -= one.removal is None


class OnToday(Few):
    """A measure that has no room on Today stays beside it."""

    def fit(self, one: Built) -> None:
        if one.row.pinned_at and self.left <= 0:
            one.row.pinned_at = None
        self.left -= bool(one.row.pinned_at)


def room(model: type[Owned], owner: User) -> Room:
    if model is Matter:
        return Few(matters.MOST - Matter.objects.of(owner).count())
    if model is Pin:
        return Few(pins.MOST - Pin.objects.of(owner).count())
    if model is Measure:
        return OnToday(MOST_PINNED - Measure.objects.of(owner).pinned().count())
    return Room()
