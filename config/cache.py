"""The shared cache that counts attempts. Without it nobody is counted, and everybody still comes in."""

import logging
import time
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis import Redis
from redis.exceptions import RedisError
from redis.sentinel import Sentinel, SentinelConnectionPool

from config.sentinel import watched

REST = 10  # seconds in which a Redis that did not answer is not asked again: a sign-in asks it twenty times
log = logging.getLogger(__name__)
# When each server is asked again, by a monotonic clock; of this process alone.
asked_again: dict[str, float] = {}


class ForgivingRedis(RedisCache):
    """Redis that may be away: then a key is free to take and holds nothing. What has to last is in the database."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._server = str(server)

    def add(self, *key: Any, **options: Any) -> bool:
        return bool(self._or(True, "add", *key, **options))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._or(default, "get", key, default, version)

    def set(self, *key: Any, **options: Any) -> None:
        self._or(None, "set", *key, **options)

    def delete(self, *key: Any, **options: Any) -> bool:
        return bool(self._or(False, "delete", *key, **options))

    def _or(self, without: Any, name: str, *arguments: Any, **options: Any) -> Any:
        if time.monotonic() < asked_again.get(self._server, 0):
            return without
        try:
            return getattr(super(), name)(*arguments, **options)
        except RedisError as error:
            log.warning("Redis does not answer: %s.", type(error).__name__)
            asked_again[self._server] = time.monotonic() + REST
            return without


class Pool(SentinelConnectionPool):
    """For Django's cache, which makes its pool of an address."""

    @classmethod
    def from_url(cls, url: str, **options: Any) -> "Pool":
        at = watched(url)
        assert at
        patience = {name: value for name, value in options.items() if name.startswith("socket_")}
        return cls(at.name, Sentinel(at.sentinels, **patience), **options | at.known())  # type: ignore[no-untyped-call]


def client(url: str, **options: Any) -> Redis:
    """A connection to the Redis of REDIS_URL, of either kind."""
    if watched(url):
        return Redis(connection_pool=Pool.from_url(url, **options))
    return Redis.from_url(url, **options)
