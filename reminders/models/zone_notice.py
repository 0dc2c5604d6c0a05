from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.by_owner import ByOwner


class ZoneNotice(ByOwner):
    """Somebody was asked whether letters move to the zone of a device, and answered: of that zone nobody asks again."""

    # Found through the constraint, which begins with it.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    # As the device named it.
    zone = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["ZoneNotice"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "zone"], name="one_notice_a_zone")]
