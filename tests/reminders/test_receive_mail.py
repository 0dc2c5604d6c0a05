"""The real command, as a mail server meets it."""

import re
import secrets
import signal
import smtplib
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scripts.children import Child
from tests.reminders.programs import LANGUAGES, PROGRAMS
from tests.running import ROOT, Running

pytestmark = pytest.mark.services
CANARY = "heliotrope tamarisk 7f3a91"
MX = "mx.onward.example"
DOMAIN = "in.onward.example"
# One whole address book of a person: an owner with a yes, and the token of a letter that they have.
READY = """
from datetime import timedelta
from allauth.account.models import EmailAddress
from django.utils import timezone
from accounts.models import User
from reminders import replies
from reminders.letters import asked_monday
now = timezone.now()
ada = User.objects.create_user("ada@example.com", "a long enough secret", time_zone="Europe/Lisbon")
EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
replies.decide(ada, True, now)
door = replies.address_for(ada, "weekly", asked_monday(now.date()), now)
door.row.save(force_insert=True)
print(door.address)
"""
TOLD = """
from accounts.models import User
from journal.models import Entry, Unproven
ada = User.objects.get()
print([row.body for row in Entry.objects.of(ada).order_by("created_at")])
print([row.lines for row in Unproven.objects.of(ada).waiting()])
"""


class Taking:
    """`manage.py receive_mail` beside an embedded Onward that was prepared and has ada in it."""

    def __init__(self, onward: Running) -> None:
        self.onward = onward
        onward.environment |= {"INBOUND_DOMAIN": DOMAIN, "INBOUND_AUTHSERV": MX}
        onward.manage("prepare")
        self.address = self.asked(READY)
        self.child: Child | None = None

    def asked(self, code: str) -> str:
        return self.onward.manage("shell", "--no-imports", "-v", "0", "-c", code).strip()

    def start(self) -> "Taking":
        with open(self.onward.log, "ab") as log:
            command = (sys.executable, "manage.py", "receive_mail", "--port", "0")
            self.child = Child("mail", *command, cwd=ROOT, env=self.onward.environment, stdout=log, stderr=log)
        wait_for(lambda: "Onward takes mail at" in self.onward.words() or self.child.dead)
        return self

    @property
    def port(self) -> int:
        return int(re.findall(r"takes mail at 127\.0\.0\.1:(\d+)", self.onward.words())[-1])

    def begin(self, *to: str) -> smtplib.LMTP:
        """Up to where the mail itself is asked for."""
        line = smtplib.LMTP("127.0.0.1", self.port, local_hostname=MX)
        line.ehlo_or_helo_if_needed()
        assert line.mail("ada@example.com")[0] == 250
        assert {line.rcpt(one)[0] for one in to} == {250}
        line.putcmd("data")
        assert line.getreply()[0] == 354
        return line

    def hand_in(self, data: bytes, *to: str) -> list[int]:
        """What was answered, for each recipient."""
        with self.begin(*to) as line:
            line.send(over_the_wire(data))
            return [line.getreply()[0] for _ in to]

    def stop(self) -> int:
        assert self.child
        self.child.process.send_signal(signal.SIGTERM)
        return self.child.process.wait(timeout=60)


def over_the_wire(data: bytes) -> bytes:
    return re.sub(rb"(?m)^\.", b"..", re.sub(rb"\r?\n", b"\r\n", data)) + b"\r\n.\r\n"


def wait_for(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not holds():
        if time.monotonic() > deadline:
            raise RuntimeError("It never came to hold.")
        time.sleep(0.02)


@pytest.fixture
def taking(request: pytest.FixtureRequest, running: Callable[..., Running]) -> Iterator[Taking]:
    """On SQLite, or where a test asks for it on PostgreSQL."""
    environment = request.getfixturevalue("production") if getattr(request, "param", "") == "postgresql" else {}
    mail = Taking(running(**environment))
    yield mail
    if mail.child:
        mail.child.end()


def reply(*typed: str, verdict: str = "pass") -> bytes:
    mark = f"{MX}; dmarc={verdict} header.from=example.com"
    given = [("Authentication-Results", mark), ("From", "ada@example.com"), ("To", "us")]
    name = ("Message-ID", f"<{secrets.token_hex(8)}@example.com>")
    return PROGRAMS["Apple"](list(typed), LANGUAGES["German"]).bytes(*given, name)


def files_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file() and "static" not in path.parts)


