"""Letters stopped by themselves, all of them, and wait for their reader."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction

from accounts.models import User
from reminders.models.bounce import Bounce
from reminders.models.schedule import Schedule


class Silence(models.Model):
    """While it stands no letter goes to this person. It is no setting: one press ends it."""

    class Why(models.TextChoices):
        UNANSWERED = "unanswered"
        BOUNCED = "bounced"
        UNWANTED = "unwanted"

    # What another address ends.
    OF_THE_MAILBOX = (Why.BOUNCED, Why.UNWANTED)

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="silence"
    )
    at = models.DateTimeField()
    why = models.CharField(max_length=10, choices=Why)

    objects: ClassVar[models.Manager["Silence"]] = models.Manager()

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def of(cls, user: User) -> "Silence | None":
        return cls.objects.filter(owner=user).first()

    @classmethod
    @transaction.atomic
    def begin(cls, owner_id: Any, why: str, now: datetime) -> None:
        """Nothing is planned any more, and what is planned stops at the gate. The graver reason stands."""
        silence, begun = cls.objects.get_or_create(owner_id=owner_id, defaults={"at": now, "why": why})
        if not begun and cls.Why.values.index(why) > cls.Why.values.index(silence.why):
            cls.objects.filter(pk=silence.pk).update(at=now, why=why)
        Schedule.objects.filter(owner_id=owner_id).update(next_at=None)

    @classmethod
    @transaction.atomic
    def take_back(cls, owner_id: Any, now: datetime) -> None:
        """As if it had not begun: the note that would have said so was certainly not taken. A graver one stays."""
        if not cls.objects.filter(owner=owner_id, why=cls.Why.UNANSWERED).delete()[0]:
            return
        for schedule in Schedule.objects.filter(owner=owner_id).select_related("owner"):
            schedule.next_at = schedule.next_after(now)
            schedule.save(update_fields=["next_at"])

    @classmethod
    @transaction.atomic
    def end(cls, user: User, now: datetime) -> None:
        """Letters that were agreed to are reckoned anew from `now`, and nothing before it counts as unanswered."""
        cls.objects.filter(owner=user).delete()
        # Nor as one of the three that could not be left.
        Bounce.objects.of(user).filter(kind=Bounce.Kind.SOFT).delete()
        for schedule in Schedule.objects.of(user):
            schedule.owner = user
            schedule.change(now, anew=True)
