"""Celery's bell: a Redis that dies, forgets or never answers, and more clocks than there should be."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import cycle
from statistics import quantiles
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import redis

from accounts.days import zones
from bench.client import Client
from scripts import services
from scripts.children import Child
from tests.faults.figures import Figures, reckoned
from tests.faults.kills import cut_short
from tests.faults.place import HANGS, Place, killed, wait_for
from tests.reminders.mailserver import MailServer, serving

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
APART = 0.5  # seconds between two letters: there is always one to ring for
DEAF = 30  # seconds without a letter after which Redis is struck again all the same
BAR = 300  # ms


def noon_zone(now: datetime) -> str:
    """Where it is noon by the real clock, which Celery goes by: a letter that is late may go at once."""
    return next(zone for zone in zones() if now.astimezone(ZoneInfo(zone)).hour == 12)


def storm(place: Place, blows: int, people: int) -> Figures:
    """Redis killed and flushed in turn, while beat rings and a worker works."""
    with ExitStack() as stack:
        names, mail = at_noon(place, stack, people)
        server = stack.enter_context(services.redis())
        family = Family(place.worker(mail, server.url), place.beat(server.url))
        stack.callback(family.end)
        one_more(mail, family)
        heard = 0
        for _, blow in zip(range(blows), cycle((kill, flush)), strict=False):
            blow(server)
            heard += one_more(mail, family)
        family.end()
        found = place.inside("finish", mail, now=afterwards(people))
    note = f"heard again {heard} times, a worker started again {family.again} times"
    loss = cut_short(found)
    return reckoned("Redis killed, flushed", place.engine, blows, names, found, [mail], may_lose=loss, note=note)


class Family:
    """Children of which one that ends by itself is started again, as `make run` and docker-compose.yml do: a Celery
    worker that loses its Redis in the middle of a task gives up (celery/kombu issue 582).
    """

    def __init__(self, *children: Child) -> None:
        self.children, self.again = children, 0

    def look_after(self) -> None:
        for child in self.children:
            if child.dead:
                child.clear()
                child.start()
                self.again += 1

    def end(self) -> None:
        for child in self.children:
            child.ask_to_end()
        for child in self.children:
            child.end()


def at_noon(place: Place, stack: ExitStack, people: int) -> tuple[list[str], MailServer]:
    """Some letters are due already, one more every half second."""
    now = datetime.now(UTC).replace(microsecond=0)
    names = place.inside("crowd", people=people, due=now - 5 * SECOND, zone=noon_zone(now), apart=APART)
    return names, stack.enter_context(serving())


def afterwards(people: int) -> datetime:
    """When every letter is due, and no lease lasts."""
    return datetime.now(UTC) + people * APART * SECOND + 3 * MINUTE


def one_more(mail: MailServer, family: Family) -> bool:
    """Whether another letter comes while somebody has patience."""
    came, until = len(mail.mails), time.monotonic() + DEAF

    def enough() -> bool:
        family.look_after()
        return len(mail.mails) > came or time.monotonic() > until

    wait_for(enough)
    return len(mail.mails) > came


def kill(server: services.Server) -> None:
    killed(server.child)
    server.child.start()


def flush(server: services.Server) -> None:
    with redis.Redis.from_url(server.url) as client:
        wait_for(lambda: answered(client))
        client.flushall()


def answered(client: Any) -> bool:
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False


def too_many_clocks(place: Place, people: int) -> Figures:
    """Two beats, two workers and two loops, all at once, until every letter has come."""
    with ExitStack() as stack:
        names, mail = at_noon(place, stack, people)
        server = stack.enter_context(services.redis())
        bells = [child for _ in range(2) for child in (place.beat(server.url), place.worker(mail, server.url))]
        family = Family(*bells, place.loop(mail), place.loop(mail))
        stack.callback(family.end)
        wait_for(lambda: len(mail.mails) >= people, patience=people * APART + HANGS)
        family.end()
        found = place.inside("finish", mail, now=afterwards(people))
    return reckoned("two beats, workers, loops", place.engine, len(family.children), names, found, [mail])


def black_hole(place: Place, saves: int) -> Figures:
    """A Redis that takes connections and never answers: a save is measured, and every line is kept."""
    place.inside("writer", email="ada@example.com", password="a long enough secret")
    with nobody_answers() as redis_url, web(place, redis_url) as client:
        begun = time.monotonic()
        token = client.sign_in("ada@example.com", "a long enough secret")
        note = f"a sign-in takes {time.monotonic() - begun:.1f} s"
        took = [saved(client, token) for _ in range(saves)]
    missing = saves - place.inside("kept")
    p95 = quantiles(took, n=20)[-1] * 1000
    return Figures("Redis never answers: web saves", place.engine, saves, 0, 0, 0, 0, 0, 0, 0, missing, note, p95, BAR)


@contextmanager
def nobody_answers() -> Iterator[str]:
    with closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        door.listen(1024)
        yield f"redis://127.0.0.1:{door.getsockname()[1]}/0"


@contextmanager
def web(place: Place, redis_url: str) -> Iterator[Client]:
    with place.web(REDIS_URL=redis_url) as port:
        client = Client(port)
        with closing(client.connection):
            yield client


def saved(client: Client, token: str) -> float:
    """Seconds. Any answer other than the way back to Today is an error, and raises."""
    line = {"csrfmiddlewaretoken": token, "id": str(uuid4()), "kind": "win", "body": "Opened the letter."}
    begun = time.monotonic()
    client.post("/entries/", line, status=303)
    return time.monotonic() - begun
