"""Five minutes at a step, begun before anybody was ready."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction

from journal.models.entry import Entry
from journal.models.five_minutes import FiveMinutes
from journal.models.step import Step


class Beginning(FiveMinutes):
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="beginnings")

    @classmethod
    @transaction.atomic
    def begin(cls, step: Step, now: datetime) -> "Beginning":
        step.locked()
        return cls.running(step.owner, now, step=step)

    @transaction.atomic
    def end(self, now: datetime, note: str = "", id: UUID | None = None) -> Entry:
        """Keeps the deed, in the person's words or in those of the step. Ended twice, it is kept once."""
        mine = Beginning.objects.of(self.owner).select_related("entry")
        stands: Beginning = mine.select_for_update(of=("self",)).get(pk=self.pk)
        if stands.entry and not note:
            return stands.entry
        step = self.step
        words: dict[str, Any] = {"kind": Entry.Kind.WIN, "deed": Entry.Deed.BEGAN, "milestone": step.milestone}
        entry = Entry.keep(self.owner, now, id=id, body=note or step.text_of("title") or "", **words)
        self.ended_at, self.entry = stands.ended_at or now, entry
        self.save(update_fields=["ended_at", "entry", "updated_at"])
        return entry
