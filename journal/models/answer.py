from typing import ClassVar

from django.db import models

from accounts.sealed import SealedTextField
from journal.models.record import Record


class Answer(Record):
    """The other side of the page: what speaks against one doubt."""

    WORDS: ClassVar = ("answer",)

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="answer")
    answer = SealedTextField(label="answer.answer")
