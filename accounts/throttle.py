"""Limits of our own, counted in the cache that all processes share. allauth counts its own."""

import hashlib
import logging
import time

from django.conf import settings
from django.core.cache import cache

log = logging.getLogger(__name__)


def too_often(what: str, whose: object) -> bool:
    """Counts one more of what the settings limit (LIMITS)."""
    most, seconds = settings.LIMITS.get(what, (0, 0))
    return bool(most) and over(what, whose, most, seconds)


def over(what: str, whose: object, most: int, seconds: int) -> bool:
    """Counts one more; True where that is more than `most` within a window of `seconds`.

    A cache that does not answer limits nobody: a limit is there against floods, not against people.
    """
    window = f"{what}:{whose}:{int(time.time()) // seconds}"
    key = f"limit:{hashlib.sha256(window.encode()).hexdigest()}"
    try:
        count = int(cache.get(key, 0)) + 1
        cache.set(key, count, seconds)
    except Exception as error:
        log.warning("The cache does not count: %s.", type(error).__name__)
        return False
    return count > most
