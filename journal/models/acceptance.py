from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from journal.models.owned import Owned, OwnedQuerySet

if TYPE_CHECKING:
    from journal.models.entry import Entry


class Acceptance(Owned):
    """A setback that nothing more is asked of: it was only hard, or it is left be."""

    class Way(models.TextChoices):
        HARD = "hard", _("It was only hard.")
        BE = "be", _("Left be.")

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="acceptance")
    way = models.CharField(max_length=4, choices=Way, default=Way.BE)

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    @classmethod
    def accept(cls, entry: "Entry", way: str = "") -> None:
        """However often it is said, there is one. Without a way it stays as it was said, or is left be."""
        words = {"way": way} if way else {}
        said = {"way": way or cls.Way.BE}
        cls.objects.update_or_create(owner=entry.owner, entry=entry, defaults=words, create_defaults=said)

    @classmethod
    def withdraw(cls, entry: "Entry") -> None:
        cls.objects.of(entry.owner).filter(entry=entry).delete()
