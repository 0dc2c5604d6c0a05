"""Rows of a journal that are made by the thousand and kept all at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from accounts.days import zone_of
from accounts.models import User
from accounts.scope import scope
from journal import models as nouns
from journal.models import Entry, Theme
from journal.models.owned import Owned

Row = TypeVar("Row", bound=Owned)
# One after the other, as they point at each other.
ORDER: tuple[type[Owned], ...] = (
    nouns.Theme,
    nouns.Matter,
    nouns.Treat,
    nouns.Milestone,
    nouns.GoodEnough,
    nouns.Aside,
    nouns.Standard,
    nouns.LongerLook,
    nouns.Step,
    nouns.Entry,
    nouns.Completion,
    nouns.Beginning,
    nouns.Detour,
    nouns.Lesson,
    nouns.Sequel,
    nouns.Answer,
    nouns.Acceptance,
    nouns.Doubt,
    nouns.Decision,
    nouns.Revisit,
    nouns.Meeting,
    nouns.Evidence,
    nouns.Brought,
    nouns.ThenNow,
    nouns.Kindness,
    nouns.Encouragement,
    nouns.Later,
    nouns.HeavyPage,
    nouns.Week,
    nouns.Chapter,
    nouns.Measure,
    nouns.Reading,
    nouns.Pin,
    nouns.Asking,
    nouns.Declined,
    nouns.Offering,
)
BATCH = 2000


class Shelf:
    """The same `seed` gives the same address the same ids and the same dice. Nothing is later than `now`."""

    def __init__(self, owner: User, now: datetime, seed: str) -> None:
        self.owner, self.now = owner, now
        self.zone = zone_of(owner)
        self.random = Random(f"{seed}|{owner.email}")
        self.rows: dict[type[Owned], list[Any]] = defaultdict(list)
        self.named: dict[str, Theme] = {}
        self.links: list[tuple[UUID, UUID]] = []

    def put(self, row: type[Row], day: date, minute: int, **fields: Any) -> Row:
        """A row of that minute of the person's day (0 to 1439)."""
        dated = {"local_date": day, "zone": self.zone.key} if hasattr(row, "local_date") else {}
        made = row(id=self.id(), owner=self.owner, created_at=self.instant(day, minute), **dated, **fields)
        self.rows[row].append(made)
        return made

    def entry(self, day: date, minute: int, themes: Iterable[str] = (), **fields: Any) -> Entry:
        entry = self.put(Entry, day, minute, **fields)
        self.links += [(entry.pk, self.theme(name).pk) for name in themes]
        return entry

    def theme(self, name: str) -> Theme:
        if name not in self.named:
            self.named[name] = Theme(id=self.id(), owner=self.owner, name=name)
            self.rows[Theme].append(self.named[name])
        return self.named[name]

    def id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def instant(self, day: date, minute: int) -> datetime:
        wall = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=self.zone)
        return min(wall.astimezone(UTC), self.now - timedelta(minutes=5))

    def put_away(self) -> None:
        """All of it or nothing."""
        with scope(), transaction.atomic():
            for row in ORDER:
                row._default_manager.bulk_create(self.rows[row], batch_size=BATCH)
            link = Entry.themes.through
            links = [link(entry_id=entry, theme_id=theme) for entry, theme in self.links]
            link._default_manager.bulk_create(links, batch_size=BATCH)
