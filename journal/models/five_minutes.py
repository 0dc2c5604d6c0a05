from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models

from accounts.days import local_date, zone_of
from accounts.models import User
from journal.models.entry import Entry
from journal.models.owned import Dated, OwnedQuerySet

LONG = timedelta(minutes=5)


class FiveMinutesQuerySet(OwnedQuerySet):
    def open(self) -> Self:
        """Nobody said yet that they end here."""
        return self.filter(ended_at__isnull=True)


class FiveMinutes(Dated):
    """They begin when the row is made, are over after five minutes, and end when their owner says so: at any time."""

    ended_at = models.DateTimeField(null=True, blank=True)
    # What was kept of them.
    entry = models.ForeignKey(Entry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = FiveMinutesQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["created_at", "pk"]

    @classmethod
    def running(cls, owner: User, now: datetime, **at: Any) -> Self:
        """Those that run already, or new ones. Whoever asks holds a row, so that two presses at once are one."""
        rows: Any = cls.objects
        running: Self | None = rows.of(owner).filter(**at).open().last()
        if running and not running.is_over(now):
            return running
        day = {"local_date": local_date(owner, now), "zone": zone_of(owner).key}
        made: Self = rows.create(owner=owner, created_at=now, **at, **day)
        return made

    @property
    def until(self) -> datetime:
        return self.created_at + LONG

    def is_over(self, now: datetime) -> bool:
        return now >= self.until
