"""W10, W10n: letters from the claim to the mark, into a mail server of our own (bench/sink.py)."""

import json
import smtplib
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

import psycopg

from bench.places import ROOT, Place
from bench.rounds import in_turn, interleaved, progress, tell_figure
from scripts import services
from scripts.children import Child

# Each letter is a commit, which on a SQLite file is three waits for the disk.
LETTERS, ROUNDS = {"postgresql": 5_000, "sqlite": 1_000}, {"postgresql": 3, "sqlite": 3}
# One batch for each connection, so that all of them are busy to the end.
CONNECTIONS, BATCH, ROUND_TRIP = 40, 200, 20
FROM = "letters@onward.example"


class Sink:
    """The server's other end."""

    def __init__(self, port: int) -> None:
        self.port = port

    def connect(self) -> smtplib.SMTP:
        return smtplib.SMTP("127.0.0.1", self.port, timeout=20)

    def count(self) -> dict[str, int]:
        with self.connect() as line:
            _, words = line.docmd("XCOUNT")
        found: dict[str, int] = json.loads(words)
        return found

    def took(self, letters: int) -> None:
        """Each once, whole, to somebody else, under an id of its own."""
        found = self.count()
        if {found[name] for name in ("mails", "whole", "people", "ids")} != {letters}:
            raise RuntimeError(f"{letters} letters were sent, and the server has {found}.")


@contextmanager
def serving(round_trip: float = 0) -> Iterator[Sink]:
    """In a process of its own; `round_trip` in ms."""
    port = services.free_port()
    child = Child("sink", sys.executable, "-m", "bench.sink", str(port), str(round_trip), cwd=ROOT)
    try:
        deadline = time.monotonic() + 20
        while not _answers(port) and time.monotonic() < deadline:
            time.sleep(0.02)
        yield Sink(port)
    finally:
        child.end()


def _answers(port: int) -> bool:
    try:
        smtplib.SMTP("127.0.0.1", port, timeout=5).quit()
    except OSError:
        return False
    return True


def one_process(place: Place) -> None:
    """W10; its floor gives a finished letter of ours as often to the same server over one connection."""
    letters = LETTERS[place.engine]
    progress(f"W10: {letters} letters in {place.engine}")
    with serving() as sink, place.inside(**_reached(sink)) as ask:
        ask("crowd.gather", letters, letters)
        letter = _like_ours(sink, ask, letters)

        used: list[float] = []

        def deliver() -> float:
            taken = ask("crowd.deliver")
            used.append(taken["cpu"] * 1000 / letters)
            return float(taken["seconds"])

        def ours() -> float:
            return _sent(sink, ask, letters, deliver)

        found = in_turn({"ours": ours, "floor": lambda: _handed_over(sink, letter, letters)}, ROUNDS[place.engine])
        memory = round(ask("crowd.peak_of_this_process"))
        detail = {"letters": letters, "letter_bytes": len(letter), "peak_mb": memory}
        detail |= {"cpu_ms_a_letter": round(median(used), 3)} | _commits(place, found["floor"].middle)
        tell_figure(f"W10-letters-{place.engine}", found["ours"], found["floor"], "letters/s", **detail)


def _commits(place: Place, floor: float) -> dict[str, float]:
    """What a commit of one row alone takes on this disk, and the floor's rate with one before each of its mails: a
    letter cannot be quicker than its gate."""
    if place.engine != "postgresql":
        return {}
    with psycopg.connect(place.environment["DATABASE_URL"], autocommit=True) as line:
        line.execute("CREATE TABLE IF NOT EXISTS bench_commit (n integer)")
        line.execute("INSERT INTO bench_commit VALUES (0)")
        taken = interleaved({"commit": lambda: line.execute("UPDATE bench_commit SET n = n + 1")})["commit"]
    with_a_commit = 1000 / (1000 / floor + taken.middle)
    return {"commit_ms": round(taken.middle, 3), "floor_with_a_commit_a_mail": round(with_a_commit)}


def over_a_network(place: Place) -> None:
    """W10n, on PostgreSQL alone: nobody runs forty senders on one SQLite file."""
    if place.engine != "postgresql":
        return
    letters = CONNECTIONS * BATCH
    with serving(ROUND_TRIP) as sink, place.inside() as seed, place.inside(**_reached(sink)) as ask:
        seed("crowd.gather", letters, letters)

        def ours() -> float:
            return _sent(sink, seed, letters, lambda: ask("crowd.deliver_by", CONNECTIONS))

        letter = b"Subject: One line\r\n\r\n" + b"The same words again.\r\n" * 400
        found = in_turn({"ours": ours, "floor": lambda: _handed_over_by_many(sink, letter, letters // 2)}, 3)
        ceiling = CONNECTIONS / (4 * ROUND_TRIP / 1000)
        detail = {"four_round_trips_a_letter": ceiling, "connections": CONNECTIONS}
        tell_figure(f"W10n-letters-{place.engine}", found["ours"], found["floor"], "letters/s", **detail)


def _reached(sink: Sink) -> dict[str, str]:
    return {"EMAIL_URL": f"smtp://127.0.0.1:{sink.port}", "DEFAULT_FROM_EMAIL": f"Onward <{FROM}>"}


def _sent(sink: Sink, prepare: Callable[..., Any], letters: int, send: Callable[[], float]) -> float:
    """Letters a second; what was planned beforehand is not counted."""
    prepare("crowd.rewind")
    if prepare("crowd.plan") != letters:
        raise RuntimeError("Not everybody has a letter waiting.")
    seconds = send()
    sink.took(letters)
    return letters / seconds


def _like_ours(sink: Sink, ask: Callable[..., Any], letters: int) -> bytes:
    """A finished mail as long as ours are."""
    ask("crowd.rewind")
    ask("crowd.plan")
    ask("crowd.deliver")
    size = sink.count()["bytes"] // letters
    line = b"The same words again, and as many of them as a letter of ours has in a line.\r\n"
    return b"Subject: One line\r\n\r\n" + line * (size // len(line))


def _handed_over(sink: Sink, letter: bytes, letters: int) -> float:
    begun = time.perf_counter()
    with sink.connect() as line:
        for number in range(letters):
            line.sendmail(FROM, f"p{number}@example.com", letter)
    seconds = time.perf_counter() - begun
    if sink.count()["mails"] != letters:
        raise RuntimeError("The server has not taken every mail of the floor.")
    return letters / seconds


def _handed_over_by_many(sink: Sink, letter: bytes, letters: int) -> float:
    def some() -> None:
        with sink.connect() as line:
            for number in range(letters // CONNECTIONS):
                line.sendmail(FROM, f"p{number}@example.com", letter)

    threads = [threading.Thread(target=some) for _ in range(CONNECTIONS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    if sink.count()["mails"] != letters:
        raise RuntimeError("The server has not taken every mail of the floor.")
    return letters / seconds
