import json
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from accounts.sealed import Damaged, SealedTextField
from journal.models.kinds import DEEDS
from journal.models.owned import Owned, OwnedQuerySet

if TYPE_CHECKING:
    from journal.models.entry import Entry


class Revision(Owned):
    """Words of an entry that stand no longer, or never came to stand: the earlier ones, and the loser of two tabs."""

    NEVER_STOOD = 0

    entry = models.ForeignKey("journal.Entry", on_delete=models.CASCADE, related_name="revisions")
    of_version = models.PositiveIntegerField()
    content = SealedTextField(label="revision.content")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]

    @classmethod
    def keep(cls, entry: "Entry", words: dict[str, str], of_version: int | None = None) -> "Revision":
        """`of_version`: the version that said so; without it, the one that `entry` has."""
        content = json.dumps(words, ensure_ascii=False)
        version = entry.version if of_version is None else of_version
        return cls.objects.create(owner_id=entry.owner_id, entry=entry, of_version=version, content=content)

    @property
    def words(self) -> dict[str, str]:
        """`body` and `deed` as they were; or what stood beside it, as in `lesson`."""
        return dict(json.loads(self.content))

    @property
    def texts(self) -> list[str]:
        """All that was written, one after the other."""
        return [text for name, text in self.words.items() if text and name not in ("deed", "whose")]

    @property
    def opened(self) -> dict[str, str]:
        """The words; none where they do not open."""
        try:
            return self.words
        except Damaged:
            return {}

    @property
    def deed_name(self) -> str:
        deed = self.opened.get("deed", "")
        return str(DEEDS.get(deed, deed))

    @property
    def stood(self) -> bool:
        return self.of_version != self.NEVER_STOOD
