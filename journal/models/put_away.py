from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from journal.models.owned import Owned, OwnedQuerySet

if TYPE_CHECKING:
    from journal.models.entry import Entry


class PutAway(Owned):
    """The kind words of one entry are not to come back by themselves. They stay where they were written."""

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="put_away")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    @classmethod
    def put(cls, entry: "Entry") -> None:
        """However often it is said, there is one."""
        cls.objects.get_or_create(entry=entry, defaults={"owner": entry.owner})

    @classmethod
    def take_up(cls, entry: "Entry") -> None:
        cls.objects.of(entry.owner).filter(entry=entry).delete()
