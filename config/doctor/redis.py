"""The shared cache, and who listens to the bell."""

import secrets
from collections.abc import Iterator

from django.conf import settings
from django.core.cache import cache

from config.doctor import Finding, look, note, well


def cache_works() -> bool:
    """Written and read back: the cache itself forgives a Redis that is away."""
    mark = secrets.token_hex(8)
    cache.set("doctor", mark, 60)
    return bool(cache.get("doctor") == mark)


def cache_found() -> Iterator[Finding]:
    kind = "Redis" if settings.REDIS_URL else "the database"
    if cache_works():
        yield well(f"attempts are counted in {kind}")
    else:
        yield look(f"{kind} does not keep what it is given: attempts to sign in are not limited meanwhile.")
    if settings.REDIS_URL:
        yield from _redis()


def _redis() -> Iterator[Finding]:
    from config.cache import client

    server = client(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2)
    said = server.info("memory")
    if said.get("maxmemory") and said.get("maxmemory_policy") != "noeviction":
        yield look(f"Its maxmemory-policy is {said['maxmemory_policy']}, which drops bells; set noeviction.")
    if "@" not in settings.REDIS_URL:
        yield note("REDIS_URL has no password; nobody else may reach that Redis.")


def workers() -> Iterator[Finding]:
    if not settings.REDIS_URL:
        yield note("no Redis, so none is needed: `manage.py tick --loop` does the passes")
        return
    from config.celery import app

    heard = app.control.ping(timeout=1.0)
    if heard:
        yield well(f"{len(heard)} answer")
    else:
        yield look("No Celery worker answers. Start one, or `manage.py tick --loop` in its place.")
