from typing import ClassVar

from django.db import models

from accounts.sealed import SealedTextField
from journal.models.record import Record


class Encouragement(Record):
    """Who said it. The kind words that somebody said or wrote are the entry's own text."""

    WORDS: ClassVar = ("from_whom",)

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="encouragement")
    from_whom = SealedTextField(label="encouragement.from_whom")
