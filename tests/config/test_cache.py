"""A cache that is away counts nobody and keeps nobody out."""

import socket
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client

from accounts.models import User
from config import cache as cache_module
from config import cache_table
from config.cache import ForgivingRedis
from scripts import services
from tests.accounts.conftest import SECRET, sign_up


@pytest.fixture
def redis_is_away(settings: Any) -> None:
    nobody = f"redis://127.0.0.1:{services.free_port()}/0"
    options = {"socket_timeout": 1, "socket_connect_timeout": 1}
    settings.CACHES = {"default": {"BACKEND": "config.cache.ForgivingRedis", "LOCATION": nobody, "OPTIONS": options}}


def test_a_key_is_free_and_holds_nothing(redis_is_away: None) -> None:
    assert (cache.add("key", 1, 60), cache.get("key"), cache.get("key", 7), cache.delete("key")) == (
        True,
        None,
        7,
        False,
    )
    cache.set("key", 1, timeout=60)
    assert cache.get("key", default=[]) == []


def test_people_still_come_in(redis_is_away: None, db: None, client: Client) -> None:
    assert client.post("/account/signup/", sign_up(id="one")).headers["Location"] == "/today/"
    client.post("/account/logout/")
    door = {"login": "ada@example.com", "password": SECRET}
    assert client.post("/account/login/", door | {"password": "not the secret"}).status_code == 422
    assert client.post("/account/login/", door).headers["Location"] == "/today/"
    assert User.objects.count() == 1


def test_a_redis_that_never_answers_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes every connection and says nothing: whoever signs in would wait for it twenty times."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(8)
        door.setblocking(False)
        url = f"redis://127.0.0.1:{door.getsockname()[1]}/0"
        asked = ForgivingRedis(url, {"OPTIONS": {"socket_timeout": 0.1, "socket_connect_timeout": 0.1}})
        assert [asked.get("key", 7) for _ in range(3)] == [7, 7, 7]
        assert knocks(door) == 1
        monkeypatch.setattr(cache_module, "asked_again", {})
        assert (asked.add("key", 1), knocks(door)) == (True, 1)


def knocks(door: socket.socket) -> int:
    """Connections since the last time, each of them closed."""
    count = 0
    with suppress(BlockingIOError):
        while True:
            door.accept()[0].close()
            count += 1
    return count


@pytest.mark.services
def test_a_cache_that_is_there_is_a_cache() -> None:
    with services.redis() as redis:
        there = ForgivingRedis(redis.url, {})
        assert (there.add("key", 1, 60), there.add("key", 2, 60), there.get("key")) == (True, False, 1)
        there.set("key", [3], 60)
        assert (there.get("key"), there.delete("key"), there.get("key")) == ([3], True, None)
        there.close()


def test_what_is_over_leaves_the_table_with_the_next_pass(db: None) -> None:
    now = datetime.now(UTC)
    with time_machine.travel(now - timedelta(hours=1), tick=False):
        cache.set("hour-ago", 1, 60)
    cache.set("now", 1, 600)
    cache_table.tick(now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        assert [key.rpartition(":")[2] for (key,) in cursor.fetchall()] == ["now"]
