from django.conf import settings
from django.db import models

from accounts.by_owner import ByOwner


class WriteLink(ByOwner):
    """A link that can write and not read. The token itself stands in the letter alone."""

    MOST = 10

    digest = models.CharField(max_length=64, primary_key=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)
    # What it asks about: a week, or one day of it.
    monday = models.DateField()
    day = models.DateField(null=True)
    expires_at = models.DateTimeField(db_index=True)
    adds = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.digest[:8]
