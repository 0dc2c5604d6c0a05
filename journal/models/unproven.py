import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models, transaction

from accounts.models import User
from accounts.sealed import Damaged, SealedTextField
from journal.models.owned import Owned, OwnedQuerySet
from journal.models.week import Week


class UnprovenQuerySet(OwnedQuerySet):
    def waiting(self) -> Self:
        """Not answered yet."""
        return self.filter(content__filled=True)

    def over(self, now: datetime) -> Self:
        return self.filter(created_at__lt=now - Unproven.LIFE)


class Unproven(Owned):
    """Lines that came in a person's name, and nobody could prove that it was them: kept aside until they say.

    What was answered has no words any more; the row itself waits for its time, so that a second click finds it.
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
        row = self._locked()
        Week.name_proud(row.owner, row.monday, [(None, text) for text in row.lines], row.created_at)
        row._empty()

    @transaction.atomic
    def let_go(self) -> None:
        """The words are gone for good. Those that do not open go with their row: no text is ever written over them."""
        row = self._locked()
        if row.damaged:
            row.delete()
        else:
            row._empty()

    def _locked(self) -> "Unproven":
        row: Unproven = Unproven.objects.select_for_update().get(pk=self.pk)
        return row

    def _empty(self) -> None:
        self.content, self.version = "", self.version + 1
        self.save(update_fields=["content", "version", "updated_at"])
