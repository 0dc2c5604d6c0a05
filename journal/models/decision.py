from typing import Any, ClassVar, Self

from django.db import models

from accounts.models import User
from accounts.sealed import SealedTextField
from journal.models.owned import OwnedQuerySet
from journal.models.record import Record


class DecisionQuerySet(OwnedQuerySet):
    def taken(self, user: User) -> Self:
        """Those with a line that was taken away from deciding (`about_deciding`), each with its entry."""
        return self.of(user).filter(about_deciding__filled=True, entry__removal__isnull=True).select_related("entry")


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

    objects: ClassVar[Any] = DecisionQuerySet.as_manager()
