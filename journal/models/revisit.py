"""Coming back to a doubt or a decision, once, on a day that the person named."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models

from accounts.models import User
from accounts.sealed import SealedTextField
from journal.models.entry import Entry
from journal.models.owned import OwnedQuerySet
from journal.models.record import Record


class RevisitQuerySet(OwnedQuerySet):
    def due(self, user: User, today: date) -> Self:
        """What is to be asked by now and was not answered, the earliest first."""
        waiting = self.of(user).filter(on__lte=today, known__filled=False, entry__removal__isnull=True)
        return waiting.order_by("on", "created_at", "pk")


class Revisit(Record):
    """What is asked about a doubt (what really happened?) or a decision (what do you know now?).

    The row without an answer is the question that waits; put away, it is gone, and nothing asks again.
    """

    WORDS: ClassVar = ("known",)
    KINDS: ClassVar = (Entry.Kind.DOUBT, Entry.Kind.DECISION)

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="revisit")
    # The person's own day. Without one it was answered unasked.
    on = models.DateField(null=True, blank=True)
    known = SealedTextField(label="revisit.known")

    objects: ClassVar[Any] = RevisitQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "on"], name="revisit_owner_on")]

    @classmethod
    def ask(cls, entry: Entry, on: date | None) -> None:
        """Names the day, or another one; without a day nothing is asked."""
        if on is None:
            cls.put_away(entry)
        else:
            cls.objects.update_or_create(owner=entry.owner, entry=entry, defaults={"on": on})

    @classmethod
    def put_away(cls, entry: Entry) -> None:
        """Nothing asks any more. An answer that stands stays."""
        cls.objects.of(entry.owner).filter(entry=entry, known__filled=False).delete()

    @classmethod
    def write(cls, entry: Entry, **words: str) -> dict[str, str]:
        """An answer that is taken out does not bring the question back."""
        new = super().write(entry, **words)
        if new.get("known") == "":
            cls.put_away(entry)
        return new

    def is_due(self, today: date) -> bool:
        return self.on is not None and self.on <= today and self.text_of("known") == ""
