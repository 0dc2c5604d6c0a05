from datetime import datetime, timedelta
from typing import Any

from django.db import models

UNDO = timedelta(days=30)


class Removal(models.Model):
    """An entry that was taken back. For thirty days it can be put back; then it goes for good."""

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, primary_key=True, related_name="removal")
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def until(self) -> datetime:
        return self.at + UNDO

    @classmethod
    def over(cls, now: datetime) -> "models.QuerySet[Any]":
        """What nobody put back in time."""
        return cls._default_manager.filter(at__lt=now - UNDO)
