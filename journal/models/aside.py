from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from accounts.days import local_date, zone_of
from journal.models.owned import Dated, OwnedQuerySet

if TYPE_CHECKING:
    from journal.models.milestone import Milestone


class Aside(Dated):
    """A milestone is set down for a while, since that day. Taking it up again takes the row away."""

    milestone = models.OneToOneField("journal.Milestone", on_delete=models.CASCADE, related_name="aside")

    objects: ClassVar[Any] = OwnedQuerySet.as_manager()

    @classmethod
    def set_down(cls, milestone: "Milestone", now: datetime) -> None:
        """Said twice it keeps its first day."""
        day = {"local_date": local_date(milestone.owner, now), "zone": zone_of(milestone.owner).key}
        said = {"owner": milestone.owner, "created_at": now} | day
        cls.objects.get_or_create(milestone=milestone, defaults=said)

    @classmethod
    def take_up(cls, milestone: "Milestone") -> None:
        cls.objects.of(milestone.owner).filter(milestone=milestone).delete()
