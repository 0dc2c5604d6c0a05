"""Many people who write at once and send again whatever was not answered: while the web is killed, and all in one go.

What has to happen inside a place (tests.faults.inside) stands here as well.
"""

import http.client
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
from os import kill
from pathlib import Path
from signal import SIGKILL
from statistics import quantiles
from threading import Barrier, Event, Thread
from typing import Any
from uuid import uuid4

from bench.client import Client
from bench.places import wait_for as answers
from scripts import services
from scripts.children import Child
from tests.faults.figures import Figures
from tests.faults.person import SECRET
from tests.faults.place import HANGS, Place, killed, wait_for
from tests.faults.writing import NOTHING

# Limits that are counted as always and never reached.
WIDE = {"DJANGO_SETTINGS_MODULE": "bench.settings"}
PEOPLE = 3
BACK = 15_000  # ms until somebody is answered again after a kill; all of the web is loaded anew for every second one
CALM = 15_000  # ms that a request of a burst may take, two hundred of them at once and two cores


class Writer:
    """One connection. `told`: each line that was answered as kept, by its id; `answers`: whatever was answered."""

    def __init__(self, client: Client, token: str) -> None:
        self.client, self.token = client, token
        self.told: dict[str, str] = {}
        self.answers: Counter[int] = Counter()
        self.again = 0
        # Since when it waits for an answer, and since when it had waited for the last one that came.
        self.asking = self.answered = 0.0

    def keep(self, text: str, over: Event) -> None:
        """Sends one form until it is answered as kept, as a browser's own tries and a person's hand would."""
        line = {"csrfmiddlewaretoken": self.token, "id": str(uuid4()), "kind": "win", "body": text}
        deadline = time.monotonic() + HANGS
        while not self._sent(line):
            if over.is_set() or time.monotonic() > deadline:
                return
            self.again += 1
            time.sleep(random.uniform(0.05, 0.2))
        self.told[line["id"]] = text

    def _sent(self, line: dict[str, str]) -> bool:
        self.asking = begun = time.monotonic()
        try:
            status, _ = self.client.ask("POST", "/entries/", line)
        except (OSError, http.client.HTTPException):
            self.client.connection.close()
            return False
        finally:
            self.asking = 0.0
        self.answers[status] += 1
        if status < 400:
            self.answered = begun
        return status < 400


def web(place: Place, kills: int, writers: int = 6) -> Figures:
    """kill -9 of a process that answers, and in turn of all of the web, each time with requests in hand."""
    names = place.inside("writers", people=PEOPLE)
    with open_door(place) as (port, door):

        def strike(number: int) -> None:
            if number % 2:
                killed(door)
                door.start()
            else:
                kill(random.choice(processes(door)), SIGKILL)

        crowd = [Writer(*each) for each in signed_in(names, port, writers)]
        back = written_through(crowd, kills, strike, lambda: bool(processes(door)))
    return reckoned("kill -9 of the web", place, crowd, back)


def written_through(
    crowd: list[Writer], blows: int, strike: Callable[[int], None], ready: Callable[[], bool] = lambda: True
) -> list[float]:
    """Seconds until somebody was answered who had asked after each blow, the shortest first."""
    with writing(crowd):
        return sorted(struck(crowd, partial(strike, number), ready) for number in range(blows))


def reckoned(name: str, place: Place, crowd: list[Writer], back: list[float], may_err: bool = True) -> Figures:
    """Where nothing may err, each answer that is an error is missing."""
    told = {id: text for writer in crowd for id, text in writer.told.items()}
    counts = place.inside("held_against", told=told)
    errors = sum(count for writer in crowd for status, count in writer.answers.items() if status >= 500)
    counts["missing"] += not told
    counts["missing"] += 0 if may_err else errors
    note = f"{len(told)} kept, sent again {sum(writer.again for writer in crowd)} times, {errors} errors"
    note += f", back after {back[len(back) // 2]:.1f} s, {back[-1]:.1f} s at most"
    p95 = quantiles([0.0, *back], n=20)[-1] * 1000
    return Figures(name, place.engine, len(back), **NOTHING | counts, note=note, ms=p95, at_most_ms=BACK)


@contextmanager
def open_door(place: Place, **environment: str) -> Iterator[tuple[int, Child]]:
    port = services.free_port()
    child = place.serve(port, **WIDE | environment)
    try:
        answers(f"http://127.0.0.1:{port}/", child)
        yield port, child
    finally:
        child.end()


