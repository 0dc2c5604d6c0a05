import time
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reminders import heartbeat

STARTED = time.monotonic()
# Who has only now begun has not heard the clock yet.
GRACE = heartbeat.SILENCE.total_seconds()


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`ok`, or 503 and the parts that are not."""
    parts = {"database": _database, "cache": _cache, "clock": _clock}
    ill = [name for name, works in parts.items() if not _tried(works)]
    return HttpResponse(" ".join(ill) or "ok", content_type="text/plain", status=503 if ill else 200)


def _tried(works: Callable[[], bool]) -> bool:
    try:
        return works()
    except Exception:
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def _cache() -> bool:
    cache.get("health")
    return True


def _clock() -> bool:
    return time.monotonic() - STARTED < GRACE or heartbeat.is_heard(timezone.now())
