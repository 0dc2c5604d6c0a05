"""What one day of a measure was."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID, uuid4

from django.db import models, transaction

from accounts.days import local_date as day_of
from accounts.days import zone_of
from accounts.sealed import SealedTextField
from journal.models.entry import Stale
from journal.models.owned import Dated, OwnedQuerySet
from journal.models.removal import UNDO

if TYPE_CHECKING:
    from journal.models.measure import Measure


class Taken(Exception):
    """That day of the measure has a reading already."""


class Unopened(Exception):
    """What stands there cannot be opened. It is kept as it is and not written over."""


class ReadingQuerySet(OwnedQuerySet):
    def standing(self) -> Self:
        return self.filter(removed_at__isnull=True)

    def taken_back(self) -> Self:
        return self.filter(removed_at__isnull=False).order_by("-removed_at")

    def newest_first(self) -> Self:
        return self.order_by("-local_date")

    def over(self, now: datetime) -> Self:
        """What nobody put back in time."""
        return self.filter(removed_at__lt=now - UNDO)


class Reading(Dated):
    """One a day of each measure, so that a second press is no second reading and a correction has its place.

    `value` is a number as text: digits with at most one point; of yes and no 1 and 0. `earlier` has what stood before
    it was corrected, a line each. Taken back, it can be put back for thirty days.
    """

    measure = models.ForeignKey("journal.Measure", on_delete=models.CASCADE, related_name="readings")
    value = SealedTextField(label="reading.value")
    earlier = SealedTextField(label="reading.earlier")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ReadingQuerySet.as_manager()
    if TYPE_CHECKING:
        measure_id: UUID

    class Meta:
        constraints = [models.UniqueConstraint("measure", "local_date", name="one_reading_a_day")]
        indexes = [
            models.Index(fields=["owner", "-local_date"], name="reading_newest"),
            models.Index(fields=["removed_at"], condition=models.Q(removed_at__isnull=False), name="reading_removed"),
        ]

    # Keeping

    @classmethod
    @transaction.atomic
    def keep(
        cls, measure: "Measure", now: datetime, *, value: str, local_date: date | None = None, id: UUID | None = None
    ) -> "Reading":
        """The reading of that day, or of today: made, or corrected where there is one.

        The same form sent again changes nothing, also after a correction; what was taken back meanwhile comes back.
        Raises Unopened.
        """
        # Two presses at once wait for each other at the measure's own row.
        measure.locked()
        day = local_date or day_of(measure.owner, now)
        stands: Reading | None = cls.objects.of(measure.owner).filter(measure=measure, local_date=day).first()
        if stands is None:
            free = id if id and cls.objects.is_free(id) else uuid4()
            told = {"local_date": day, "zone": zone_of(measure.owner).key, "created_at": now}
            kept: Reading = cls.objects.create(id=free, owner=measure.owner, measure=measure, value=value, **told)
            return kept
        if stands.damaged:
            raise Unopened
        if stands.pk == id and value in stands.values_before:
            stands.restore()
        else:
            stands._correct(value)
        return stands

    @property
    def values_before(self) -> list[str]:
        """What stood before, the first one first."""
        return str(self.earlier).splitlines()

    def _correct(self, value: str) -> None:
        if value != self.value:
            self.earlier = "\n".join([*self.values_before, self.value])
            self.value, self.version = value, self.version + 1
        self.removed_at = None
        self.save()

    @transaction.atomic
    def change(self, version: int, *, value: str, local_date: date) -> None:
        """Another value, or another day. The same form again changes nothing more.

        Raises Taken where that day has a reading, Stale where another version stands by now, and Unopened.
        """
        stands = self.locked()
        if stands.damaged:
            raise Unopened
        if (stands.value, stands.local_date, stands.removed_at) == (value, local_date, None):
            return
        if stands.version != version:
            raise Stale
        if stands.local_date != local_date:
            stands._move(local_date)
        stands._correct(value)

    def _move(self, day: date) -> None:
        """What was taken back of that day makes room, and is kept as what stood there before."""
        there = Reading.objects.of(self.owner).filter(measure=self.measure_id, local_date=day).first()
        if there and there.removed_at is None:
            raise Taken
        if there and there.damaged:
            raise Unopened
        if there:
            self.earlier = "\n".join([*there.values_before, there.value, *self.values_before])
            there.delete()
        self.local_date, self.version = day, self.version + 1

    # Taking back

    def remove(self, now: datetime) -> None:
        """Said twice it keeps its first moment."""
        Reading.objects.of(self.owner).standing().filter(pk=self.pk).update(removed_at=now)

    def restore(self) -> None:
        Reading.objects.of(self.owner).filter(pk=self.pk).update(removed_at=None)
        self.removed_at = None

    @property
    def until(self) -> datetime | None:
        """Until when it can be put back."""
        return self.removed_at + UNDO if self.removed_at else None
