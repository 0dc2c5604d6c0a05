"""What somebody would like to notice, in their own words. For noticing: there is no target, in data or in words."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.sealed import Damaged, SealedTextField
from journal.models.again import beside
from journal.models.entry import Stale
from journal.models.owned import Owned, OwnedQuerySet
from journal.models.reading import Reading

MOST_PINNED = 2


class Full(Exception):
    """As many measures as can be kept on Today are there already."""


class MeasureQuerySet(OwnedQuerySet):
    def in_use(self) -> Self:
        return self.filter(put_away_at__isnull=True).order_by("created_at", "pk")

    def put_away(self) -> Self:
        return self.filter(put_away_at__isnull=False).order_by("-put_away_at", "pk")

    def pinned(self) -> Self:
        return self.filter(put_away_at__isnull=True, pinned_at__isnull=False).order_by("pinned_at", "pk")

    def with_reading_of(self, day: date) -> Self:
        """Each with `kept_id`: the reading that stands for that day, or None."""
        kept = Reading.objects.standing().filter(measure=models.OuterRef("pk"), local_date=day)
        return self.annotate(kept_id=models.Subquery(kept.values("pk")[:1]))

    def read_within(self, first: date, last: date) -> Self:
        """Those with a reading that stands for one of these days."""
        held = Reading.objects.standing().filter(measure=models.OuterRef("pk"))
        return self.filter(models.Exists(held.filter(local_date__gte=first, local_date__lte=last)))

    def with_extent(self) -> Self:
        """Each with `last_day`: the latest day with a reading, or None."""
        last = Reading.objects.standing().filter(measure=models.OuterRef("pk")).order_by("-local_date")
        return self.annotate(last_day=models.Subquery(last.values("local_date")[:1]))


class Measure(Owned):
    """`pinned_at`: since when it is kept on Today; `put_away_at`: since when it is out of sight, with all it has."""

    class Kind(models.TextChoices):
        YES_NO = "yes_no", _("Yes or no")
        NUMBER = "number", _("A number")
        MINUTES = "minutes", _("Minutes")
        SCALE = "scale", _("One to five")

    name = SealedTextField(label="measure.name")
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.YES_NO)
    pinned_at = models.DateTimeField(null=True, blank=True)
    put_away_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = MeasureQuerySet.as_manager()
    if TYPE_CHECKING:
        readings: Any
        kept_id: UUID | None
        last_day: date | None

    # Keeping

    @classmethod
    def keep(cls, owner: User, now: datetime, *, name: str, kind: str, id: UUID | None = None) -> "Measure":
        """The same form sent again finds the one it made; with other words, or where the id is somebody else's, it is
        kept under a new id.
        """
        measure = cls(id=id or uuid4(), owner=owner, name=name, kind=kind, created_at=now)
        try:
            with transaction.atomic():
                measure.save(force_insert=True)
        except IntegrityError:
            if id is None:
                raise
            stands: Measure | None = cls.objects.of(owner).filter(pk=id).first()
            if stands and (stands.text_of("name"), stands.kind) == (name, kind):
                return stands
            return cls.keep(owner, now, id=beside(id, str(owner.pk), name, kind), name=name, kind=kind)
        return measure

    @transaction.atomic
    def change(self, version: int, *, name: str) -> None:
        """Another name. The same form again changes nothing more.

        Raises Stale where another version with another name stands by now, and Damaged where it cannot be opened.
        """
        stands = self.locked()
        if stands.damaged:
            raise Damaged("a measure that cannot be opened")
        if stands.name == name:
            return
        if stands.version != version:
            raise Stale
        self.name, self.version = name, version + 1
        self.save(update_fields=["name", "version", "updated_at"])

    # Where it is kept

    @transaction.atomic
    def pin(self, now: datetime, instead: UUID | None = None) -> None:
        """Keeps it on Today, in the place of another one if there is no room. Raises Full."""
        # Two presses at once wait for each other at the person's row.
        User.objects.select_for_update().get(pk=self.owner_id)
        pinned = Measure.objects.of(self.owner).pinned().exclude(pk=self.pk)
        pinned.filter(pk=instead).update(pinned_at=None)
        if pinned.count() >= MOST_PINNED:
            raise Full
        self._place(pinned_at=self.pinned_at or now, put_away_at=None)

    def unpin(self) -> None:
        self._place(pinned_at=None)

    def put_away(self, now: datetime) -> None:
        """Out of sight, and off Today; nothing of it goes."""
        self._place(put_away_at=self.put_away_at or now, pinned_at=None)

    def take_out(self) -> None:
        self._place(put_away_at=None)

    def _place(self, **since: datetime | None) -> None:
        for name, at in since.items():
            setattr(self, name, at)
        self.save(update_fields=[*since, "updated_at"])
