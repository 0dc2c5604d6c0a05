"""That the clock is alive: the last pass of a tick notes when everything before it was done."""

from datetime import datetime, timedelta

from django.utils import timezone

from reminders.models import Heartbeat

NAME = "tick"
SILENCE = timedelta(minutes=5)


def tick(now: datetime) -> None:
    """By the real clock, whatever `now` the pass decided by: this is about the machine."""
    Heartbeat.objects.update_or_create(name=NAME, defaults={"at": timezone.now()})


def is_heard(now: datetime) -> bool:
    return Heartbeat.objects.filter(name=NAME, at__gt=now - SILENCE).exists()
