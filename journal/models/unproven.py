import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models, transaction

from accounts.models import User
from accounts.sealed import Damaged, SealedTextField
from journal.models.owned import Owned, OwnedQuerySet
from journal.models.removal import LetGo
from journal.models.week import Week


class UnprovenQuerySet(OwnedQuerySet):
    def waiting(self) -> Self:
        """Not answered yet."""
        return self.with_words().filter(removal__isnull=True)

    def with_words(self) -> Self:
        """Not answered yet, or let go: that can be said again."""
        return self.filter(content__filled=True)

    def let_go(self) -> Self:
        """The latest first."""
        gone = self.with_words().filter(removal__isnull=False)
        return gone.select_related("removal").order_by("-removal__at", "-created_at", "pk")

    def over(self, now: datetime) -> Self:
        return self.filter(created_at__lt=now - Unproven.LIFE)


class Unproven(Owned):
    """Lines that came in a person's name, and nobody could prove that it was them: kept aside until they say.

    What was kept has no words any more; the row itself waits for its time, so that a second click finds it. What was
    let go waits with its words, for as long as it would have waited anyhow.
    """

    LIFE = timedelta(days=14)
    MOST = 20

    monday = models.DateField()
    content = SealedTextField(label="unproven.content")

    objects: ClassVar[Any] = UnprovenQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "unproven"
        indexes = [models.Index(fields=["owner", "-created_at"], name="unproven_newest")]

    @classmethod
    def keep(cls, owner: User, texts: Iterable[str], monday: date, now: datetime) -> bool:
        """False where so many wait already that no more are taken."""
        if cls.objects.of(owner).waiting().count() >= cls.MOST:
            return False
        content = json.dumps(list(texts), ensure_ascii=False)
        cls.objects.create(owner=owner, monday=monday, content=content, created_at=now)
        return True

    @property
    def lines(self) -> list[str]:
        """As they came; none once they were answered. Raises Damaged."""
        return list(json.loads(self.content)) if self.content else []

    @property
    def readable(self) -> list[str]:
        """The lines; none where they do not open."""
        try:
            return self.lines
        except Damaged:
            return []

    @property
    def until(self) -> datetime:
        """When it goes by itself."""
        return self.created_at + self.LIFE

    @transaction.atomic
    def accept(self) -> None:
        """It was them: proud things of that week, as if they had come by the letter's link at the time."""
        row = self.locked()
        Week.name_proud(row.owner, row.monday, [(None, text) for text in row.lines], row.created_at)
        row._empty()

    def let_go(self, now: datetime) -> None:
        """It was not them. Said twice it keeps its first moment."""
        LetGo.objects.get_or_create(unproven=self, defaults={"at": now})

    def wait_again(self) -> None:
        LetGo.objects.filter(unproven=self).delete()

    def _empty(self) -> None:
        self.content, self.version = "", self.version + 1
        self.save(update_fields=["content", "version", "updated_at"])
