from typing import Any, ClassVar
from uuid import UUID

from django.db import models, transaction

from journal.models.owned import Owned, OwnedQuerySet
from journal.models.step import Step


class Detour(Owned):
    """Another way was taken instead of a step. The step stays as it was, as what was tried before."""

    step = models.OneToOneField(Step, on_delete=models.CASCADE, related_name="detour")
    way = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="instead_of")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    @classmethod
    @transaction.atomic
    def take(cls, step: Step, *, title: str, id: UUID | None = None) -> Step:
        """A step in the place of this one; the form sent again finds the one it made. What was done stays in sight."""
        way = step.in_its_place(title=title, id=id)
        if not step.is_done:
            cls.objects.update_or_create(owner=step.owner, step=step, defaults={"way": way})
        return way

    @classmethod
    def leave(cls, step: Step) -> None:
        """Back to the step itself; the other way stays beside it."""
        cls.objects.of(step.owner).filter(step=step).delete()
