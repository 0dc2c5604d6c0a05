"""What dies: workers in the middle of a batch, and the database under them."""

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from scripts.children import Child
from tests.faults.figures import Figures, reckoned
from tests.faults.place import HANGS, Place, killed, wait_for
from tests.reminders.mailserver import MailServer, serving

MINUTE = timedelta(minutes=1)
# A Sunday morning in Lisbon, whose winter time is UTC: there is a whole day in which a late letter may still go.
DUE = datetime(2026, 11, 22, 9, tzinfo=UTC)
ZONE = "Europe/Lisbon"
PAUSE = 0.01  # seconds that a mail server takes for a letter: most kills find a letter in hand
A_MINUTE = 5  # letters that become due each minute: about as many as a worker sends before it dies


class Seat:
    """One worker after the other, with a mail server that sees what each has done."""

    def __init__(self, place: Place, mail: MailServer) -> None:
        self.place, self.mail = place, mail
        self.child: Child | None = None

    @property
    def empty(self) -> bool:
        return self.child is None or self.child.dead

    def take(self, now: datetime) -> None:
        """A worker begins, to be killed after some letters, or after some time wherever it then is."""
        if self.child:
            self.child.clear()
        self.child = self.place.tick(now, self.mail)
        self.letters = len(self.mail.mails) + random.randint(1, 4)
        self.until = time.monotonic() + (random.uniform(0.5, 3) if random.random() < 0.15 else HANGS)

    @property
    def ripe(self) -> bool:
        return not self.empty and (len(self.mail.mails) >= self.letters or time.monotonic() > self.until)


class Crew:
    """Three seats at work, each worker's clock a minute ahead of the one that sat down before it."""

    def __init__(self, place: Place, servers: list[MailServer]) -> None:
        self.seats = [Seat(place, mail) for mail in servers]
        self.clock = (DUE + number * MINUTE for number in count())
        self.now = DUE

    def keep_busy(self) -> None:
        for seat in self.seats:
            if seat.empty:
                self.now = next(self.clock)
                seat.take(self.now)

    def kill_one(self) -> None:
        """Waits until one is in the middle of its batch."""
        wait_for(self.one_is_ripe)
        seat = next(seat for seat in self.seats if seat.ripe)
        assert seat.child
        killed(seat.child)

    def one_is_ripe(self) -> bool:
        self.keep_busy()
        return any(seat.ripe for seat in self.seats)

    def clear(self) -> None:
        for seat in self.seats:
            if seat.child:
                seat.child.clear()


@contextmanager
def crew(place: Place, minutes: int) -> Iterator[tuple[Crew, list[MailServer], list[str]]]:
    """Slow mail servers, and letters that become due for so many minutes."""
    names = place.inside("crowd", people=A_MINUTE * minutes, due=DUE, zone=ZONE, apart=60 / A_MINUTE)
    with ExitStack() as stack:
        servers = [stack.enter_context(serving()) for _ in range(3)]
        for server in servers:
            server.pause = PAUSE
        made = Crew(place, servers)
        stack.callback(made.clear)
        yield made, servers, names


def finished(place: Place, made: Crew, servers: list[MailServer], minutes: int) -> dict[str, Any]:
    """Whoever is still at work is killed as well; then healthy workers go on until nothing is open."""
    made.clear()
    for server in servers:
        server.pause = 0
    found: dict[str, Any] = place.inside("finish", servers[0], now=max(made.now, DUE + minutes * MINUTE) + 3 * MINUTE)
    return found


def workers(place: Place, kills: int) -> Figures:
    """kill -9 of one of three workers, again and again; each may take one letter with it."""
    minutes = 2 * kills + 10
    with crew(place, minutes) as (made, servers, names):
        for _ in range(kills):
            made.kill_one()
        found = finished(place, made, servers, minutes)
        return reckoned("kill -9 of workers", place.engine, kills, names, found, servers, may_lose=cut_short(found))


def cut_short(found: dict[str, Any]) -> int:
    """Batches in which somebody had gone through the gate and was not heard of again: each may lose one letter."""
    return len({row["token"] for row in found["rows"] if row["state"] == "unsure"})


def database(place: Place, stops: int) -> Figures:
    """PostgreSQL stopped at once under three workers, and started again."""
    minutes = 6 * stops + 10
    with crew(place, minutes) as (made, servers, names):
        for _ in range(stops):
            wait_for(made.one_is_ripe)
            place.stop_database()
            place.start_database()
            for seat in made.seats:
                seat.letters = len(seat.mail.mails) + random.randint(1, 4)
        found = finished(place, made, servers, minutes)
        return reckoned("PostgreSQL stopped", place.engine, stops, names, found, servers, may_lose=cut_short(found))
