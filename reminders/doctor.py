"""What `manage.py doctor` asks of this app (config.doctor)."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone
from tzdata import IANA_VERSION

from config.doctor import Finding, look, note, well
from reminders import heartbeat, zone_data
from reminders.metrics import WAITING
from reminders.models import Delivery, Heartbeat

LATE = timedelta(hours=12)
PATIENCE = 5  # seconds


def passes() -> Iterator[Finding]:
    """Beat with a worker, or the loop, is alive where the last pass has just come to its end."""
    last = Heartbeat.objects.filter(name=heartbeat.NAME).first()
    if last is None:
        yield look(
            "None has come to its end yet: no letter leaves. Start `manage.py tick --loop`, or beat and a worker."
        )
        return
    ago = timezone.now() - last.at
    said = f"the last one came to its end {_ago(ago)}"
    if ago < -heartbeat.SILENCE:
        yield look(f"By the machine’s clock {said}: the clock has gone back.")
    elif ago > heartbeat.SILENCE:
        yield look(f"Letters wait: {said}. Start `manage.py tick --loop`, or beat and a worker.")
    else:
        yield well(said)


def letters() -> Iterator[Finding]:
    waiting = Delivery.objects.filter(state__in=WAITING, due_at__lt=timezone.now() - LATE).count()
    if waiting:
        yield look(f"{waiting} have waited for more than twelve hours: look at the log of the mail server.")
    else:
        yield well("none has waited for long")


def mail() -> Iterator[Finding]:
    if not settings.EMAIL_URL:
        yield note(f"no mail leaves: finished mails lie in {settings.ONWARD_HOME / 'outbox'}")
        return
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    connection = get_connection(timeout=PATIENCE)
    try:
        connection.open()
    except OSError as error:
        yield look(
            f"The mail server at {where} does not let us in: {type(error).__name__}. EMAIL_URL says how we come."
        )
        return
    connection.close()
    yield well(f"the mail server at {where} lets us in; `manage.py letters test ADDRESS` sends one")
    if not settings.INBOUND_DOMAIN:
        yield note("INBOUND_DOMAIN is not set: nobody answers by replying, and letters that bounce go unnoticed.")


def zone_files() -> Iterator[Finding]:
    old = zone_data.too_old(timezone.now().date())
    yield look(old) if old else well(f"tzdata {IANA_VERSION}")


def _ago(since: timedelta) -> str:
    seconds = int(since.total_seconds())
    if abs(seconds) < 120:
        return f"{seconds} seconds ago"
    return f"{seconds // 60} minutes ago" if seconds < 7200 else f"{seconds // 3600} hours ago"
