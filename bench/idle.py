"""W11: what all processes hold together that wait for somebody, after everything has been used once."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

from bench.client import Client
from bench.held import held_by
from bench.places import PASSWORD, QUEUE, ROOT, Place, wait_for
from bench.rounds import tell
from scripts import services
from scripts.children import Child

ROUNDS, MIDDLE = 3, 1
# At rest: so many looks in a row, a second apart, that differ by less than a hundredth.
LOOKS, DIFFER = 4, 1.01
BARE = """
import os
from celery import Celery
def application(environ, start):
    start("200 OK", [])
    return [b"ok"]
app = Celery("bare", broker_url=os.environ["REDIS_URL"], task_ignore_result=True)
app.conf.beat_scheduler = "celery.beat:Scheduler"
"""


def memory(place: Place) -> None:
    """All that `make run` starts: with Redis a web of two processes, a worker of two and beat, without it web and
    clock. Then worker and beat as programs of their own, as docker-compose.yml and deploy/ start them. PostgreSQL and
    Redis are not counted. The floor: the same servers, with nothing of Onward in them, each by itself.
    """
    with services.redis() as redis:
        _tell(f"W11-web-and-celery-{place.engine}", True, lambda: _together(place, REDIS_URL=redis.url))
        _tell(f"W11-web-and-clock-{place.engine}", False, lambda: _together(place))
        if place.engine == "postgresql":
            _tell(f"W11-services-{place.engine}", True, lambda: _services(place, REDIS_URL=redis.url))


def _tell(name: str, with_celery: bool, held: Callable[[], float]) -> None:
    ours, floor = sorted(held() for _ in range(ROUNDS)), _floor(with_celery)
    detail = {"min": round(ours[0]), "max": round(ours[-1]), "floor_max": round(floor[-1])}
    tell(name, ours[MIDDLE], "MB", floor[MIDDLE], detail)


def _together(place: Place, **more: str) -> float:
    email, port = place.person(10_000), services.free_port()
    environment = place.environment | {"DJANGO_SETTINGS_MODULE": "bench.settings", "PORT": str(port)} | more
    with _running(place.home, environment, [sys.executable, "-m", "scripts.run"]):
        wait_for(f"http://127.0.0.1:{port}/")
        return _used(place, port, email)


def _services(place: Place, **more: str) -> float:
    email = place.person(10_000)
    with place.server(**more) as port, _running(place.home, place.environment | more, *map(list, QUEUE.values())):
        return _used(place, port, email)


def _used(place: Place, port: int, email: str) -> float:
    ours = Client(port)
    ours.sign_in(email, PASSWORD)
    for _ in range(20):
        ours.get("/today/")
        ours.get("/entries/")
    return _at_rest(place.home)


@cache
def _floor(with_celery: bool) -> list[float]:
    """Once for both databases: it knows of none. Sorted."""
    with services.redis() as redis, tempfile.TemporaryDirectory(prefix="onward-bench-") as home:
        return sorted(_bare(Path(home), redis.url, with_celery) for _ in range(ROUNDS))


def _bare(home: Path, redis: str, with_celery: bool) -> float:
    (home / "bare.py").write_text(BARE)
    environment = dict(os.environ) | {"ONWARD_HOME": str(home), "PYTHONPATH": str(home), "REDIS_URL": redis}
    port = services.free_port()
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--port", str(port)]
    commands = [[*web, "bare:application"]]
    if with_celery:
        commands += [["bare" if word == "config" else word for word in words] for words in QUEUE.values()]
    with _running(home, environment, *commands):
        wait_for(f"http://127.0.0.1:{port}/")
        return _at_rest(home)


def _at_rest(home: Path) -> float:
    seen: list[float] = []
    while len(seen) < LOOKS or max(seen[-LOOKS:]) > DIFFER * min(seen[-LOOKS:]):
        time.sleep(1)
        seen.append(held_by(home))
    return seen[-1]


@contextmanager
def _running(home: Path, environment: dict[str, str], *commands: list[str]) -> Iterator[None]:
    with ExitStack() as stack, open(home / "idle.log", "ab") as log:
        for command in commands:
            child = Child("beside", *command, patience=40, cwd=ROOT, env=environment, stdout=log, stderr=log)
            stack.callback(child.end)
        yield
