from datetime import datetime
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models, transaction
from django.utils.functional import cached_property

from accounts.sealed import SealedTextField
from journal.models.acceptance import Acceptance
from journal.models.again import beside
from journal.models.entry import Entry
from journal.models.record import Record
from journal.models.step import Step


class Lesson(Record):
    """The reframing of one setback: what a friend would hear, what it is teaching, and where wanted a longer look.

    It makes the setback a lesson once `lesson` is filled; until then it is a reframing on its way.
    """

    WORDS: ClassVar = (
        *("kind_words", "lesson", "told_myself", "too_much", "put_right"),
        *("goal", "reality", "options", "way_forward"),
    )
    LONGER: ClassVar = WORDS[2:]
    # Each can become one small step.
    FORWARD: ClassVar = ("way_forward", "put_right")

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="lesson")
    if TYPE_CHECKING:
        entry_id: UUID
    kind_words = SealedTextField(label="lesson.kind_words")
    lesson = SealedTextField(label="lesson.lesson")
    told_myself = SealedTextField(label="lesson.told_myself")
    too_much = SealedTextField(label="lesson.too_much")
    put_right = SealedTextField(label="lesson.put_right")
    goal = SealedTextField(label="lesson.goal")
    reality = SealedTextField(label="lesson.reality")
    options = SealedTextField(label="lesson.options")
    way_forward = SealedTextField(label="lesson.way_forward")

    class Meta:
        indexes = [models.Index(fields=["owner", "-created_at", "-id"], name="lesson_newest")]

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

    @property
    def looks_longer(self) -> bool:
        return any(self.text_of(name) for name in self.LONGER)

    # A way forward, as one small step

    def take_step(self, name: str, now: datetime) -> None:
        """Makes what stands there one small step; pressed again it is the same one."""
        if name in self.to_take:
            Step.keep_alone(self.owner, now, title=self._title(name), id=self._step_id(name))

    @cached_property
    def to_take(self) -> list[str]:
        """Those of FORWARD that say something and are no step yet."""
        said = {self._step_id(name): name for name in self.FORWARD if self._title(name)}
        if not said:
            return []
        taken = Step.objects.of(self.owner).filter(pk__in=said).values_list("pk", flat=True)
        return [name for id, name in said.items() if id not in set(taken)]

    def _title(self, name: str) -> str:
        return " ".join((self.text_of(name) or "").split())

    def _step_id(self, name: str) -> UUID:
        """Other words are another step."""
        return beside(self.entry_id, name, self._title(name))
