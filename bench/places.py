"""An Onward to measure: a folder, a database of either kind, people with many entries, and its servers."""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from scripts import services
from scripts.children import Child

ROOT = Path(__file__).resolve().parent.parent
ENGINES = ("sqlite", "postgresql")
# The commands of docker-compose.yml and deploy/: each program loads Django by itself.
MANAGE = (sys.executable, "manage.py")
# Celery warns whoever starts it as root of pickled tasks; config.settings accepts none.
CALM = ("-W", "ignore:You're running the worker with superuser privileges")
CELERY = (sys.executable, *CALM, "-m", "celery", "--quiet", "-A", "config")
QUEUE = {
    "worker": (*CELERY, "worker", "--concurrency=2", "--loglevel=WARNING", "--without-gossip", "--without-mingle"),
    "beat": (*CELERY, "beat", "--loglevel=WARNING"),
}
PASSWORD = "for measurements only"


@dataclass
class Place:
    """`environment` reaches it; `people` are email addresses by their number of entries."""

    engine: str
    home: Path
    environment: dict[str, str]
    people: dict[int, str] = field(default_factory=dict)

    def manage(self, *words: str, settings: str = "bench.settings") -> str:
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": settings}
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout

    def python(self, source: str, *words: str) -> str:
        """What a few lines print that run inside this place with Django set up."""
        setup = "import django; django.setup()\n"
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": "bench.settings"}
        command = [sys.executable, "-c", setup + source, *words]
        return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout

    def person(self, entries: int) -> str:
        """Somebody with that many entries; made on the first asking. Then autovacuum has had its minute: the planner
        knows of them.
        """
        if entries not in self.people:
            email = f"person-{entries}@example.com"
            self.manage("seed_demo", "--email", email, "--password", PASSWORD, "--entries", str(entries))
            if self.engine == "postgresql":
                with psycopg.connect(self.environment["DATABASE_URL"], autocommit=True) as connection:
                    connection.execute("VACUUM (ANALYZE)")
            self.people[entries] = email
        return self.people[entries]

    @contextmanager
    def inside(self, **environment: str) -> Iterator[Callable[..., Any]]:
        """Calls functions of `bench` by name in a process of its own with Django set up (bench/inside.py)."""
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": "bench.settings"} | environment
        with open(self.home / "inside.log", "ab") as log:
            pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "stderr": log}
            child = Child("inside", sys.executable, "-m", "bench.inside", cwd=ROOT, env=environment, **pipes)

            def ask(name: str, *words: Any) -> Any:
                child.process.stdin.write(json.dumps([name, words]) + "\n")  # type: ignore[union-attr]
                child.process.stdin.flush()  # type: ignore[union-attr]
                if not (answer := child.process.stdout.readline()):  # type: ignore[union-attr]
                    raise RuntimeError(f"{name} broke off:\n{(self.home / 'inside.log').read_text()[-2000:]}")
                return json.loads(answer)

            try:
                yield ask
            finally:
                child.end()

    @contextmanager
    def server(self, settings: str = "bench.settings", **more: str) -> Iterator[int]:
        """The port of a web server of two processes."""
        port = services.free_port()
        environment = self.environment | {"DJANGO_SETTINGS_MODULE": settings, "PORT": str(port)} | more
        with open(self.home / "web.log", "ab") as log:
            command = (sys.executable, "manage.py", "web")
            child = Child("web", *command, cwd=ROOT, env=environment, stdout=log, stderr=log)
            try:
                wait_for(f"http://127.0.0.1:{port}/healthz", child)
                yield port
            finally:
                child.end()


def wait_for(url: str, child: Child | None = None) -> None:
    """Until anything answers there."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (child and child.dead):
        try:
            opener.open(url, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError(f"Nothing answers at {url}.")


@contextmanager
def place(engine: str) -> Iterator[Place]:
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="onward-bench-")))
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ONWARD_", "DJANGO_"))}
        for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY"):
            kept.pop(name, None)
        environment = kept | {"ONWARD_HOME": str(home), "ONWARD_KEYS_FILE": str(home / "keys.json")}
        if engine == "postgresql":
            server = stack.enter_context(services.postgres(durable=True))
            environment |= {"DATABASE_URL": server.url, "SECRET_KEY": secrets.token_urlsafe(64)}
        made = Place(engine, home, environment)
        for words in (["migrate", "-v0"], ["createcachetable"], ["collectstatic", "--noinput", "-v0"], ["keys", "add"]):
            made.manage(*words)
        yield made
