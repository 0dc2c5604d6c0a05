"""Five minutes at a step, begun before anybody was ready."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models, transaction

from accounts.days import local_date, zone_of
from journal.models.entry import Entry
from journal.models.owned import Dated, OwnedQuerySet
from journal.models.step import Step

LONG = timedelta(minutes=5)


class BeginningQuerySet(OwnedQuerySet):
    def open(self) -> Self:
        """Nobody said yet that they end here."""
        return self.filter(ended_at__isnull=True)


class Beginning(Dated):
    """It began when the row was made. It is over after five minutes, and ends when its owner says so: at any time."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="beginnings")
    ended_at = models.DateTimeField(null=True, blank=True)
    # What was kept of it.
    entry = models.ForeignKey(Entry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = BeginningQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]

    @classmethod
    @transaction.atomic
    def begin(cls, step: Step, now: datetime) -> "Beginning":
        """The five minutes that run already, or new ones."""
        # Two presses at once wait for each other at the step.
        Step.objects.select_for_update().get(pk=step.pk)
        running: Beginning | None = cls.objects.of(step.owner).filter(step=step).open().last()
        if running and not running.is_over(now):
            return running
        day = {"local_date": local_date(step.owner, now), "zone": zone_of(step.owner).key}
        made: Beginning = cls.objects.create(owner=step.owner, step=step, created_at=now, **day)
        return made

    @property
    def until(self) -> datetime:
        return self.created_at + LONG

    def is_over(self, now: datetime) -> bool:
        return now >= self.until

    @transaction.atomic
    def end(self, now: datetime, note: str = "", id: UUID | None = None) -> Entry:
        """Keeps the deed, in the person's words or in those of the step. Ended twice, it is kept once."""
        stands: Beginning = Beginning.objects.select_for_update(of=("self",)).select_related("entry").get(pk=self.pk)
        if stands.entry and not note:
            return stands.entry
        step = self.step
        words: dict[str, Any] = {"kind": Entry.Kind.WIN, "deed": Entry.Deed.BEGAN, "milestone": step.milestone}
        entry = Entry.keep(self.owner, now, id=id, body=note or step.text_of("title") or "", **words)
        self.ended_at, self.entry = stands.ended_at or now, entry
        self.save(update_fields=["ended_at", "entry", "updated_at"])
        return entry
