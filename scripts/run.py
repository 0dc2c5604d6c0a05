"""Starts Onward, says where it is, and ends all of it together: `make run`.

Without REDIS_URL: the web and the reminder clock. With it: the web, a Celery worker and beat. Django is loaded once,
here, and each of them is a fork (docs/decisions/0006).
"""

import http.client
import os
import signal
import socket
import sys
import warnings
from collections.abc import Callable, Iterable
from threading import Event
from types import ModuleType
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from scripts.children import Child, Fork

# Celery warns whoever starts it as root of pickled tasks; config.settings accepts none.
ROOT = "You're running the worker with superuser privileges"
# What worker and beat would each load by themselves.
THEIRS = (
    "config.celery",
    "celery.apps.beat",
    "celery.apps.worker",
    "celery.concurrency.prefork",
    "celery.worker.consumer",
    "kombu.transport.redis",
)


def main() -> None:
    try:
        from config import settings
    except ImproperlyConfigured as error:
        sys.exit(f"Onward cannot start: {error}")
    os.environ["PYTHONUNBUFFERED"] = "1"
    refuse_taken(settings.HOST, settings.PORT)
    stopping = Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    children: list[Child] = []
    try:
        sys.exit(keep_running(children, stopping, settings))
    finally:
        for child in children:
            child.ask_to_end()
        for child in children:
            child.end()


def refuse_taken(host: str, port: int) -> None:
    """Before anything is changed: a second start beside a running one is a slip of the hand."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError as error:
            sys.exit(f"Onward cannot listen at {host}, port {port}: {error.strerror}. PORT=… takes another one.")


def keep_running(children: list[Child], stopping: Event, settings: ModuleType) -> int:
    """The exit code: 0 where it was asked to end."""
    if (code := load(children, stopping, settings)) is not None:
        return code
    from config import web as pages

    web = Fork("web", pages.serve)
    children.append(web)
    address = Address(settings)
    while not address.answers():
        if stopping.wait(0.05):
            return 0
        if web.dead:  # it has said why
            return 1
    beside = {"worker": worker, "beat": beat} if settings.REDIS_URL else {"reminder clock": manage("tick", "--loop")}
    children += [Fork(name, apart(goes_on), patience=30) for name, goes_on in beside.items()]
    print(f"Onward is at {address}", flush=True)
    while not stopping.wait(0.5):
        if web.dead and web.just_started:
            print("The web ended as soon as it started, so Onward ends too.", file=sys.stderr, flush=True)
            return 1
        start_again(child for child in children if child.dead and not child.just_started)
    return 0


def load(children: list[Child], stopping: Event, settings: ModuleType) -> int | None:
    """All that is forked later needs, while a process of its own brings tables and files to where they have to be. What
    that one loads goes with it. The exit code, where Onward is not to go on.
    """
    import django

    from config import forks, passes

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    preparing = Fork("prepare", manage("prepare"))
    children.append(preparing)
    forks.ready(*passes.modules(), *(THEIRS if settings.REDIS_URL else ()))
    while not preparing.dead:
        if stopping.wait(0.02):
            return 0
    children.remove(preparing)
    if preparing.process.returncode:  # it has said why
        return 1
    forks.ready("config.wsgi", "config.web")
    return None


def apart(goes_on: Callable[[], object]) -> Callable[[], object]:
    """What the web counts of itself is left to the web."""

    def begun() -> None:
        from config import tally

        tally.apart()
        goes_on()

    return begun


def manage(*words: str) -> Callable[[], object]:
    def command() -> None:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["manage.py", *words])

    return command


def worker() -> None:
    """`celery worker`, without all that its command line brings."""
    from config.celery import app

    warnings.filterwarnings("ignore", ROOT)
    started = app.Worker(concurrency=2, loglevel="WARNING", quiet=True, without_gossip=True, without_mingle=True)
    started.start()
    sys.exit(started.exitcode)


def beat() -> None:
    from config.celery import app

    app.Beat(loglevel="WARNING", quiet=True).run()


def start_again(children: Iterable[Child]) -> None:
    """A clock that cannot stay up must not take the pages down with it: it is tried again every ten seconds."""
    for child in children:
        print(f"The {child.name} ended by itself and is started again.", file=sys.stderr, flush=True)
        child.clear()
        child.start()


class Address:
    """Where the web listens, as seen from this machine."""

    def __init__(self, settings: ModuleType) -> None:
        everywhere = settings.HOST in ("0.0.0.0", "::", "localhost")
        self.host, self.port = "127.0.0.1" if everywhere else settings.HOST, settings.PORT
        public = urlsplit(settings.ONWARD_URL)
        self.headers = {"Host": public.netloc, "X-Forwarded-Proto": public.scheme}

    def __str__(self) -> str:
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    def answers(self) -> bool:
        try:
            asked = http.client.HTTPConnection(self.host, self.port, timeout=2)
            asked.request("GET", "/healthz", headers=self.headers)
            return asked.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False


if __name__ == "__main__":
    main()
