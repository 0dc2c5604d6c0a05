"""Limits of our own, counted in the cache that all processes share. allauth counts its own."""

import hashlib
import logging
import time
from threading import Lock

from django.conf import settings
from django.core.cache import cache

log = logging.getLogger(__name__)


class Untold:
    """What this process counted and told nobody yet. The first quarter of a limit stays here, so that to keep a line,
    or to look for one, costs no second commit; each further process, and each that begins anew, may so let a quarter
    more pass.
    """

    KEPT = 1000

    def __init__(self) -> None:
        self._counts, self._lock = dict[str, tuple[int, float]](), Lock()
        self._most = self.KEPT

    def one_more(self, key: str, few: int, until: float) -> int:
        """How many are to be told now; 0: none. `until`: the end of the window, in seconds since 1970."""
        with self._lock:
            count = self._counts.get(key, (0, until))[0]
            told = count > few
            self._counts[key] = (count + 1, until)
            if len(self._counts) > self._most:
                self._forget(time.time())
        return 1 if told else count + 1 if count == few else 0

    def _forget(self, now: float) -> None:
        self._counts = {key: kept for key, kept in self._counts.items() if kept[1] > now}
        self._most = max(self.KEPT, 2 * len(self._counts))


untold = Untold()


def too_often(what: str, whose: object) -> bool:
    """Counts one more of what the settings limit (LIMITS)."""
    most, seconds = settings.LIMITS.get(what, (0, 0))
    return bool(most) and over(what, whose, most, seconds)


def over(what: str, whose: object, most: int, seconds: int) -> bool:
    """Counts one more; True where that is more than `most` within a window of `seconds`.

    A cache that does not answer limits nobody: a limit is there against floods, not against people.
    """
    number = int(time.time()) // seconds
    key = f"limit:{hashlib.sha256(f'{what}:{whose}:{number}'.encode()).hexdigest()}"
    if not (more := untold.one_more(key, most // 4, (number + 1) * seconds)):
        return False
    try:
        count = int(cache.get(key, 0)) + more
        cache.set(key, count, seconds)
    except Exception as error:
        log.warning("The cache does not count: %s.", type(error).__name__)
        return False
    return count > most
