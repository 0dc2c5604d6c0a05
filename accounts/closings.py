"""That this place closes for good, on a day that everybody is told long before."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self

from django.db import models, transaction

from accounts.prepared import prepared

# The hour (UTC) at which nearly everywhere on earth it is the same date.
NOON = time(12)


class Closing(models.Model):
    """What whoever runs the place has decided. The newest one that was not taken back holds; another day is another
    row, so that nobody goes by a letter that named the former."""

    NOTICE = timedelta(days=30)
    # How long a backup’s part with keys is kept (docs/operating.md): after it no copy can be read.
    IN_BACKUPS = timedelta(days=7)

    id = models.AutoField(primary_key=True)
    closes_at = models.DateTimeField()
    decided_at = models.DateTimeField()
    # Or another day took the place of this one.
    taken_back_at = models.DateTimeField(null=True)
    # When a pass first found that its day has come: a clock that ran ahead has an hour to be put right.
    seen_at = models.DateTimeField(null=True)
    # When the last row of the last person was gone.
    gone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def standing(cls) -> Self | None:
        return next(iter(_standing()), None)

    @classmethod
    @transaction.atomic
    def decide(cls, on: date, now: datetime) -> Self:
        """On that day, at noon UTC."""
        cls.objects.filter(taken_back_at=None).update(taken_back_at=now)
        return cls.objects.create(closes_at=datetime.combine(on, NOON, UTC), decided_at=now)

    def take_back(self, now: datetime) -> None:
        type(self).objects.filter(pk=self.pk, taken_back_at=None).update(taken_back_at=now)

    @property
    def on(self) -> date:
        return self.closes_at.astimezone(UTC).date()

    def is_over(self, now: datetime) -> bool:
        return self.closes_at <= now

    def copies_until(self, now: datetime) -> date:
        """The day from which on no copy in a backup can be read."""
        return ((self.gone_at or now).astimezone(UTC) + self.IN_BACKUPS).date()

    def earliest(self, now: datetime) -> date:
        """The first day that may be named: never sooner than people were told, or thirty days away."""
        return min(first_day(now), self.on)


@prepared
def _standing() -> Any:
    return Closing.objects.filter(taken_back_at=None).order_by("-pk")[:1]


def first_day(now: datetime) -> date:
    """A letter that leaves today is thirty days old by then."""
    return (now.astimezone(UTC) + Closing.NOTICE).date() + timedelta(days=1)


def stands() -> bool:
    """Nobody begins a journal in a place that closes."""
    return Closing.objects.filter(taken_back_at=None).exists()


def closed(now: datetime) -> Closing | None:
    """None while the place is open."""
    closing = Closing.standing()
    return closing if closing and closing.is_over(now) else None
