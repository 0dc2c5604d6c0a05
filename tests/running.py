"""Onward as a real program beside real servers, for tests marked `services`. Everything ends with the test."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
import redis

from scripts import services
from scripts.children import Child
from scripts.secrets_for_compose import fresh_ring

ROOT = Path(__file__).resolve().parent.parent
OURS = ("DJANGO_", "ONWARD_", "PYTEST_", "DATABASE_", "REDIS_", "EMAIL_", "SECRET_KEY", "COV_")


class Running:
    """What `make run` starts, in a folder of its own. The log holds all that it printed, its children's words too.

    Where `tables` names an SQLite file, a first start and `prepare` find its tables there already.
    """

    def __init__(self, folder: Path, tables: Path | None = None, **environment: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.tables = tables
        self.home, self.log = folder / "var", folder / "log"
        self.port = services.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self.environment = kept | {"ONWARD_HOME": str(self.home), "PORT": str(self.port)} | environment
        self.child: Child | None = None

    def start(self) -> "Running":
        """Returns when it says where it is; its exit code and words are in the exception where it does not."""
        self._with_tables()
        said = self.words().count("Onward is at ")
        with open(self.log, "ab") as log:
            command = (sys.executable, "-m", "scripts.run")
            options = {"cwd": ROOT, "env": self.environment, "stdout": log, "stderr": log}
            self.child = Child("Onward", *command, ends_on=signal.SIGINT, patience=40, **options)
        deadline = time.monotonic() + 90
        while self.words().count("Onward is at ") == said:
            if self.child.dead or time.monotonic() > deadline:
                raise RuntimeError(f"exit code {self.child.process.poll()}\n{self.words()}")
            time.sleep(0.02)
        return self

    def stop(self) -> int:
        """Ctrl-C; the exit code."""
        assert self.child
        self.child.end()
        return self.child.process.returncode

    def kill(self) -> None:
        """All of it at once, as when the power goes: nothing finishes what it was at, and nothing is tidied."""
        assert self.child
        for pid in (self.child.process.pid, *descendants(self)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.child.clear()

    def manage(self, *words: str) -> str:
        """What a manage.py command prints; one that fails raises CalledProcessError."""
        if words == ("prepare",):
            self._with_tables()
        command = [sys.executable, "manage.py", *words]
        try:
            done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True)
        except subprocess.CalledProcessError as error:
            error.add_note(error.stderr[-2000:])
            raise
        return done.stdout

    def _with_tables(self) -> None:
        place = self.home / "onward.sqlite3"
        if self.tables and "DATABASE_URL" not in self.environment and not place.exists():
            self.home.mkdir(mode=0o700, exist_ok=True)
            shutil.copy(self.tables, place)

    def words(self) -> str:
        return self.log.read_text() if self.log.exists() else ""


def descendants(onward: Running) -> dict[int, str]:
    """Process id → its name."""
    assert onward.child
    found: dict[int, str] = {}
    waiting = [onward.child.process.pid]
    while waiting:
        asked = subprocess.run(["pgrep", "-P", str(waiting.pop())], capture_output=True, text=True)
        for pid in map(int, asked.stdout.split()):
            found[pid] = Path(f"/proc/{pid}/comm").read_text().strip()
            waiting.append(pid)
    return found


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file as the migrations leave it."""
    onward = Running(tmp_path_factory.mktemp("tables"))
    onward.home.mkdir()
    onward.manage("migrate", "--verbosity=0")
    return onward.home / "onward.sqlite3"


@pytest.fixture
def running(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, tables: Path) -> Iterator[Callable[..., Running]]:
    """`running()` is the embedded default; `running(DATABASE_URL=…, …)` is what those settings make of it.

    Static files are collected and tables made once for all tests, which is most of what a first start takes;
    `running(bare=True)` makes its tables itself.
    """
    static = {"STATIC_ROOT": str(tmp_path_factory.getbasetemp() / "static")}
    with ExitStack() as stack:

        def make(bare: bool = False, **environment: str) -> Running:
            onward = Running(tmp_path / secrets.token_hex(4), None if bare else tables, **static | environment)
            stack.callback(lambda: onward.child and onward.child.end())
            return onward

        yield make


@pytest.fixture
def production(database_url: str, redis_url: str, tmp_path: Path) -> dict[str, str]:
    """The environment of PostgreSQL, Redis and Celery, with a database and a queue of this test alone."""
    ring = tmp_path / "ring.json"
    ring.write_text(fresh_ring("test"))
    return {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "CELERY_QUEUE": f"onward-test-{secrets.token_hex(4)}",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ONWARD_KEYS_FILE": str(ring),
    }


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    if named := os.environ.get("ONWARD_TEST_POSTGRES_URL"):
        yield named
    else:
        with services.postgres() as server:
            yield server.url


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    if named := os.environ.get("ONWARD_TEST_REDIS_URL"):
        yield named
    else:
        with services.redis() as server:
            yield server.url


@pytest.fixture(scope="session")
def tables_of_postgres(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a database as the migrations leave it."""
    with database(postgres_server) as url:
        onward = Running(tmp_path_factory.mktemp("tables"), DATABASE_URL=url, SECRET_KEY=secrets.token_urlsafe(64))
        onward.manage("migrate", "--verbosity=0")
        yield urlsplit(url).path.lstrip("/")


@pytest.fixture
def database_url(postgres_server: str, tables_of_postgres: str) -> Iterator[str]:
    """A database of this test alone, its tables made and nothing in them."""
    with database(postgres_server, tables_of_postgres) as url:
        yield url


@contextmanager
def database(server: str, like: str = "template1") -> Iterator[str]:
    name = f"onward_test_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def redis_url(redis_server: str) -> Iterator[str]:
    """A numbered database that nobody else uses: its keys are ours, and only they are taken away."""
    for number in range(15, 0, -1):
        url = urlunsplit(urlsplit(redis_server)._replace(path=f"/{number}"))
        with redis.Redis.from_url(url) as client:
            if client.dbsize() == 0:
                yield url
                client.delete(*(client.keys() or [b"none"]))
                return
    raise RuntimeError("Every numbered database of this Redis is in use.")
