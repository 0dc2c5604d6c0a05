"""The questions that somebody was shown, and those that are never to come again. By name: the words are ours."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from accounts.days import local_date, zone_of
from accounts.models import User
from journal.models.owned import Dated, Owned, OwnedQuerySet

LONGEST = 60


class Asking(Dated):
    """A question was shown: when last, and on which of the person's days."""

    question = models.CharField(max_length=LONGEST)
    at = models.DateTimeField()

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("owner", "question", name="one_asking_a_question")]

    @classmethod
    def note(cls, owner: User, question: str, now: datetime) -> None:
        shown = {"at": now, "local_date": local_date(owner, now), "zone": zone_of(owner).key}
        cls.objects.update_or_create(owner=owner, question=question, defaults=shown)


class Declined(Owned):
    """Never this one."""

    question = models.CharField(max_length=LONGEST)

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        constraints = [models.UniqueConstraint("owner", "question", name="declined_once")]

    @classmethod
    def keep(cls, owner: User, question: str) -> None:
        cls.objects.get_or_create(owner=owner, question=question)

    @classmethod
    def withdraw(cls, owner: User, question: str) -> None:
        """PostgreSQL takes no question with a NUL in it."""
        if question.isprintable():
            cls.objects.of(owner).filter(question=question).delete()
