"""What stands beside one entry: the lesson of a setback, the answer to a doubt."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import transaction

from journal.models.entry import Entry
from journal.models.owned import Owned, OwnedQuerySet
from journal.models.revision import Revision


class Record(Owned):
    WORDS: ClassVar[tuple[str, ...]] = ()

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()
    if TYPE_CHECKING:
        entry: Entry

    class Meta:
        abstract = True

    @classmethod
    @transaction.atomic
    def write(cls, entry: Entry, **words: str) -> dict[str, str]:
        """Writes these of its texts, leaves the others alone, and gives those that are new.

        What is written over stays among the entry's earlier words. The row is made once there are words for it.
        """
        # Two tabs wait for each other at the entry, so that each sees what it writes over.
        Entry.kept_by(entry.owner).select_for_update().get(pk=entry.pk)
        found = cls.objects.of(entry.owner).filter(entry=entry).first()
        record = found or cls(owner=entry.owner)
        record.entry = entry
        before = {name: getattr(record, name) for name in words}
        new = {name: text for name, text in words.items() if text != before[name]}
        if not new:
            return {}
        if lost := {name: before[name] for name in new if before[name]}:
            Revision.keep(entry, lost)
        for name, text in new.items():
            setattr(record, name, text)
        record.version += 1 if found else 0
        record.save()
        return new
