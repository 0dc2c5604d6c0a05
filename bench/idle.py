"""W11: what all processes hold together that wait for somebody, after everything has been used once."""

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from bench.client import Client
from bench.held import held_by
from bench.places import PASSWORD, ROOT, Place, wait_for
from bench.rounds import tell
from scripts import services
from scripts.children import Child
from scripts.run import CLOCK, QUEUE

ROUNDS, AT_REST = 3, 8  # seconds
BARE = """
from celery import Celery
def application(environ, start):
    start("200 OK", [])
    return [b"ok"]
app = Celery("bare", broker_url="{redis}", task_ignore_result=True, beat_scheduler="celery.beat:Scheduler")
"""


def memory(place: Place) -> None:
    """Web of two processes, worker of two, beat; and the embedded default, web and clock. PostgreSQL and Redis are
    not counted. The floor: the same servers, with nothing of Onward in them.
    """
    with services.redis() as redis:
        for name, beside in (("celery", QUEUE), ("clock", CLOCK)):
            url = redis.url if beside is QUEUE else ""
            ours = sorted(_ours(place, beside, url) for _ in range(ROUNDS))
            floor = sorted(_bare(place, redis.url, beside is QUEUE) for _ in range(ROUNDS))
            detail = {"min": round(ours[0]), "max": round(ours[-1]), "floor_max": round(floor[-1])}
            middle = ROUNDS // 2
            tell(f"W11-web-and-{name}-{place.engine}", ours[middle], "MB", floor[middle], detail)


def _ours(place: Place, beside: dict[str, tuple[str, ...]], redis: str) -> float:
    email = place.person(10_000)
    more = {"REDIS_URL": redis} if redis else {}
    with place.server(**more) as port, _running(place, place.environment | more, *beside.values()):
        ours = Client(port)
        ours.sign_in(email, PASSWORD)
        for _ in range(20):
            ours.get("/today/")
            ours.get("/entries/")
        time.sleep(AT_REST)
        return held_by(place.home)


def _bare(place: Place, redis: str, with_celery: bool) -> float:
    home = place.home / "bare"
    home.mkdir(exist_ok=True)
    (home / "bare.py").write_text(BARE.format(redis=redis))
    environment = place.environment | {"ONWARD_HOME": str(home), "PYTHONPATH": str(home)}
    port = services.free_port()
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--port", str(port)]
    commands = [[*web, "bare:application"]]
    if with_celery:
        commands += [["bare" if word == "config" else word for word in words] for words in QUEUE.values()]
    with _running(place, environment, *commands):
        wait_for(f"http://127.0.0.1:{port}/")
        time.sleep(AT_REST)
        return held_by(home)


@contextmanager
def _running(place: Place, environment: dict[str, str], *commands: list[str] | tuple[str, ...]) -> Iterator[None]:
    with ExitStack() as stack, open(place.home / "idle.log", "ab") as log:
        for command in commands:
            child = Child("beside", *command, cwd=ROOT, env=environment, stdout=log, stderr=log)
            stack.callback(child.end)
        yield
