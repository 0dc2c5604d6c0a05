"""Before a server that speaks the protocol: what it takes, refuses, puts off or leaves unsaid."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from accounts.models import User
from reminders import delivery
from reminders.models import Delivery, Schedule
from reminders.models.delivery import State
from scripts import services
from tests.reminders.conftest import DUE, HOUR, MINUTE, agree, reach
from tests.reminders.mailserver import MailServer, serving


@pytest.fixture(params=[False, True], ids=["by step", "at once"])
def mail_server(request: pytest.FixtureRequest, settings: Any) -> Iterator[MailServer]:
    """One that wants each step by itself, and one that takes some at once (RFC 2920)."""
    with serving(pipelines=request.param) as server:
        reach(settings, server.port)
        yield server


@pytest.fixture
def three(db: None) -> None:
    """p0, p1 and p2, in the order in which their letters are due."""
    for number in range(3):
        user = User.objects.create_user(f"p{number}@example.com", "a long enough secret", time_zone="Europe/Lisbon")
        agree(user, local_time=(DUE - (3 - number) * MINUTE).time())


def states() -> list[str]:
    return list(Delivery.objects.order_by("due_at").values_list("state", flat=True))


def test_a_letter_arrives_whole(mail_server: MailServer, agreed: Schedule) -> None:
    delivery.tick(DUE)
    [letter] = mail_server.mails
    assert mail_server.recipients == [["ada@example.com"]]
    assert letter["Subject"] == "Three things, whenever you’re ready"
    assert letter["Message-ID"] == Delivery.objects.get().message_id
    assert letter["Message-ID"].endswith("@onward.example>")
    assert states() == [State.SENT]


def test_many_letters_share_one_connection_and_none_a_recipient(mail_server: MailServer, three: None) -> None:
    delivery.tick(DUE)
    assert mail_server.connections == 1
    assert mail_server.recipients == [["p0@example.com"], ["p1@example.com"], ["p2@example.com"]]


@pytest.mark.parametrize("place", ["at_rcpt", "at_data"])
def test_what_is_put_off_comes_later_and_once(mail_server: MailServer, three: None, place: str) -> None:
    getattr(mail_server, place).append("451 later, please")
    delivery.tick(DUE)
    assert states() == [State.PLANNED, State.SENT, State.SENT]
    row = Delivery.objects.order_by("due_at")[0]
    assert (row.tries, row.handed_on, row.token) == (1, None, None)
    assert 48 <= (row.not_before - DUE).total_seconds() <= 80
    delivery.tick(DUE + 2 * MINUTE)
    assert states() == [State.SENT] * 3
    assert len(mail_server.mails) == 3


def test_each_further_try_waits_longer(mail_server: MailServer, agreed: Schedule) -> None:
    mail_server.at_rcpt += ["450 later"] * 6
    now, waits = DUE, []
    for _ in range(6):
        delivery.tick(now)
        not_before = Delivery.objects.get().not_before
        waits.append((not_before - now).total_seconds() / 60)
        now = not_before
    for waited, minutes in zip(waits, [1, 5, 15, 60, 60, 60], strict=True):
        assert minutes * 0.8 <= waited <= minutes * 1.2 + 0.1


@pytest.mark.parametrize("place", ["at_rcpt", "at_data"])
def test_what_is_refused_is_not_tried_again(mail_server: MailServer, three: None, place: str) -> None:
    getattr(mail_server, place).append("550 nobody here by that name")
    for later in range(3):
        delivery.tick(DUE + later * HOUR / 2)
    assert states() == [State.FAILED, State.SENT, State.SENT]
    assert len(mail_server.mails) == 2


@pytest.mark.parametrize("odd", ["p0@example.com\nBcc: bea@example.com", "p0@", "@", "p\u00f60@example.com"])
def test_an_address_that_no_server_takes_keeps_nobody_elses_from_going(
    mail_server: MailServer, three: None, odd: str
) -> None:
    User.objects.filter(email="p0@example.com").update(email=odd)
    delivery.tick(DUE)
    assert states()[1:] == [State.SENT, State.SENT]
    assert [one for many in mail_server.recipients for one in many][-2:] == ["p1@example.com", "p2@example.com"]
    assert "bea@example.com" not in str(mail_server.recipients)


def test_a_line_that_drops_before_the_letter_was_given_costs_nothing(mail_server: MailServer, three: None) -> None:
    mail_server.at_rcpt.append("drop")
    delivery.tick(DUE)
    assert states() == [State.PLANNED, State.SENT, State.SENT]
    assert mail_server.connections == 2


def test_a_line_that_drops_while_the_letter_is_given_costs_that_one_alone(mail_server: MailServer, three: None) -> None:
    """Whether it was taken nobody knows, so it is never sent again."""
    mail_server.at_data.append("drop")
    for later in range(4):
        delivery.tick(DUE + later * HOUR / 2)
    assert states() == [State.UNSURE, State.SENT, State.SENT]
    assert len(mail_server.mails) == 2


def test_a_server_that_is_away_costs_nothing(three: None, reached: Callable[[int], None]) -> None:
    reached(services.free_port())
    delivery.tick(DUE)
    assert states() == [State.PLANNED] * 3
    assert set(Delivery.objects.values_list("tries", "handed_on")) == {(1, None)}


def test_after_six_hours_without_a_server_each_letter_comes_once_in_the_morning(
    mail_server: MailServer, three: None, reached: Callable[[int], None]
) -> None:
    reached(services.free_port())
    for minutes in range(0, 360, 5):
        delivery.tick(DUE + minutes * MINUTE)
    reached(mail_server.port)
    for minutes in range(360, 960, 5):
        delivery.tick(DUE + minutes * MINUTE)
    assert states() == [State.SENT] * 3
    assert len(mail_server.mails) == 3
    lisbon = [row.hour for row in Delivery.objects.values_list("handed_at", flat=True)]
    assert lisbon == [8, 8, 8]


@contextmanager
def silent() -> Iterator[int]:
    """Accepts, and never says a word."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(8)
        yield door.getsockname()[1]


