from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from accounts.models import Closing
from reminders.kinds import STAYING


class CircularQuerySet(models.QuerySet["Circular"]):
    def holding(self, now: datetime) -> Self:
        """Those that say what is still true: of the closing that stands, or, where none does, of one that was taken
        back."""
        to_come = Q(closing__taken_back_at=None, closing__closes_at__gt=now) & ~Q(kind=STAYING)
        stands = Closing.objects.filter(taken_back_at=None)
        return self.filter(to_come | Q(~models.Exists(stands), kind=STAYING))


class Circular(models.Model):
    """A letter of the place to everybody: which, and how far its planning has come, by the order of people's ids.

    Its number stands in the letters that it planned, where others have the version of their schedule."""

    id = models.AutoField(primary_key=True)
    closing = models.ForeignKey(Closing, on_delete=models.CASCADE, related_name="circulars", db_index=False)
    kind = models.CharField(max_length=12)
    due_at = models.DateTimeField()
    reached = models.UUIDField(null=True)
    planned_at = models.DateTimeField(null=True)

    objects: ClassVar[CircularQuerySet] = CircularQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["closing", "kind"], name="one_circular_a_closing")]

    def __str__(self) -> str:
        return str(self.pk)
