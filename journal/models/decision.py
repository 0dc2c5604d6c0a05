from typing import ClassVar

from django.db import models

from accounts.sealed import SealedTextField
from journal.models.record import Record


class Decision(Record):
    """A hard decision, worked through as far as it went; what is to be decided is the entry's own text."""

    WORDS: ClassVar = ("options", "want", "in_the_way", "whom", "decided", "about_deciding")

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="decision")
    options = SealedTextField(label="decision.options")
    want = SealedTextField(label="decision.want")
    in_the_way = SealedTextField(label="decision.in_the_way")
    # Whom one fears to let down.
    whom = SealedTextField(label="decision.whom")
    decided = SealedTextField(label="decision.decided")
    about_deciding = SealedTextField(label="decision.about_deciding")
