from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID

from django.db import models, transaction

from accounts.models import User
from journal.models.entry import Entry
from journal.models.not_for_me import NotForMe
from journal.models.owned import Owned, OwnedQuerySet

A_WEEK = timedelta(days=7)
# What may offer itself again, after so long: twice a year.
AGAIN = {NotForMe.Practice.THEN_NOW.value: timedelta(days=182)}


class OfferingQuerySet(OwnedQuerySet):
    def lately(self, now: datetime) -> Self:
        """Within a week before now: then nothing else is offered."""
        return self.filter(at__gt=now - A_WEEK)


class Offering(Owned):
    """A practice that offered itself: once for good, or when last (AGAIN).

    `entry` is what the line stood beneath, if it stands yet.
    """

    practice = models.CharField(max_length=20, choices=NotForMe.Practice)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = OfferingQuerySet.as_manager()
    if TYPE_CHECKING:
        entry_id: UUID | None

    class Meta:
        constraints = [models.UniqueConstraint("owner", "practice", name="offered_once")]

    def is_recent(self, now: datetime) -> bool:
        """As `lately`."""
        return self.at > now - A_WEEK

    def may_come_again(self, now: datetime) -> bool:
        return self.practice in AGAIN and self.at <= now - AGAIN[self.practice]

    @classmethod
    @transaction.atomic
    def make(cls, owner: User, practice: str, now: datetime, entry: Entry | None = None) -> "Offering | None":
        """None where something was offered within a week, this was offered already, or it is not for them."""
        # Two things kept at once wait for each other at the person's row.
        User.objects.select_for_update().get(pk=owner.pk)
        mine = cls.objects.of(owner)
        refused = NotForMe.objects.of(owner).filter(practice=practice)
        before: Offering | None = mine.filter(practice=practice).first()
        if refused.exists() or mine.lately(now).exists() or (before and not before.may_come_again(now)):
            return None
        made = before or cls(owner=owner, practice=practice)
        made.at, made.entry = now, entry
        made.save()
        return made
