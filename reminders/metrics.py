"""What /metrics says of letters and of the clock: how many, how late, how long since (config.metrics)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from tzdata import IANA_VERSION

from accounts.models import User
from config.exposition import Gauge
from reminders import heartbeat, zone_data
from reminders.models import Delivery, Schedule, WriteLink, ZoneData
from reminders.models.delivery import State

A_DAY = timedelta(days=1)
OVERDUE = timedelta(minutes=5)
WAITING = [State.PLANNED, State.CLAIMED]


def gauges(now: datetime) -> Iterator[Gauge]:
    """Seven questions, however many people there are; each of letters goes by an index of its own."""
    yield _of_the_day(now)
    yield from _waiting(now)
    yield from _schedules(now)
    alive = WriteLink.objects.filter(expires_at__gt=now).count()
    yield Gauge.one("onward_write_links", "Links in letters by which something can still be added.", alive)
    yield from _passes(now)
    noted = ZoneData.objects.filter(name=zone_data.NAME).values_list("version", flat=True).first() or ""
    versions = {"version": IANA_VERSION, "reckoned_by": noted}
    same = int(noted == IANA_VERSION)
    age = (now.date() - zone_data.published()).days
    yield Gauge.one("onward_zone_data_age_days", "Since the zone files here were published.", age)
    yield Gauge("onward_zone_data", "1 where every letter is reckoned by the zone files here.", [(versions, same)])
    yield Gauge.one("onward_people", "Accounts.", User.objects.count())


def _of_the_day(now: datetime) -> Gauge:
    rows = Delivery.objects.filter(~Q(state=State.PAST), due_at__gt=now - A_DAY)
    found = rows.values_list("kind", "state", "reason").annotate(Count("pk")).order_by("kind", "state", "reason")
    samples = [({"kind": kind, "state": state, "reason": why}, number) for kind, state, why, number in found]
    return Gauge("onward_letters_day", "Letters whose hour came in the last 24 hours, by what became of them.", samples)


def _waiting(now: datetime) -> Iterator[Gauge]:
    found = Delivery.objects.filter(state__in=WAITING).values_list("kind", "state").order_by("kind", "state")
    rows = list(found.annotate(Count("pk"), Min("due_at")))
    samples = [({"kind": kind, "state": state}, number) for kind, state, number, _ in rows]
    yield Gauge("onward_letters_waiting", "Letters that are still to go.", samples)
    oldest = max((now - due_at for *_, due_at in rows), default=timedelta(0))
    seconds = max(0.0, oldest.total_seconds())
    yield Gauge.one("onward_letters_waiting_oldest_seconds", "Since the hour of the one that waits longest.", seconds)


def _schedules(now: datetime) -> Iterator[Gauge]:
    late = Count("pk", filter=Q(next_at__lt=now - OVERDUE))
    found = Schedule.objects.filter(active=True).values_list("kind").order_by("kind")
    rows = list(found.annotate(active=Count("pk"), late=late))
    active = [({"kind": kind}, number) for kind, number, _ in rows]
    yield Gauge("onward_schedules_active", "Kinds of letter that somebody said yes to.", active)
    overdue = [({"kind": kind}, number) for kind, _, number in rows]
    yield Gauge("onward_schedules_overdue", "Of these, due for more than five minutes and not planned.", overdue)


def _passes(now: datetime) -> Iterator[Gauge]:
    at = heartbeat.heard()
    ago = {name: (now - heard).total_seconds() for name, heard in at.items()}
    yield Gauge.one("onward_clock_heard_seconds", "Since the end of the last pass.", ago.get(heartbeat.NAME))
    yield Gauge.one("onward_bell_heard_seconds", "Since a worker last heard Celery beat.", ago.get(heartbeat.BELL))
    broken = int(heartbeat.is_broken(at))
    yield Gauge.one("onward_pass_broken", "1 where the last pass came to no end.", broken)
