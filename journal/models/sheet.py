"""A page of a few texts, of which there is one for each thing that it is of: a milestone, a month, a year."""

from typing import Any, ClassVar, Self

from django.db import models, transaction

from accounts.models import User
from accounts.sealed import SealedTextField
from journal.models.entry import Stale
from journal.models.owned import Owned, OwnedQuerySet


class Sheet(Owned):
    WORDS: ClassVar[tuple[str, ...]] = ()

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    @transaction.atomic
    def write(cls, owner: User, of: dict[str, Any], words: dict[str, str], version: int | None = None) -> "Self | None":
        """Writes these of its texts and leaves the others alone. Where nothing was written, blanks make no row.

        `version`: the one that was read, 0 where there was none, None for the one that stands. Raises Stale where
        another one stands by now with other words, or where a text here cannot be opened; then nothing is changed.
        """
        rows: Any = cls.objects
        if not any(words.values()) and not rows.of(owner).filter(**of).exists():
            return None
        made = rows.get_or_create(owner=owner, **of, defaults=words)
        stands: Self = rows.of(owner).select_for_update().get(pk=made[0].pk)
        if stands.damaged:
            raise Stale
        if all(getattr(stands, name) == text for name, text in words.items()):
            return stands
        if version is not None and version != stands.version:
            raise Stale
        for name, text in words.items():
            setattr(stands, name, text)
        stands.version += 1
        stands.save()
        return stands


class Standard(Sheet):
    """What somebody says of the standard behind a milestone: where it serves them, and where it stops."""

    WORDS = ("serves", "stops")

    milestone = models.OneToOneField("journal.Milestone", on_delete=models.CASCADE, related_name="standard")
    serves = SealedTextField(label="standard.serves")
    stops = SealedTextField(label="standard.stops")


class LongerLook(Sheet):
    """A milestone, looked at longer: GROW."""

    WORDS = ("goal", "reality", "options", "way_forward")

    milestone = models.OneToOneField("journal.Milestone", on_delete=models.CASCADE, related_name="longer_look")
    goal = SealedTextField(label="longer_look.goal")
    reality = SealedTextField(label="longer_look.reality")
    options = SealedTextField(label="longer_look.options")
    way_forward = SealedTextField(label="longer_look.way_forward")
