"""When one kind of letter may come to one person."""

import copy
import secrets
from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.by_owner import ByOwner
from accounts.days import zone_of
from accounts.models import User
from reminders import clock
from reminders.kinds import KINDS, WEEKLY
from reminders.models.delivery import Delivery, State

# As far as a rest reaches: a calendar needs some room behind it.
FAR = date(9900, 1, 1)


def stop_token() -> str:
    """22 characters: the header line with the address that stops letters is never folded."""
    return secrets.token_urlsafe(16)


def proposed(kind: str) -> dict[str, Any]:
    """When such a letter comes where nobody said otherwise."""
    return {"weekday": KINDS[kind].weekday, "local_time": KINDS[kind].wall}


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    def of(self, user: User) -> Self:
        return self.filter(owner=user)

    def stopped_by(self, token: str) -> "Schedule | None":
        """None for a token that nobody has; PostgreSQL takes no question with a NUL in it."""
        return self.select_related("owner").filter(stop_token=token).first() if token.isprintable() else None

    def due(self, now: datetime) -> Self:
        return self.filter(active=True, next_at__lte=now)

    def astray(self, at: datetime) -> Self:
        """Due only after that."""
        return self.filter(active=True, next_at__gt=at).order_by("-next_at")

    def count_unanswered(self, sent: Collection[Delivery]) -> None:
        """One more for each that was sent, whether it will be answered or not (reminders.quiet looks at three)."""
        for kind in {delivery.kind for delivery in sent}:
            owners = [delivery.owner_id for delivery in sent if delivery.kind == kind and not delivery.farewell]
            self.filter(kind=kind, owner__in=owners).update(unanswered=models.F("unanswered") + 1)

    def by_kind(self, user: User) -> dict[str, "Schedule"]:
        """One of every kind, in their order: the person's, or the one that it would be. Nothing is kept by asking."""
        stand = {schedule.kind: schedule for schedule in self.of(user)}
        rest = max((one.paused_until for one in stand.values() if one.paused_until), default=None)
        every = {kind: stand.get(kind) or Schedule(kind=kind, paused_until=rest, **proposed(kind)) for kind in KINDS}
        for schedule in every.values():
            schedule.owner = user
        return every

    def rest(self, user: User, until: date | None, now: datetime) -> None:
        """Every kind of letter, until that day comes; None ends the rest.

        Who rests was heard, and is told that letters come again by themselves: what stayed unanswered counts no more.
        """
        rests = {"paused_until": min(until, FAR), "since": now, "unanswered": 0} if until else {"paused_until": None}
        self.of(user).update(**rests)

    def rest_begins(self, user: User, today: date) -> date:
        """Tomorrow, where a letter left today: a week's rest from a Sunday's letter has none on the next Sunday."""
        return today + clock.DAY if Delivery.objects.of(user).filter(handed_on=today).exists() else today

    def rested_until(self, owner_id: Any) -> date | None:
        """A letter that is agreed to during a rest begins when the others do."""
        rests: dict[str, date | None] = self.filter(owner=owner_id).aggregate(until=models.Max("paused_until"))
        return rests["until"]

    @transaction.atomic
    def move(self, user: User, zone: str, now: datetime) -> None:
        """The person's one time zone, and with it every letter that is still to come."""
        if user.time_zone == zone:
            return
        user.time_zone = zone
        user.save(update_fields=["time_zone"])
        self.begin_anew(user, now)

    @transaction.atomic
    def begin_anew(self, user: User, now: datetime) -> None:
        """Every letter is reckoned from now on: what was due before goes no more."""
        for schedule in self.of(user):
            schedule.owner = user
            schedule.change(now, anew=True)


