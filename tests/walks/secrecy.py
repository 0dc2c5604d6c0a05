"""Where the words of a whole walk may not be: `walked` writes through every door of an Onward and looks everywhere."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

import psycopg
from redis import Redis

from scripts import services
from tests.reminders.mailserver import MailServer, serving
from tests.running import Running
from tests.walks.canary import Canaries, Look
from tests.walks.profile import browse
from tests.walks.writing import INBOUND, WITNESS, Writer

LATER = "2026-12-31T23:59:00Z"
SESSIONS = """
from django.contrib.sessions.models import Session
for one in Session.objects.all(): print(one.get_decoded())
"""


class Found(NamedTuple):
    sentences: int
    places: int
    hits: list[str]


def walked(engine: str, folder: Path, settings: str = "tests.walks.breaking", *, browser: bool = False) -> Found:
    """`browser`: in Chromium, too, with all that it keeps."""
    words, look = Canaries(), Look()
    with ExitStack() as stack:
        servers = Servers(stack) if engine == "postgresql" else None
        (folder / "tmp").mkdir(parents=True)
        environment = {"DJANGO_SETTINGS_MODULE": settings, "TMPDIR": str(folder / "tmp")} | INBOUND
        environment |= servers.environment(folder) if servers else {}
        onward = Running(folder / "onward", **environment)
        if servers:
            onward.home.mkdir()
            onward.manage("keys", "add")
        onward.start()
        stack.callback(lambda: onward.child and onward.child.end())
        writer = Writer(onward, words, look, servers.mail if servers else None)
        ada = writer.everywhere()
        if browser:
            browse(onward.url, folder / "profile", words, look)
        writer.errors()  # the last of them closes the door to this machine for a minute
        look.at("cookies", ada.cookies)
        while_it_runs(onward, look)
        if servers:
            servers.looked_at(look)
        onward.manage("tick", "--now", LATER)
        onward.stop()
        look.at("all that was printed", onward.log.read_bytes())
        assert WITNESS.encode() not in onward.log.read_bytes()
        in_files(folder, look)
    return Found(len(words.places), look.places, look.hits)


def while_it_runs(onward: Running, look: Look) -> None:
    """Processes, sessions as they read, fixtures, and files while they are open."""
    assert onward.child
    for number in family(onward.child.process.pid):
        for name in ("environ", "cmdline"):
            look.at(f"{name} of a process", Path(f"/proc/{number}/{name}").read_bytes())
    look.at("sessions", onward.manage("shell", "--no-imports", "-v", "0", "-c", SESSIONS))
    told = onward.manage("dumpdata")
    assert WITNESS in told
    look.at("dumpdata", told)
    in_files(onward.home, look)


def family(number: int) -> Iterator[int]:
    yield number
    for task in Path(f"/proc/{number}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from family(int(child))


def in_files(folder: Path, look: Look) -> None:
    """Every file and its name, but the static files that Onward was shipped with.

    A server at work writes files anew and takes some away; what is gone before it is read is nowhere any more.
    """
    before = look.places
    for place, _, names in os.walk(folder):
        for path in (Path(place, name) for name in names if "static" not in Path(place).parts):
            with suppress(FileNotFoundError):
                look.at(f"file {path.name}", path.name.encode() + (path.read_bytes() if path.is_file() else b""))
    assert look.places > before + 1


class Servers:
    """PostgreSQL that logs every statement, Redis that keeps every command, and a mail server."""

    def __init__(self, stack: ExitStack) -> None:
        self.postgres, self.redis = (stack.enter_context(one()) for one in (services.postgres, services.redis))
        self.mail: MailServer = stack.enter_context(serving())
        with psycopg.connect(self.postgres.url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET log_statement = 'all'")
            connection.execute("SELECT pg_reload_conf()")

    def environment(self, folder: Path) -> dict[str, str]:
        secret = "only for this test, and long enough for the settings to take it"
        where = {"DATABASE_URL": self.postgres.url, "REDIS_URL": self.redis.url}
        where["EMAIL_URL"] = f"smtp://127.0.0.1:{self.mail.port}"
        return where | {"SECRET_KEY": secret, "ONWARD_KEYS_FILE": str(folder / "ring.json")}

    def looked_at(self, look: Look) -> None:
        with Redis.from_url(self.redis.url) as client:
            for key in client.scan_iter():
                look.at("key of Redis", key + (client.dump(key) or b""))
            client.save()
        dump = dumped(self.postgres.url)
        assert WITNESS.encode() in dump
        look.at("pg_dump", dump)
        assert b"INSERT INTO" in self.postgres.log.read_bytes()
        for mail in self.mail.mails:
            look.at("mail", mail.as_bytes())
        for folder in (self.postgres.folder, self.redis.folder):
            in_files(folder, look)


def dumped(url: str) -> bytes:
    binary = services.postgres_binaries() / "pg_dump"
    done = subprocess.run([binary, "--dbname", url], capture_output=True, check=True, env=os.environ)
    return done.stdout
