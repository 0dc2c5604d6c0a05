from typing import ClassVar

from django.db import models

from accounts.sealed import SealedTextField
from journal.models.record import Record


class Meeting(Record):
    """Before a meeting with somebody, and what was taken away from it; what it is about is the entry's own text."""

    WORDS: ClassVar = ("helpful", "takeaway")

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="meeting")
    helpful = SealedTextField(label="meeting.helpful")
    takeaway = SealedTextField(label="meeting.takeaway")
