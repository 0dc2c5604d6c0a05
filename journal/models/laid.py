"""Entries of one's own that were chosen to lie beside another page."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models, transaction

from journal.models.entry import Entry, EntryQuerySet
from journal.models.owned import Owned, OwnedQuerySet


class TooMany(Exception):
    """More than lie well beside one page. Nothing was laid there."""


class Laid(Owned):
    MOST: ClassVar[int]

    page = models.ForeignKey("journal.Entry", on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey("journal.Entry", on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["page", "entry"], name="%(class)s_once")]

    @classmethod
    def beside(cls, page: Entry) -> EntryQuerySet:
        """The entries that lie there, the newest first; what was taken back does not."""
        laid = cls.objects.filter(owner_id=page.owner_id, page=page)
        stand: EntryQuerySet = Entry.objects.filter(owner_id=page.owner_id, removal__isnull=True)
        return stand.filter(pk__in=laid.values("entry")).with_records().newest_first()

    @classmethod
    @transaction.atomic
    def lay(cls, page: Entry, entries: Iterable[Entry]) -> None:
        """Lays each there once. Raises TooMany."""
        # Two tabs wait for each other at the page, so that together they lay no more than there is room for.
        Entry.kept_by(page.owner).select_for_update().get(pk=page.pk)
        there = set(cls.objects.of(page.owner).filter(page=page).values_list("entry", flat=True))
        new = [entry for entry in entries if entry.pk not in there]
        if new and cls.beside(page).count() + len(new) > cls.MOST:
            raise TooMany
        for entry in new:
            cls.objects.create(owner=page.owner, page=page, entry=entry)

    @classmethod
    def take_off(cls, page: Entry, entry: Entry) -> None:
        """The entry itself stays as it is."""
        cls.objects.of(page.owner).filter(page=page, entry=entry).delete()


class Evidence(Laid):
    """What speaks against a doubt: something one did, was proud of or learnt."""

    MOST = 12


class Brought(Laid):
    """What somebody brings to a meeting."""

    MOST = 3
