"""Good things of the person's own choosing, for after an effort."""

from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.db import models

from accounts.sealed import SealedTextField
from journal.dealt import in_turn
from journal.models.line import Line
from journal.models.removal import RemovableQuerySet


class TreatQuerySet(RemovableQuerySet):
    def out(self) -> Self:
        """Those that may be suggested."""
        return self.filter(away_since__isnull=True)

    def away(self) -> Self:
        return self.filter(away_since__isnull=False).order_by("-away_since")

    def for_day(self, day: date) -> "Treat | None":
        """The same all day long, and another one on the next."""
        return in_turn([treat for treat in self.out() if not treat.damaged], day)


class Treat(Line):
    text = SealedTextField(label="treat.text")
    away_since = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = TreatQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]

    def put_away(self, now: datetime) -> None:
        """It is not suggested until it is taken out again."""
        self._away(self.away_since or now)

    def take_out(self) -> None:
        self._away(None)

    def _away(self, since: datetime | None) -> None:
        self.away_since = since
        self.save(update_fields=["away_since", "updated_at"])
