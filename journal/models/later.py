from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models

from journal.models.owned import Owned, OwnedQuerySet

if TYPE_CHECKING:
    from journal.models.entry import Entry


class LaterQuerySet(OwnedQuerySet):
    def closed(self) -> Self:
        """Those that were not opened yet, the nearest day first; what was taken back is not among them."""
        closed = self.filter(opened_at__isnull=True, entry__removal__isnull=True)
        return closed.order_by("opens_on", "created_at", "pk")

    def due(self, today: date) -> Self:
        """Those whose day has come."""
        return self.closed().filter(opens_on__lte=today)


class Later(Owned):
    """A letter to one's later self is closed until its day, and then until it is opened.

    While it is closed, no page shows its words (`Told.text`), nor does a copy for reading; “Everything” holds them.
    """

    entry = models.OneToOneField("journal.Entry", on_delete=models.CASCADE, related_name="later")
    # The person's own day.
    opens_on = models.DateField()
    opened_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = LaterQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "opened_at", "opens_on"], name="later_owner_opens")]

    @classmethod
    def close(cls, entry: "Entry", opens_on: date) -> None:
        """Sent again, it is the one that stands, with the day that was named first."""
        cls.objects.get_or_create(entry=entry, defaults={"owner": entry.owner, "opens_on": opens_on})

    def open(self, now: datetime) -> None:
        """However often it is pressed: it was opened when it was first."""
        Later.objects.filter(owner=self.owner_id, pk=self.pk, opened_at__isnull=True).update(opened_at=now)

    @property
    def is_closed(self) -> bool:
        return self.opened_at is None