def test_a_server_that_never_answers_costs_nothing_and_not_much_time(
    three: None, settings: Any, reached: Callable[[int], None]
) -> None:
    with silent() as port:
        reached(port)
        settings.EMAIL_TIMEOUT = 0.2
        delivery.tick(DUE)
    assert states() == [State.PLANNED] * 3


def test_no_transaction_is_open_while_a_letter_is_given(mail_server: MailServer, transactional_db: None) -> None:
    """The server looks while it takes the letter: the row says handed, to everybody."""
    seen: list[str] = []
    ada = User.objects.create_user("ada@example.com", "a long enough secret", time_zone="Europe/Lisbon")
    agree(ada)
    mail_server.meanwhile = lambda mail: seen.extend(seen_from_elsewhere())
    delivery.tick(DUE)
    assert seen == [State.HANDED]
    assert states() == [State.SENT]


def seen_from_elsewhere() -> list[str]:
    """By another connection, in the server's own thread."""
    from django.db import connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT state FROM reminders_delivery")
            return [row[0] for row in cursor.fetchall()]
    finally:
        connection.close()


# A server of its own mind, that takes steps at once


@contextmanager
def answering(*answers: str) -> Iterator[tuple[int, list[bytes]]]:
    """Gives these answers to MAIL, RCPT, DATA as they come together, then only listens; what it heard after them."""
    heard: list[bytes] = []

    def serve(door: socket.socket) -> None:
        line, _ = door.accept()
        with line, line.makefile("rb") as words:
            line.sendall(b"220 here\r\n")
            words.readline()
            line.sendall(b"250-here\r\n250 PIPELINING\r\n")
            for _ in range(3):
                words.readline()
            line.sendall("".join(f"{answer}\r\n" for answer in answers).encode())
            heard.append(words.read())

    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(1)
        thread = threading.Thread(target=serve, args=(door,))
        thread.start()
        yield door.getsockname()[1], heard
        thread.join(20)


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        (("250 ok", "550 nobody", "354 go on"), State.FAILED),
        (("250 ok", "451 later", "354 go on"), State.PLANNED),
        (("451 later", "250 ok", "354 go on"), State.PLANNED),
    ],
)
def test_a_server_that_refuses_a_reader_and_wants_the_letter_gets_no_byte_of_it(
    agreed: Schedule, reached: Callable[[int], None], answers: tuple[str, ...], state: State
) -> None:
    with answering(*answers) as (port, heard):
        reached(port)
        delivery.tick(DUE)
    assert heard == [b""]
    assert states() == [state]


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        (("550 not you", "503 who?", "503 whom?"), State.FAILED),
        (("250 ok", "250 ok", "451 later"), State.PLANNED),
        (("250 ok", "250 ok", "250 ok"), State.PLANNED),
    ],
)
def test_the_first_refusal_counts(
    agreed: Schedule, reached: Callable[[int], None], answers: tuple[str, ...], state: State
) -> None:
    with answering(*answers) as (port, heard):
        reached(port)
        delivery.tick(DUE)
    assert b"Subject" not in heard[0]
    assert states() == [state]


def test_a_server_that_hangs_up_between_the_answers_has_taken_nothing(
    agreed: Schedule, reached: Callable[[int], None], settings: Any
) -> None:
    with answering("250 ok", "250 ok") as (port, heard):
        reached(port)
        settings.EMAIL_TIMEOUT = 0.5
        delivery.tick(DUE)
    assert heard == [b""]
    assert states() == [State.PLANNED]
