from typing import ClassVar

from django.db import models

from accounts.sealed import SealedTextField
from journal.models.record import Record


class Kindness(Record):
    """A line that somebody wrote to themselves beside what they had done. It comes back in their own words."""

    WORDS: ClassVar = ("words",)

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="kindness")
    words = SealedTextField(label="kindness.words")

    class Meta:
        indexes = [models.Index(fields=["owner", "-created_at", "-id"], name="kindness_newest")]
