"""What was taken back. For thirty days it can be put back; then it goes for good."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast
from uuid import UUID

from django.db import models

from accounts.models import User
from journal.models.owned import OwnedQuerySet

UNDO = timedelta(days=30)


class TakenBack(models.Model):
    at = models.DateTimeField(db_index=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def until(self) -> datetime:
        return self.at + UNDO


class Removal(TakenBack):
    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, primary_key=True, related_name="removal")


class StepRemoval(TakenBack):
    step = models.OneToOneField("journal.Step", on_delete=models.CASCADE, primary_key=True, related_name="removal")


class MilestoneRemoval(TakenBack):
    milestone = models.OneToOneField(
        "journal.Milestone", on_delete=models.CASCADE, primary_key=True, related_name="removal"
    )


class TreatRemoval(TakenBack):
    treat = models.OneToOneField("journal.Treat", on_delete=models.CASCADE, primary_key=True, related_name="removal")


class MatterRemoval(TakenBack):
    matter = models.OneToOneField("journal.Matter", on_delete=models.CASCADE, primary_key=True, related_name="removal")


class DraftRemoval(TakenBack):
    """A draft that its owner put away."""

    draft = models.OneToOneField("journal.Draft", on_delete=models.CASCADE, primary_key=True, related_name="removal")


class LetGo(TakenBack):
    """A reply that its owner said was not theirs. It goes when its own time is over, which is sooner."""

    unproven = models.OneToOneField(
        "journal.Unproven", on_delete=models.CASCADE, primary_key=True, related_name="removal"
    )


class RemovableQuerySet(OwnedQuerySet):
    def of(self, user: User) -> Self:
        """What stands; what was taken back does not."""
        return super().of(user).standing()

    def standing(self) -> Self:
        return self.filter(removal__isnull=True)

    def removed(self, user: User) -> Self:
        """What was taken back in the last thirty days, the latest first."""
        return super().of(user).filter(removal__isnull=False).select_related("removal").order_by("-removal__at")

    def over(self, now: datetime) -> Self:
        """What nobody put back in time."""
        return self.filter(removal__at__lt=now - UNDO)


class Removable:
    """Something that can be taken back, and put back."""

    if TYPE_CHECKING:
        objects: ClassVar[Any]
        pk: UUID
        removal: TakenBack

    @classmethod
    def kept_by(cls, owner: User) -> Any:
        """All of a person's, with what was taken back in the last thirty days."""
        return cls.objects.filter(owner=owner)

    def remove(self, now: datetime) -> None:
        """Said twice it keeps its first moment."""
        self._removals().objects.get_or_create(pk=self.pk, defaults={"at": now})

    def restore(self) -> None:
        self._removals().objects.filter(pk=self.pk).delete()

    @property
    def is_removed(self) -> bool:
        return hasattr(self, "removal")

    @classmethod
    def _removals(cls) -> Any:
        return cast(Any, cls)._meta.get_field("removal").related_model
