"""Doors for Celery: primitives in, one call, nothing else."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from celery import Task
from django.utils.dateparse import parse_datetime

from config import passes
from config.celery import app
from reminders import delivery, heartbeat

LONGEST = 64
ISO = re.compile(r"[0-9T:.Z+-]+")


class Door(Task):
    """Nothing that somebody wrote fits through: numbers, ids and instants alone."""

    def apply_async(self, args: Any = None, kwargs: Any = None, *rest: Any, **options: Any) -> Any:
        refuse_words(args, kwargs)
        return super().apply_async(args, kwargs, *rest, **options)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        refuse_words(args, kwargs)
        return super().__call__(*args, **kwargs)


def refuse_words(args: Any, kwargs: Any) -> None:
    """Raises ValueError, which says nothing of what it saw."""
    for value in [*(args or ()), *(kwargs or {}).values()]:
        if not (value is None or isinstance(value, int | UUID) or _is_plain(value)):
            raise ValueError("A task takes numbers, ids and instants alone.")


def _is_plain(value: Any) -> bool:
    if not isinstance(value, str) or len(value) > LONGEST:
        return False
    try:
        return bool(UUID(value))
    except ValueError:
        return bool(ISO.fullmatch(value)) and _instant(value) is not None


def _instant(text: str) -> datetime | None:
    """An instant without a zone is UTC."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)


@app.task(base=Door)  # type: ignore[untyped-decorator]
def tick(now_iso: str | None = None) -> None:
    """One pass over all that waits; `now_iso` stands for the clock in what it decides."""
    now = _instant(now_iso) if now_iso else datetime.now(UTC)
    if now is None:
        raise ValueError("tick takes an ISO instant.")
    heartbeat.bell()
    passes.run(now.astimezone(UTC))


@app.task(base=Door)  # type: ignore[untyped-decorator]
def deliver(ahead: int) -> None:
    """Helps with the letters that wait, by a clock so many seconds ahead of the real one (reminders.bells)."""
    delivery.deliver(delivery.going_on_from(datetime.now(UTC) + timedelta(seconds=ahead)))
