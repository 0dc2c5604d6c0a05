from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.db import models

from journal.models.owned import Owned, OwnedQuerySet

if TYPE_CHECKING:
    from journal.models.entry import Entry


class ThenNow(Owned):
    """An old doubt or lesson that somebody laid beside what is easier now. It points there and keeps no copy."""

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="then_now")
    old = models.ForeignKey("journal.Entry", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()
    if TYPE_CHECKING:
        old_id: UUID | None

    @classmethod
    def lay(cls, entry: "Entry", old: "Entry") -> None:
        """However often it is said, there is one."""
        cls.objects.get_or_create(entry=entry, defaults={"owner": entry.owner, "old": old})