class Schedule(ByOwner):
    """It has no zone: the person's is the only one."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    # Found through the constraint, which begins with it.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, default=WEEKLY)
    weekday = models.PositiveSmallIntegerField(null=True, default=6)
    local_time = models.TimeField(default=time(18))
    active = models.BooleanField(default=False)
    agreed_at = models.DateTimeField(null=True)
    # Slots up to the last change are not due.
    since = models.DateTimeField(default=timezone.now)
    # Nothing is due while the zone is unknown.
    next_at = models.DateTimeField(null=True)
    # Letters of the days before this one are not sent.
    paused_until = models.DateField(null=True)
    unanswered = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    stop_token = models.CharField(max_length=22, default=stop_token)

    objects: ClassVar[ScheduleQuerySet] = ScheduleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind"], name="one_schedule_a_kind"),
            # Not `unique`: for a text that makes a second index, for prefixes, which every plan would have to write.
            models.UniqueConstraint(fields=["stop_token"], name="one_schedule_a_token"),
        ]
        indexes = [models.Index(fields=["next_at"], condition=Q(active=True), name="schedule_next")]

    @classmethod
    def weekly(cls, user: User) -> "Schedule":
        return cls.one(user, WEEKLY)

    @classmethod
    def one(cls, user: User, kind: str) -> "Schedule":
        """The person's, or the one that it would be; nothing is kept by asking."""
        schedule = cls.objects.of(user).filter(kind=kind).first() or cls(owner=user, kind=kind, **proposed(kind))
        schedule.owner = user
        return schedule

    @classmethod
    def kept_weekly(cls, user: User) -> "Schedule":
        schedule, _ = cls.objects.get_or_create(owner=user, kind=WEEKLY)
        return schedule

    @property
    def is_kept(self) -> bool:
        return not self._state.adding

    def imagined(self, zone: str, **rule: Any) -> "Schedule":
        """This one by another rule and another clock, to look at; never to be kept."""
        other, owner = copy.copy(self), copy.copy(self.owner)
        if zone != owner.time_zone or any(getattr(self, name) != value for name, value in rule.items()):
            other.unanswered = 0
        owner.time_zone = zone
        for name, value in {"owner": owner, **rule}.items():
            setattr(other, name, value)
        return other

    # Changing

    @transaction.atomic
    def change(self, now: datetime, *, anew: bool = False, **rule: Any) -> None:
        """Takes `weekday`, `local_time`, `active`. A letter that was planned by the old rule goes no more.

        Where nothing changes (and it is not to be reckoned `anew`) what was planned stays planned.
        """
        self._lock()
        changed = {name: value for name, value in rule.items() if getattr(self, name) != value}
        if not (changed or anew):
            return
        for name, value in changed.items():
            setattr(self, name, value)
        if "active" in changed:
            self.agreed_at = now if self.active else None
        self.since, self.version, self.unanswered = now, self.version + 1, 0
        self.next_at = None if self._is_silent() else self.next_after(now)
        self.save()
        Delivery.objects.filter(owner_id=self.owner_id, kind=self.kind, state=State.PLANNED).delete()

    def _lock(self) -> None:
        """From here on this is the row as it stands, made if it was not there; two tabs wait for each other."""
        rows = Schedule.objects.select_for_update()
        first = proposed(self.kind) | {"paused_until": lambda: Schedule.objects.rested_until(self.owner_id)}
        stands, _ = rows.get_or_create(owner_id=self.owner_id, kind=self.kind, defaults=first)
        for field in self._meta.concrete_fields:
            setattr(self, field.attname, getattr(stands, field.attname))
        self._state.adding = False

    def _is_silent(self) -> bool:
        return User.objects.filter(pk=self.owner_id, silence__isnull=False).exists()

    def rest(self, until: date | None) -> None:
        """Until that day comes no letter does; None ends the rest."""
        self.paused_until = until and min(until, FAR)
        Schedule.objects.filter(owner=self.owner_id, pk=self.pk).update(paused_until=self.paused_until)

    # Time

    def resting_until(self, now: datetime) -> date | None:
        """None where the rest is over."""
        today = now.astimezone(zone_of(self.owner)).date()
        return self.paused_until if self.paused_until and self.paused_until > today else None

    @property
    def rule(self) -> clock.Rule:
        return clock.Rule(self.local_time, self.weekday, KINDS[self.kind].monthday)

    def next_after(self, now: datetime) -> datetime | None:
        zone = clock.zone_named(self.owner.time_zone)
        return clock.next_due(self.rule, now, zone).due_at if zone and self.active else None

    def newest_due(self, now: datetime) -> clock.Slot | None:
        """None where the last slot was before the yes, or before the last change."""
        zone = clock.zone_named(self.owner.time_zone)
        slot = clock.newest_due(self.rule, now, zone) if zone else None
        return slot if slot and slot.due_at > self.since else None

    def next_letter(self, now: datetime) -> clock.Slot | None:
        """The next one that may really go: after the rest, if there is one."""
        zone = clock.zone_named(self.owner.time_zone)
        if not zone:
            return None
        rested = clock.instant(self.paused_until - clock.DAY, time.max, zone) if self.paused_until else now
        return clock.next_due(self.rule, max(now, rested), zone)
