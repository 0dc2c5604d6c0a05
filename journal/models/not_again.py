from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from journal.models.owned import Owned, OwnedQuerySet

if TYPE_CHECKING:
    from journal.models.entry import Entry


class NotAgain(Owned):
    """A good thing that is not to come back by itself. It stands in the journal as before."""

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="not_again")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    @classmethod
    def say(cls, entry: "Entry", again: bool = False) -> None:
        """However often it is said; `again` takes it back."""
        said = cls.objects.of(entry.owner).filter(entry=entry)
        if again:
            said.delete()
        else:
            cls.objects.get_or_create(entry=entry, defaults={"owner": entry.owner})
