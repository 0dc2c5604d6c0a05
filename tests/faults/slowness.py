"""People who stall: headers that come a byte at a time, bodies that never end, readers who never read. Others are
answered meanwhile, nothing of a body that broke off is kept, and whoever stalls is let go.
"""

import resource
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from statistics import quantiles
from threading import Event, Thread
from uuid import uuid4

from bench.client import Client
from tests.faults.crowds import WIDE, Writer, asked, signed_in
from tests.faults.figures import Figures
from tests.faults.place import Place
from tests.faults.writing import NOTHING

FEW = 1_000  # ms that others may wait at most, whatever the machine
LET_GO = 240  # seconds until the last of them has to be let go
LINE = "Half a line"
ESTABLISHED = "01"  # in /proc/net/tcp
STATIC = 30  # files asked for at once by whoever reads none: more than the system holds for them


def slow(place: Place, connections: int, asking: int, patient: bool = True) -> Figures:
    """A third of each kind. The bar is three times what others wait in calm. `patient` waits until all are let go."""
    names = place.inside("writers", people=2)
    with place.web(**WIDE) as port, standing(names, port) as writers:
        calm = [asked(writer, number) for number in range(asking) for writer in writers]
        with stalling(port, writers[0], connections) as (stalled, still):
            took = [asked(writer, number) for number in range(asking) for writer in writers]
            begun = time.monotonic()
            while patient and open_still(stalled, port) and time.monotonic() - begun < LET_GO:
                time.sleep(0.5)
            tied = open_still(stalled, port) if patient else 0
            gone = time.monotonic() - begun
            still.set()
        told = {id: text for writer in writers for id, text in writer.told.items()}
        counts = place.inside("held_against", told=told)
        halves = place.inside("kept") - len(told)
        errors = len(took) + len(calm) - sum(writer.answers[200] + writer.answers[303] for writer in writers)
    counts["missing"] += tied + halves + errors
    before, p95 = (quantiles(each, n=20)[-1] * 1000 for each in (calm, took))
    note = f"{before:.0f} ms in calm, {errors} errors, {halves} halves kept"
    note += f", {tied} still tied after {gone:.0f} s" if patient else ""
    bar = max(FEW, 3 * before)
    return Figures("people who stall", place.engine, connections, **NOTHING | counts, note=note, ms=p95, at_most_ms=bar)


@contextmanager
def standing(names: list[str], port: int) -> Iterator[list[Writer]]:
    writers = [Writer(*each) for each in signed_in(names, port, len(names))]
    yield writers
    for writer in writers:
        writer.client.connection.close()


@contextmanager
def stalling(port: int, writer: Writer, connections: int) -> Iterator[tuple[list[socket.socket], Event]]:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    each, over = connections // 3, Event()
    heads = [opened(port, b"GET /account/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ") for _ in range(each)]
    bodies = [opened(port, half_a_line(writer)) for _ in range(each)]
    readers = [opened(port, asks_for_files(port), deaf=True) for _ in range(connections - 2 * each)]

    def trickle() -> None:
        while not over.wait(1):
            for one in heads:
                with suppress(OSError):
                    one.send(b"x")

    thread = Thread(target=trickle)
    thread.start()
    try:
        yield [*heads, *bodies, *readers], over
    finally:
        over.set()
        thread.join()
        for one in [*heads, *bodies, *readers]:
            one.close()


def opened(port: int, words: bytes, deaf: bool = False) -> socket.socket:
    one = socket.socket()
    if deaf:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    one.settimeout(30)
    one.connect(("127.0.0.1", port))
    one.sendall(words)
    one.setblocking(False)
    return one


def half_a_line(writer: Writer) -> bytes:
    """A form that would hold as it stands, of which more was announced."""
    cookies = "; ".join(f"{name}={value}" for name, value in writer.client.cookies.items())
    body = f"csrfmiddlewaretoken={writer.token}&id={uuid4()}&kind=win&body={LINE}".replace(" ", "+")
    head = f"POST /entries/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\nContent-Length: {len(body) + 40}\r\n"
    return f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}".encode()


def asks_for_files(port: int) -> bytes:
    with closing((client := Client(port)).connection):
        sheet = client.get("/account/login/").partition('rel="stylesheet" href="')[2].partition('"')[0]
    return f"GET {sheet} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode() * STATIC


def open_still(stalled: list[socket.socket], port: int) -> int:
    """As the server's side has it (Linux): what was sent and never read hides from us that it hung up."""
    ours = {one.getsockname()[1] for one in stalled}
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ends = [(int(row[1][-4:], 16), int(row[2][-4:], 16)) for row in rows if row[3] == ESTABLISHED]
    return sum(here == port and there in ours for here, there in ends)
