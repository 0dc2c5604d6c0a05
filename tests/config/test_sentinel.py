"""A Redis behind Sentinel: the cache and the bell find the server that answers now."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kombu
import pytest
from redis.exceptions import RedisError

from config import broker, sentinel
from config.cache import ForgivingRedis, client
from scripts import services
from scripts.children import Child
from tests.commands.processes import eventually

URL = "sentinel://:a%2Fb@a,b:26380/main/2"


def test_the_address_of_a_watched_redis_is_read() -> None:
    at = sentinel.watched(URL)
    assert at == sentinel.Watched([("a", 26379), ("b", 26380)], "main", 2, "", "a/b")
    assert at.broker() == "sentinel://:a%2Fb@a:26379/2;sentinel://:a%2Fb@b:26380/2"
    assert at.known() == {"db": 2, "password": "a/b"}


def test_another_redis_is_told_as_it_is() -> None:
    told = broker.celery("redis://:secret@a:6379/0", "onward")
    assert (told["broker_url"], "master_name" in told["broker_transport_options"]) == (
        "redis://:secret@a:6379/0",
        False,
    )


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with services.redis() as redis:
        door = redis.url.rpartition(":")[2].partition("/")[0]
        settings, port = tmp_path / "sentinel.conf", services.free_port()
        words = ["bind 127.0.0.1", f"port {port}", f"dir {tmp_path}", f"sentinel monitor main 127.0.0.1 {door} 1"]
        settings.write_text("\n".join(words) + "\n")
        child = Child("Sentinel", "redis-server", str(settings), "--sentinel", "--logfile", str(tmp_path / "log"))
        try:
            url = f"sentinel://127.0.0.1:{port}/main/0"
            eventually(lambda: answers(url))
            yield url
        finally:
            child.end()


def answers(url: str) -> bool:
    try:
        return bool(client(url, socket_timeout=1).ping())
    except RedisError:
        return False


@pytest.mark.services
def test_attempts_are_counted_and_bells_ring_through_sentinel(url: str) -> None:
    options: dict[str, Any] = broker.cache(url)["OPTIONS"]
    there = ForgivingRedis(url, {"OPTIONS": options})
    there.set("attempts", 3)
    told = broker.celery(url, "onward")
    with kombu.Connection(told["broker_url"], transport_options=told["broker_transport_options"]) as line:
        queue = line.SimpleQueue("onward")
        queue.put({"bell": 1})
        heard = queue.get(timeout=5).payload
        queue.close()
    assert (there.get("attempts"), client(url).get(":1:attempts"), heard) == (3, b"3", {"bell": 1})
