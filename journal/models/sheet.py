"""A page of a few texts, of which there is one for each thing that it is of: a milestone, a month, a year."""

from typing import Any, ClassVar, Self

from django.db import models, transaction

from accounts.models import User
from accounts.sealed import SealedTextField
from journal.models.owned import Owned, OwnedQuerySet
from journal.models.reworded import Reworded


class Sheet(Reworded, Owned):
    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    @transaction.atomic
    def write(cls, owner: User, of: dict[str, Any], words: dict[str, str], version: int | None = None) -> "Self | None":
        """Where nothing was written, blanks make no row. Raises Stale (`reword`).

        `version`: the one that was read, 0 where there was none, None for the one that stands.
        """
        rows: Any = cls.objects
        if not any(words.values()) and not rows.of(owner).filter(**of).exists():
            return None
        made = rows.get_or_create(owner=owner, **of, defaults=words)
        stands: Self = rows.of(owner).select_for_update().get(pk=made[0].pk)
        stands.reword(words, version)
        return stands


class Standard(Sheet):
    """What somebody says of the standard behind a milestone: where it serves them, and where it stops."""

    WORDS = ("serves", "stops")

    milestone = models.OneToOneField("journal.Milestone", on_delete=models.CASCADE, related_name="standard")
    serves = SealedTextField(label="standard.serves")
    stops = SealedTextField(label="standard.stops")
    wordings = SealedTextField(label="standard.wordings")


class LongerLook(Sheet):
    """A milestone, looked at longer: GROW."""

    WORDS = ("goal", "reality", "options", "way_forward")

    milestone = models.OneToOneField("journal.Milestone", on_delete=models.CASCADE, related_name="longer_look")
    goal = SealedTextField(label="longer_look.goal")
    reality = SealedTextField(label="longer_look.reality")
    options = SealedTextField(label="longer_look.options")
    way_forward = SealedTextField(label="longer_look.way_forward")
    wordings = SealedTextField(label="longer_look.wordings")
