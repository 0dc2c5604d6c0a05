"""What of one entry does not come back by itself. It stays where it was written.

Two nouns and not one with a column that says which, for an entry can have both: its page (a win, a lesson) and the kind
words beside it are put away in different places, each with a question of its own that leaves it out by one join.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from journal.models.owned import Owned, OwnedQuerySet

if TYPE_CHECKING:
    from journal.models.entry import Entry


class Away(Owned):
    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def put(cls, entry: "Entry") -> None:
        """However often it is said, there is one."""
        rows: Any = cls.objects
        rows.get_or_create(entry=entry, defaults={"owner": entry.owner})

    @classmethod
    def take_up(cls, entry: "Entry") -> None:
        cls.objects.of(entry.owner).filter(entry=entry).delete()


class PutAway(Away):
    """The kind words that stand beside an entry."""

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="put_away")


class NotAgain(Away):
    """Something good from before: the entry itself."""

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="not_again")
