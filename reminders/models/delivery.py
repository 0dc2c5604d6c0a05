"""What became of each letter."""

import random
import re
from collections.abc import Collection
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import cache
from typing import Any, ClassVar, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.by_owner import ByOwner
from accounts.days import zone_of
from accounts.models import User
from reminders import tally

ID = re.compile(r"\b([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")
SILENCE = timedelta(minutes=10)
AGAIN = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]


class State(models.TextChoices):
    PLANNED = "planned"
    CLAIMED = "claimed"
    HANDED = "handed"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"
    SKIPPED = "skipped"
    PAST = "past"  # so long ago that only its slot is kept


class Reason(models.TextChoices):
    LATE = "late"
    QUIET = "quiet"
    PAUSED = "paused"
    ANSWERED = "answered"
    STOPPED = "stopped"
    CHANGED = "changed"
    OTHER = "other"  # another letter of the same day went before it
    SLOWED = "slowed"  # three were not answered
    SILENT = "silent"
    NOTHING = "nothing"  # it had nothing to bring


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def of(self, user: User) -> Self:
        return self.filter(owner=user)

    def planned(self, now: datetime) -> Self:
        """What nobody has claimed yet, and may go by now."""
        return self.filter(state=State.PLANNED, not_before__lte=now)

    def lapsed(self, now: datetime) -> Self:
        """Claimed by somebody whose lease is over; never one that may have left."""
        return self.filter(state=State.CLAIMED, lease__lte=now)

    def held(self, token: UUID | None) -> Self:
        return self.filter(state=State.CLAIMED, token=token)

    def give_back(self) -> None:
        """From the hands of whoever holds it and has not come to the gate: the next one writes it anew."""
        self.filter(state=State.CLAIMED).update(state=State.PLANNED, token=None, lease=None)

    def among(self, some: Self) -> Self:
        """`some` with a limit, asked for once: PostgreSQL may reckon IN (… LIMIT …) anew for each row and take more."""
        return self.filter(pk__in=list(some.values_list("pk", flat=True)))

    def mark_sent(self, deliveries: Collection["Delivery"]) -> None:
        """One statement a batch. A sweep in between may have taken them for unsure; the server did take them."""
        if deliveries:
            handed = self.filter(pk__in=[one.pk for one in deliveries], state__in=[State.HANDED, State.UNSURE])
            handed.update(state=State.SENT)

    def mark_returned(self) -> None:
        """Taken, and then not left with its reader: it did not arrive, and waits for no answer."""
        self.filter(state__in=[State.HANDED, State.SENT, State.UNSURE]).update(state=State.FAILED, handed_on=None)

    def gone_quiet(self, now: datetime) -> Self:
        """Handed over, and nothing was heard of the one who did."""
        return self.filter(state=State.HANDED, handed_at__lt=now - SILENCE)

    def over(self, day: datetime) -> Self:
        """Due before that, and not forgotten yet."""
        return self.filter(~Q(state=State.PAST), due_at__lte=day)


class Delivery(ByOwner):
    """One row for each owner, kind and local date, whatever happens to the clocks."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    # Found through the constraint, which begins with it.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=12)
    slot = models.DateField()
    due_at = models.DateTimeField()
    # The schedule that planned it, as it stood then.
    schedule_version = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    reason = models.CharField(max_length=8, choices=Reason, blank=True)
    not_before = models.DateTimeField()
    token = models.UUIDField(null=True)
    lease = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    handed_at = models.DateTimeField(null=True)
    # The local date it left on: no two letters to one person share it.
    handed_on = models.DateField(null=True)
    message_id = models.CharField(max_length=255, blank=True)
    # The one note that says letters will be quiet now, in the place of the letter of this slot.
    farewell = models.BooleanField(default=False)

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind", "slot"], name="one_letter_a_slot"),
            models.UniqueConstraint(
                fields=["owner", "handed_on"], condition=Q(handed_on__isnull=False), name="one_letter_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state="planned"), name="delivery_planned"),
            models.Index(fields=["lease"], condition=Q(state="claimed"), name="delivery_claimed"),
            models.Index(fields=["handed_at"], condition=Q(state="handed"), name="delivery_handed"),
            # Pruning looks at its one end, /metrics at the other.
            models.Index(fields=["due_at"], condition=~Q(state="past"), name="delivery_due"),
        ]

    @property
    def was_put_off(self) -> bool:
        return self.due_at.astimezone(zone_of(self.owner)).date() > self.slot

    def new_message_id(self) -> str:
        """The same however often this letter is tried."""
        return message_id(self.pk)

    # What becomes of it. Each holds only while it is still ours: after a lease somebody else may have it.

    def put_back(self, now: datetime, *, tried: bool) -> None:
        """It was certainly not taken. Another try comes after 1, 5, 15, then every 60 minutes, a fifth more or less."""
        free: dict[str, Any] = {
            "state": State.PLANNED,
            "token": None,
            "lease": None,
            "handed_at": None,
            "handed_on": None,
        }
        if tried:
            pause = AGAIN[min(self.tries, len(AGAIN) - 1)] * random.uniform(0.8, 1.2)
            self.not_before = now + pause
            free |= {"tries": self.tries + 1, "not_before": self.not_before}
        tally.note("later" if tried else "back", self._ours().update(**free))

    def wait(self, until: datetime) -> None:
        waits = self._ours().update(state=State.PLANNED, token=None, lease=None, not_before=until)
        tally.note("for_the_day", waits)

    def put_off(self, until: datetime) -> None:
        """Its day is another letter’s: it is due anew, and still the letter of its slot."""
        free = {"state": State.PLANNED, "token": None, "lease": None}
        tally.note("put_off", self._ours().update(due_at=until, not_before=until, **free))

    def skip(self, reason: Reason) -> None:
        tally.note(f"skipped_{reason}", self._ours().update(state=State.SKIPPED, reason=reason))

    def close(self, state: State) -> None:
        """A letter that was refused did not come on that day; one of which nobody knows may have."""
        gone = {} if state == State.UNSURE else {"handed_on": None}
        tally.note("refused" if state == State.FAILED else str(state), self._ours().update(state=state, **gone))

    def _ours(self) -> DeliveryQuerySet:
        return Delivery.objects.filter(pk=self.pk, token=self.token, state__in=[State.CLAIMED, State.HANDED])


def message_id(id: UUID) -> str:
    return f"<{id}@{_domain(settings.DEFAULT_FROM_EMAIL)}>"


@cache
def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2]


def ids_in(words: str) -> list[UUID]:
    """Of the letters whose Message-ID stands there."""
    return [UUID(found) for found in ID.findall(words)]
