"""Put it down: five minutes for whoever helps others, one lesson, closed."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models, transaction

from accounts.days import local_date, zone_of
from accounts.models import User
from journal.models.acceptance import Acceptance
from journal.models.entry import Entry
from journal.models.lesson import Lesson
from journal.models.owned import Dated, OwnedQuerySet

LONG = timedelta(minutes=5)


class SittingQuerySet(OwnedQuerySet):
    def open(self) -> Self:
        return self.filter(ended_at__isnull=True)


class Sitting(Dated):
    """It begins when the row is made, and ends when its owner puts it down: also after its five minutes."""

    ended_at = models.DateTimeField(null=True, blank=True)
    # What was put down.
    entry = models.ForeignKey(Entry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = SittingQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]

    @classmethod
    @transaction.atomic
    def begin(cls, owner: User, now: datetime) -> "Sitting":
        """The five minutes that run already, or new ones."""
        # Two presses at once wait for each other at the person's row.
        User.objects.select_for_update().get(pk=owner.pk)
        running: Sitting | None = cls.objects.of(owner).open().last()
        if running and not running.is_over(now):
            return running
        day = {"local_date": local_date(owner, now), "zone": zone_of(owner).key}
        made: Sitting = cls.objects.create(owner=owner, created_at=now, **day)
        return made

    @property
    def until(self) -> datetime:
        return self.created_at + LONG

    def is_over(self, now: datetime) -> bool:
        return now >= self.until

    @transaction.atomic
    def put_down(self, now: datetime, *, body: str, lesson: str) -> Entry:
        """Something hard, kept with its lesson; without one it is left be. Put down twice, it is kept once."""
        entry = Entry.keep(self.owner, now, id=self.pk, kind=Entry.Kind.SETBACK, body=body)
        Lesson.write(entry, lesson=lesson)
        if lesson:
            Acceptance.withdraw(entry)
        else:
            Acceptance.accept(entry)
        self.ended_at, self.entry = self.ended_at or now, entry
        self.save(update_fields=["ended_at", "entry", "updated_at"])
        return entry
