"""A Sunday evening in Lisbon, and what it takes for a letter to be due on it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from reminders.models import Schedule
from tests.reminders.mailserver import MailServer, serving

# By the wall in Lisbon, whose winter time is UTC.
FRIDAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
DUE = datetime(2026, 11, 22, 18, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def agreed(ada: User) -> Schedule:
    """ada said yes on Friday: Sundays at six."""
    return agree(ada)


def agree(user: User, **rule: Any) -> Schedule:
    schedule = Schedule.weekly(user)
    schedule.change(FRIDAY, active=True, **rule)
    return schedule


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    """A server that speaks the protocol, and Onward configured to use it."""
    with serving() as server:
        reach(settings, server.port)
        yield server


@pytest.fixture
def reached(settings: Any) -> Callable[[int], None]:
    return lambda port: reach(settings, port)


def reach(settings: Any, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_URL = f"smtp://127.0.0.1:{port}"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 2
    settings.DEFAULT_FROM_EMAIL = "Onward <letters@onward.example>"
