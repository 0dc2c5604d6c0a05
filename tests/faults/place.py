"""An Onward to be broken: a database of either kind that nobody else uses, and real processes beside it."""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import IO, Any

import psycopg

from bench.places import MANAGE, QUEUE
from bench.places import wait_for as answers
from scripts import services
from scripts.children import Child
from tests.reminders.mailserver import MailServer
from tests.running import OURS, ROOT

ENGINES = ("sqlite", "postgresql")
HANGS = 300  # seconds; a guard, nothing that is waited for takes a tenth of it


@dataclass
class Place:
    engine: str
    home: Path
    environment: dict[str, str]
    # Open for as long as the place stands: a child that is started again writes on.
    log: IO[bytes]
    # Private, with safe settings: what was committed survives its being stopped at once.
    postgres: services.Server | None = None
    insider: Child | None = None
    # One question at a time.
    asking: Lock = field(default_factory=Lock)

    def child(self, name: str, *command: str, pipes: dict[str, Any] | None = None, **environment: str) -> Child:
        options = {"cwd": ROOT, "env": self.environment | environment, "stdout": self.log, "stderr": self.log}
        return Child(name, *command, **options | (pipes or {}))

    @contextmanager
    def with_insider(self) -> Iterator[None]:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.insider = self.child("insider", sys.executable, "-m", "tests.faults.inside", pipes=pipes, **reaching(1))
        with self.insider.process:
            yield
            self.insider.end()

    @contextmanager
    def web(self, **environment: str) -> Iterator[int]:
        """The port of the pages, served as `make run` serves them."""
        port = services.free_port()
        child = self.serve(port, **environment)
        try:
            answers(f"http://127.0.0.1:{port}/", child)
            yield port
        finally:
            child.end()

    def serve(self, port: int, **environment: str) -> Child:
        return self.child("web", *MANAGE, "web", PORT=str(port), **environment)

    def tick(self, now: datetime, mail: MailServer | int, **environment: str) -> Child:
        """One pass of all that waits, in a process of its own."""
        words = ("manage.py", "tick", "--now", now.isoformat())
        return self.child("tick", sys.executable, *words, **reaching(mail), **environment)

    def loop(self, mail: MailServer) -> Child:
        return self.child("loop", sys.executable, "manage.py", "tick", "--loop", **reaching(mail))

    def worker(self, mail: MailServer, redis_url: str) -> Child:
        return self.child("worker", *QUEUE["worker"], REDIS_URL=redis_url, **reaching(mail))

    def beat(self, redis_url: str) -> Child:
        """Rings each second instead of each minute."""
        often = [word if word != "config" else "tests.faults.often" for word in QUEUE["beat"]]
        return self.child("beat", *often, REDIS_URL=redis_url)

    def inside(self, name: str, mail: MailServer | int = 0, **what: Any) -> Any:
        """What a function of tests.faults.inside returns; `mail` is the server that its letters go to."""
        assert self.insider and self.insider.process.stdin and self.insider.process.stdout
        port = mail if isinstance(mail, int) else mail.port
        with self.asking:
            self.insider.process.stdin.write(json.dumps([name, port, what], default=str) + "\n")
            self.insider.process.stdin.flush()
            how, answer = json.loads(self.insider.process.stdout.readline() or '["broken", "it ended"]')
        if how == "broken":
            raise RuntimeError(f"{name}: {answer}\n{self.words()[-3000:]}")
        return answer

    def words(self) -> str:
        return (self.home / "log").read_text(errors="replace")

    def stop_database(self) -> None:
        """PostgreSQL alone: nothing is finished, nothing is tidied; it comes back by its log."""
        assert self.postgres
        server = self.postgres.child
        server.process.send_signal(signal.SIGQUIT)
        server.process.wait(HANGS)

    def start_database(self) -> None:
        assert self.postgres
        self.postgres.child.start()
        wait_for(self._answers)

    def _answers(self) -> bool:
        assert self.postgres
        try:
            psycopg.connect(self.postgres.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


def reaching(mail: MailServer | int) -> dict[str, str]:
    return {"EMAIL_URL": f"smtp://127.0.0.1:{mail if isinstance(mail, int) else mail.port}"}


def wait_for(holds: Callable[[], object], patience: float = HANGS) -> None:
    deadline = time.monotonic() + patience
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError("What was waited for did not come.")
        time.sleep(0.002)


def ended(child: Child) -> int:
    """Its exit code, waited for."""
    return child.process.wait(HANGS)


def killed(child: Child) -> None:
    child.process.send_signal(signal.SIGKILL)
    child.clear()


@contextmanager
def place(engine: str) -> Iterator[Place]:
    with ExitStack() as stack:
        home = Path(stack.enter_context(TemporaryDirectory(prefix="onward-faults-")))
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        environment = kept | {"ONWARD_HOME": str(home), "ONWARD_KEYS_FILE": str(home / "keys.json")}
        environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": secrets.token_urlsafe(64)}
        made = Place(engine, home, environment, stack.enter_context(open(home / "log", "ab")))
        if engine == "postgresql":
            made.postgres = stack.enter_context(services.postgres(durable=True))
            environment["DATABASE_URL"] = made.postgres.url
        stack.enter_context(made.with_insider())
        made.inside("prepare")
        yield made
