from datetime import datetime

from django.db import transaction

from accounts.models import User
from journal.models.acceptance import Acceptance
from journal.models.entry import Entry
from journal.models.five_minutes import FiveMinutes
from journal.models.lesson import Lesson


class Sitting(FiveMinutes):
    """Put it down: five minutes for whoever helps others, one lesson, closed."""

    @classmethod
    @transaction.atomic
    def begin(cls, owner: User, now: datetime) -> "Sitting":
        User.objects.select_for_update().get(pk=owner.pk)
        return cls.running(owner, now)

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