def test_replies_come_in_and_are_found_nowhere_but_sealed(taking: Taking) -> None:
    taking.start()
    nobody = f"r+{'a' * 32}@{DOMAIN}"
    assert taking.hand_in(reply(f"{CANARY} one", "two"), taking.address, nobody, "else@elsewhere.example") == [250] * 3
    assert taking.hand_in(reply(f"{CANARY} doubtful", verdict="fail"), taking.address) == [250]
    assert taking.asked(TOLD).splitlines() == [f"['{CANARY} one', 'two']", f"[['{CANARY} doubtful']]"]
    assert taking.stop() == 0
    assert CANARY.encode() not in files_of(taking.onward.home)
    said = taking.onward.words()
    assert [word for word in (CANARY, "ada@", taking.address, "two", "Traceback") if word in said] == []
    assert said.count("mails taken=1 left=0") == 2
    assert said.count("mails taken=0 left=1") == 2


@pytest.mark.parametrize("taking", ["sqlite", "postgresql"], indirect=True)
def test_the_same_mail_from_four_sides_at_once_is_taken_once(taking: Taking) -> None:
    taking.start()
    data = over_the_wire(reply("Once."))
    lines = [taking.begin(taking.address) for _ in range(4)]
    for line in lines:
        line.send(data)
    assert [line.getreply()[0] for line in lines] == [250] * 4
    for line in lines:
        line.close()
    assert taking.asked(TOLD).splitlines() == ["['Once.']", "[]"]


def test_a_big_picture_behind_the_words_keeps_nothing_from_coming_in(taking: Taking) -> None:
    taking.start()
    data = reply("Rested.") + (b"y" * 76 + b"\r\n") * 100_000
    assert taking.hand_in(data, taking.address) == [250]
    assert taking.asked(TOLD).splitlines() == ["['Rested.']", "[]"]


def test_while_the_keys_or_the_database_are_away_the_server_is_asked_to_come_again(taking: Taking) -> None:
    taking.start()
    ring = taking.onward.home / "keys.json"
    ring.rename(ring.with_name("away"))
    data = reply("Kept after all.")
    assert taking.hand_in(data, taking.address, f"x@{DOMAIN}") == [451, 250]
    ring.with_name("away").rename(ring)
    database = taking.onward.home / "onward.sqlite3"
    with closing(sqlite3.connect(database)) as other:
        other.execute("ALTER TABLE reminders_replyaddress RENAME TO away")
        assert taking.hand_in(data, taking.address) == [451]
        other.execute("ALTER TABLE away RENAME TO reminders_replyaddress")
    assert taking.hand_in(data, taking.address) == [250]
    assert taking.asked(TOLD).splitlines() == ["['Kept after all.']", "[]"]


def test_a_mail_in_hand_when_it_is_ended_is_still_taken(taking: Taking) -> None:
    taking.start()
    database = taking.onward.home / "onward.sqlite3"
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        line = taking.begin(taking.address)
        line.send(over_the_wire(reply("At the last moment.")))
        assert taking.child
        taking.child.process.send_signal(signal.SIGTERM)
        wait_for(lambda: not accepts(taking.port))
        other.execute("COMMIT")
    assert line.getreply()[0] == 250
    line.close()
    assert taking.child.process.wait(timeout=60) == 0
    assert taking.asked(TOLD).splitlines() == ["['At the last moment.']", "[]"]


def accepts(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        return False
    return True


def test_without_a_domain_it_says_so_in_one_line(running: Callable[..., Running]) -> None:
    onward = running()
    onward.manage("prepare")
    with pytest.raises(subprocess.CalledProcessError) as ended:
        onward.manage("receive_mail")
    line = "INBOUND_DOMAIN is not set: it names the domain that replies come back to."
    assert ended.value.stderr == f"CommandError: {line}\n"
