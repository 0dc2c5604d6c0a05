from typing import Any, ClassVar, Self

from django.db import models

from accounts.models import User
from accounts.sealed import SealedTextField
from journal.models.owned import OwnedQuerySet
from journal.models.record import Record


class MeetingQuerySet(OwnedQuerySet):
    def taken(self, user: User) -> Self:
        """Those that something was taken away from (`takeaway`), each with its entry."""
        return self.of(user).filter(takeaway__filled=True, entry__removal__isnull=True).select_related("entry")


class Meeting(Record):
    """Before a meeting with somebody, and what was taken away from it; what it is about is the entry's own text."""

    WORDS: ClassVar = ("helpful", "takeaway")

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="meeting")
    helpful = SealedTextField(label="meeting.helpful")
    takeaway = SealedTextField(label="meeting.takeaway")

    objects: ClassVar[Any] = MeetingQuerySet.as_manager()
