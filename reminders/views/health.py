import time
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from config import preparation
from reminders import heartbeat
from reminders.models import Heartbeat

STARTED = time.monotonic()
# Who has only now begun has not heard the clock yet.
GRACE = heartbeat.SILENCE.total_seconds()
# Shorter than whoever asks is patient (docker-compose.yml).
PATIENCE = 2


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`ok`, or 503 and the parts that are not."""
    ill = _ill()
    return HttpResponse(" ".join(ill) or "ok", content_type="text/plain", status=503 if ill else 200)


def _ill() -> list[str]:
    """What stands in the database is not asked while it is away: each question would wait for it once more."""
    if not _tried(_database):
        return ["database"]
    return [name for name, works in {"cache": _cache, "clock": _clock}.items() if not _tried(works)]


def _tried(works: Callable[[], bool]) -> bool:
    try:
        return works()
    except Exception:
        return False


def _database() -> bool:
    """It answers, and it is ours: where its file is gone, SQLite makes an empty one."""
    preparation.ask_database(PATIENCE)
    Heartbeat.objects.exists()
    return True


def _cache() -> bool:
    cache.get("health")
    return True


def _clock() -> bool:
    return time.monotonic() - STARTED < GRACE or heartbeat.is_heard(timezone.now())
