"""That the clock is alive: the last pass of a tick notes when everything before it was done.

Beside it stand when a worker last heard the bell of Celery beat, and when a pass last came to no end.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from reminders.models import Heartbeat

NAME, BELL, BROKEN = "tick", "bell", "broken"
SILENCE = timedelta(minutes=5)


def tick(now: datetime) -> None:
    """By the real clock, whatever `now` the pass decided by: this is about the machine."""
    _note(NAME)


def bell() -> None:
    _note(BELL)


def broken() -> None:
    """As far as it can be noted: a database that is away is what breaks most passes."""
    with suppress(DatabaseError, InterfaceError, TransactionManagementError):
        _note(BROKEN)


def heard() -> dict[str, datetime]:
    return dict(Heartbeat.objects.values_list("name", "at"))


def is_broken(at: dict[str, datetime]) -> bool:
    """Whether no pass has come to its end since one did not."""
    return BROKEN in at and (NAME not in at or at[NAME] < at[BROKEN])


def is_heard(now: datetime) -> bool:
    return Heartbeat.objects.filter(name=NAME, at__gt=now - SILENCE).exists()


def _note(name: str) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"at": timezone.now()})
