"""Limits that are never reached and that each line asks Redis about; one that did not answer is asked again at once:
fifty blows are met in a minute.
"""

from accounts import throttle
from bench.settings import *  # noqa: F403
from config import cache

cache.REST = 0.1  # type: ignore[assignment]
throttle.Untold.one_more = lambda *_: 1  # type: ignore[method-assign]
