import json
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from accounts.sealed import SealedTextField
from journal.models.owned import Owned, OwnedQuerySet

if TYPE_CHECKING:
    from journal.models.entry import Entry


class Revision(Owned):
    """Words of an entry that stand no longer, or never came to stand: the earlier ones, and the loser of two tabs."""

    entry = models.ForeignKey("journal.Entry", on_delete=models.CASCADE, related_name="revisions")
    of_version = models.PositiveIntegerField()
    content = SealedTextField(label="revision.content")

    objects: ClassVar[OwnedQuerySet] = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]

    @classmethod
    def keep(cls, entry: "Entry", words: dict[str, str]) -> "Revision":
        content = json.dumps(words, ensure_ascii=False)
        return cls.objects.create(owner_id=entry.owner_id, entry=entry, of_version=entry.version, content=content)

    @property
    def words(self) -> dict[str, str]:
        """`body` and `deed` as they were."""
        return dict(json.loads(self.content))