def signed_in(names: list[str], port: int, connections: int) -> Iterator[tuple[Client, str]]:
    """So many connections of these people, each with a token for its forms."""
    doors = []
    for name in names:
        client = Client(port)
        doors.append((client, client.sign_in(name, SECRET)))
    for number in range(connections):
        first, token = doors[number % len(doors)]
        client = Client(port)
        client.cookies = dict(first.cookies)
        yield client, token
    for client, _ in doors:
        client.connection.close()


@contextmanager
def writing(crowd: list[Writer]) -> Iterator[None]:
    """Line after line, until it is over; then each waits until its last one is kept."""
    over = Event()

    def on(writer: Writer, who: int) -> None:
        with closing(writer.client.connection):
            for number in count():
                if over.is_set():
                    return
                writer.keep(f"Line {number} of {who}.", Event())

    threads = [Thread(target=on, args=(writer, who)) for who, writer in enumerate(crowd)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def struck(crowd: list[Writer], strike: Callable[[], None], ready: Callable[[], bool]) -> float:
    """Seconds until somebody is answered who asked after the blow."""
    time.sleep(random.uniform(0, 0.3))
    wait_for(lambda: any(writer.asking for writer in crowd) and ready())
    strike()
    blow = time.monotonic()
    wait_for(lambda: any(writer.answered > blow for writer in crowd))
    return time.monotonic() - blow


def processes(door: Child) -> list[int]:
    """Those that answer: forks of the one that was started."""
    parent = door.process.pid
    try:
        return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    except FileNotFoundError:
        return []


def burst(place: Place, requests: int, connections: int) -> Figures:
    """So many connections that begin at one moment, each with a line to keep, a page to read, a line to keep …"""
    begin, names = Barrier(connections), place.inside("writers", people=PEOPLE)
    with place.web(**WIDE) as port:
        crowd = [Writer(*each) for each in signed_in(names, port, connections)]

        def all_of(writer: Writer) -> list[float]:
            begin.wait()
            with closing(writer.client.connection):
                return [asked(writer, number) for number in range(requests // connections)]

        begun = time.monotonic()
        with ThreadPoolExecutor(connections) as pool:
            took = [seconds for each in pool.map(all_of, crowd) for seconds in each]
        whole = time.monotonic() - begun
    told = {id: text for writer in crowd for id, text in writer.told.items()}
    counts = place.inside("held_against", told=told)
    statuses = sum((writer.answers for writer in crowd), Counter[int]())
    wrong = sum(count for status, count in statuses.items() if status not in (200, 303)) + len(took) - statuses.total()
    note = f"{connections} connections, {len(took) / whole:.0f} a second, {wrong} errors, {len(told)} lines kept"
    counts["missing"] += wrong
    p95 = quantiles(took, n=20)[-1] * 1000
    return Figures("a burst", place.engine, len(took), **NOTHING | counts, note=note, ms=p95, at_most_ms=CALM)


def asked(writer: Writer, number: int) -> float:
    """Seconds. Nothing is sent a second time: what is not answered is an error."""
    over, begun = Event(), time.monotonic()
    over.set()
    if number % 2:
        try:
            writer.answers[writer.client.ask("GET", "/entries/")[0]] += 1
        except (OSError, http.client.HTTPException):
            writer.client.connection.close()
    else:
        writer.keep(f"Line {number}, {uuid4()}.", over)
    return time.monotonic() - begun


# Inside


def writers(people: int) -> list[str]:
    """So many who can sign in, alone in the place."""
    from accounts.models import User
    from tests.faults.inside import files_of_pages

    User.objects.all().delete()
    names = [f"w{number}@example.com" for number in range(people)]
    for name in names:
        User.objects.create_user(name, SECRET, time_zone="Europe/Lisbon")
    files_of_pages()
    return names


def held_against(told: dict[str, str]) -> dict[str, int]:
    """What was answered as kept against what is there. A line has words that no other has, or it is there twice; one
    that nobody was told of is neither.
    """
    from journal.models import Entry

    there = {str(entry.pk): entry.body for entry in Entry.objects.all()}
    lines = Counter((str(entry.owner_id), entry.body) for entry in Entry.objects.all())
    missing = sum(there.get(id) != text for id, text in told.items())
    return {"missing": missing, "double_records": sum(count - 1 for count in lines.values())}


INSIDE: dict[str, Any] = {"writers": writers, "held_against": held_against}
