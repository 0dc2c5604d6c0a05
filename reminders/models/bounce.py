from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from accounts.by_owner import ByOwner
from accounts.models import User
from reminders.models.delivery import Delivery


class BounceQuerySet(models.QuerySet["Bounce"]):
    def of(self, user: User) -> Self:
        return self.filter(owner=user)

    def soft_since(self, user: User, arrived: datetime | None) -> list["Bounce"]:
        """Those of letters that were due after one that arrived, or all."""
        soft = self.of(user).filter(kind=Bounce.Kind.SOFT).select_related("delivery").order_by("at")
        return list(soft.filter(delivery__due_at__gt=arrived) if arrived else soft)


class Bounce(ByOwner):
    """One letter that could not be left, or was called unwanted. Nothing else is kept of what came back."""

    class Kind(models.TextChoices):
        """The graver stands later."""

        SOFT = "soft"  # not now
        HARD = "hard"  # nobody is there
        COMPLAINT = "complaint"

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, primary_key=True, related_name="bounce")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=9, choices=Kind)
    # As RFC 3463 writes it, such as 5.1.1; three digits where a server said no more; empty for a complaint.
    code = models.CharField(max_length=11, blank=True)
    # It was one too many: letters rest until that day because of it.
    rest_until = models.DateField(null=True)

    objects: ClassVar[BounceQuerySet] = BounceQuerySet.as_manager()  # type: ignore[assignment]

    def is_graver_than(self, kind: str) -> bool:
        order = self.Kind.values
        return order.index(self.kind) > order.index(kind)
