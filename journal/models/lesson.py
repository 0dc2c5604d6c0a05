from typing import ClassVar

from django.db import models, transaction

from accounts.sealed import SealedTextField
from journal.models.acceptance import Acceptance
from journal.models.entry import Entry
from journal.models.record import Record


class Lesson(Record):
    """The reframing of one setback: what a friend would hear, what it is teaching, and GROW where it was wanted.

    It makes the setback a lesson once `lesson` is filled; until then it is a reframing on its way.
    """

    WORDS: ClassVar = ("kind_words", "lesson", "goal", "reality", "options", "way_forward")

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="lesson")
    kind_words = SealedTextField(label="lesson.kind_words")
    lesson = SealedTextField(label="lesson.lesson")
    goal = SealedTextField(label="lesson.goal")
    reality = SealedTextField(label="lesson.reality")
    options = SealedTextField(label="lesson.options")
    way_forward = SealedTextField(label="lesson.way_forward")

    @classmethod
    @transaction.atomic
    def write(cls, entry: Entry, **words: str) -> dict[str, str]:
        """A new lesson on what was left be takes that word back: it is looked at again."""
        new = super().write(entry, **words)
        if new.get("lesson"):
            Acceptance.withdraw(entry)
        return new

    @property
    def says_something(self) -> bool:
        return any(getattr(self, name) for name in self.WORDS)

    @property
    def first_line(self) -> str:
        return str(self.lesson).strip().partition("\n")[0]
