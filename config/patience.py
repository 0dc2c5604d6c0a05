"""How long somebody may take to send and to read (docs/decisions/0028).

A thread that waits for a body is in the waiting room; only who has sent all of it comes to one of a few at work. A
connection on which next to nothing moves is closed, and whoever waited for it is free.
"""

import io
import os
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

AT_WORK = 32
WAITING_ROOM = 512
# Larger bodies than SMALL wait for one of a few places, so that memory is bounded; what is larger than any form is read
# by the view itself.
SMALL, FORM, PLACES = 64 * 1024, 9 * 1024 * 1024, 8
# A connection on which in so many seconds fewer than so many bytes went either way is closed; sooner where the waiting
# room is half full: a line that waits longer than that for others’ (SQLite, config/env.py) is then kept unanswered.
UNMOVED, PRESSED, LEAST = 180, 20, 1024
LOOK = 2  # seconds between two looks at the connections
PLAIN = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store, private")]
SHORT = "This did not arrive whole, so nothing was kept. Go back: your words may still be in the box."
CROWDED = "Many large files are on their way in. Nothing was kept yet: go back, and send it again in a minute."
ACKNOWLEDGED = 120  # where in Linux’s struct tcp_info the bytes stand that were read elsewhere; those received follow
Start = Callable[..., Any]


class BrokenOff(OSError):
    """Somebody hung up in the middle of a body."""


class Patient:
    """A WSGI application around another."""

    def __init__(self, application: Callable[[dict[str, Any], Start], Iterable[bytes]], port: int) -> None:
        self.application = application
        self.work, self.places = threading.BoundedSemaphore(AT_WORK), threading.BoundedSemaphore(PLACES)
        self.watch = Watch(port)

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        self.watch.begin()
        length = _length(environ)
        if length == 0:
            return self._worked(environ, start)
        if 0 < length <= SMALL:
            return self._received(environ, start, length)
        if not self.places.acquire(timeout=PRESSED):
            start("503 Service Unavailable", [*PLAIN, ("Retry-After", "60")])
            return [CROWDED.encode()]
        try:
            return self._received(environ, start, length)
        finally:
            self.places.release()

    def _received(self, environ: dict[str, Any], start: Start, length: int) -> Iterable[bytes]:
        """Half a line is never kept."""
        body = Whole(environ["wsgi.input"], length)
        try:
            with self.watch.waiting():
                environ["wsgi.input"] = io.BytesIO(body.read()) if 0 < length <= FORM else io.BufferedReader(body)
        except BrokenOff:
            start("400 Bad Request", PLAIN)
            return [SHORT.encode()]
        return self._worked(environ, start)

    def _worked(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        with self.work:
            return self.application(environ, start)


class Whole(io.RawIOBase):
    """A body of a length that was told, or none (below zero). Raises BrokenOff where less comes."""

    def __init__(self, sent: Any, length: int) -> None:
        self.sent, self.length, self.taken = sent, length, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        wanted = len(buffer) if self.length < 0 else min(len(buffer), self.length - self.taken)
        piece = self.sent.read(wanted) if wanted else b""
        if len(piece) < wanted and self.length > 0:
            raise BrokenOff
        buffer[: len(piece)] = piece
        self.taken += len(piece)
        return len(piece)


class Moved(NamedTuple):
    since: float
    bytes: int


class Watch:
    """A thread of each process that answers. Linux alone tells what moves on a connection; elsewhere nobody watches."""

    def __init__(self, port: int) -> None:
        self.port, self.waiters = port, 0
        self.lock, self.begun = threading.Lock(), False
        self.known: dict[str, Moved] = {}

    def begin(self) -> None:
        """After the fork, with the first request."""
        if not self.begun:
            with self.lock:
                if not self.begun and os.path.isdir("/proc/self/fd"):
                    threading.Thread(target=self._go_round, name="watch", daemon=True).start()
                self.begun = True

    @contextmanager
    def waiting(self) -> Iterator[None]:
        with self.lock:
            self.waiters += 1
        try:
            yield
        finally:
            with self.lock:
                self.waiters -= 1

    def _go_round(self) -> None:
        while True:
            time.sleep(LOOK)
            self.look(time.monotonic())

    def look(self, now: float) -> None:
        patience = PRESSED if self.waiters > WAITING_ROOM // 2 else UNMOVED
        found: dict[str, Moved] = {}
        for name, connection in self._connections():
            with connection, suppress(OSError, struct.error):
                moved = sum(struct.unpack_from("QQ", _told_by_system(connection), ACKNOWLEDGED))
                before = self.known.get(name)
                if before is None or moved - before.bytes >= LEAST:
                    found[name] = Moved(now, moved)
                elif now - before.since < patience:
                    found[name] = before
                else:
                    connection.shutdown(socket.SHUT_RDWR)
        self.known = found

    def _connections(self) -> Iterator[tuple[str, socket.socket]]:
        """Those that came to our port, by a name that no later one has. A copy: theirs stays with the server."""
        for file in os.listdir("/proc/self/fd"):
            with suppress(OSError):
                name = os.readlink(f"/proc/self/fd/{file}")
                if name.startswith("socket:"):
                    connection = socket.socket(fileno=os.dup(int(file)))
                    if _is_ours(connection, self.port):
                        yield name, connection
                    else:
                        connection.close()


def _is_ours(connection: socket.socket, port: int) -> bool:
    if connection.family not in (socket.AF_INET, socket.AF_INET6):
        return False
    listens = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    return not listens and bool(connection.getsockname()[1] == port)


def _told_by_system(connection: socket.socket) -> bytes:
    return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 192)


def _length(environ: dict[str, Any]) -> int:
    """Below zero where a body comes whose length nobody has said."""
    said = environ.get("CONTENT_LENGTH")
    if said:
        return int(said)
    return -1 if environ.get("HTTP_TRANSFER_ENCODING") else 0
