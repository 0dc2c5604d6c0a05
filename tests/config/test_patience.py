"""Whoever stalls ties nothing up, and half a body is nobody's."""

import io
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from config.patience import FORM, SMALL, UNMOVED, Patient, Watch

NOBODY = 9  # a port at which none of our connections is


def sent(body: bytes, length: int | None, **more: str) -> tuple[str, bytes, list[bytes]]:
    """What is answered, and which bodies the application got."""
    got: list[bytes] = []
    said: list[str] = []

    def application(environ: dict[str, Any], start: Any) -> list[bytes]:
        got.append(environ["wsgi.input"].read())
        start("200 OK", [])
        return [b"kept"]

    environ = {"wsgi.input": io.BytesIO(body)} | ({} if length is None else {"CONTENT_LENGTH": str(length)}) | more
    answer = b"".join(Patient(application, NOBODY)(environ, lambda status, headers: said.append(status)))
    return said[0], answer, got


def test_a_body_comes_to_the_application_as_it_was_sent() -> None:
    for body in (b"", b"body=Rang+her.", b"x" * SMALL, b"x" * (SMALL + 1)):
        assert sent(body, len(body)) == ("200 OK", b"kept", [body])
    assert sent(b"body=Rang+her.", None, HTTP_TRANSFER_ENCODING="chunked") == ("200 OK", b"kept", [b"body=Rang+her."])


def test_what_broke_off_is_not_kept() -> None:
    for length in (20, SMALL + 1):
        status, answer, got = sent(b"body=Rang", length)
        assert (status, got) == ("400 Bad Request", [])
        assert b"nothing was kept" in answer


def test_what_is_larger_than_a_form_breaks_off_where_it_is_read() -> None:
    try:
        sent(b"x" * SMALL, FORM + 1)
    except OSError as error:
        assert type(error).__name__ == "BrokenOff"
    else:
        raise AssertionError("It was read as if it were whole.")


@contextmanager
def connection() -> Iterator[tuple[socket.socket, socket.socket, int]]:
    """Somebody's end, ours, and our port."""
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        port = door.getsockname()[1]
        with closing(socket.create_connection(("127.0.0.1", port))) as theirs:
            ours, _ = door.accept()
            with closing(ours):
                theirs.settimeout(5)
                yield theirs, ours, port


def test_a_connection_on_which_nothing_moves_is_closed() -> None:
    with connection() as (theirs, ours, port):
        watch = Watch(port)
        theirs.sendall(b"half")
        watch.look(0)
        watch.look(UNMOVED - 1)
        ours.sendall(b"still here")
        assert theirs.recv(100) == b"still here"
        watch.look(UNMOVED)
        assert theirs.recv(100) == b""


def test_a_connection_on_which_something_moves_stays() -> None:
    with connection() as (theirs, ours, port):
        watch = Watch(port)
        watch.look(0)
        theirs.sendall(b"x" * 2000)
        watch.look(UNMOVED)
        watch.look(2 * UNMOVED - 1)
        ours.sendall(b"still here")
        assert theirs.recv(100) == b"still here"


def test_connections_to_elsewhere_are_none_of_its_business() -> None:
    """The database, Redis and the mail server stand at ports of their own."""
    with connection() as (theirs, ours, port):
        watch = Watch(NOBODY)
        watch.look(0)
        watch.look(10 * UNMOVED)
        ours.sendall(b"still here")
        assert theirs.recv(100) == b"still here"
