"""Starts Onward, says where it is, and ends all of it together: `make run`.

Without REDIS_URL: the web and the reminder clock. With it: the web, a Celery worker and beat.
"""

import http.client
import os
import signal
import socket
import sys
from collections.abc import Iterable
from threading import Event
from types import ModuleType
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from scripts.children import Child

MANAGE = (sys.executable, "manage.py")
# Celery warns whoever starts it as root of pickled tasks; config.settings accepts none.
CALM = ("-W", "ignore:You're running the worker with superuser privileges")
CELERY = (sys.executable, *CALM, "-m", "celery", "--quiet", "-A", "config")
CLOCK = {"reminder clock": (*MANAGE, "tick", "--loop")}
QUEUE = {
    "worker": (*CELERY, "worker", "--concurrency=2", "--loglevel=WARNING", "--without-gossip", "--without-mingle"),
    "beat": (*CELERY, "beat", "--loglevel=WARNING"),
}


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
    web = Child("web", *MANAGE, "web", "--prepare")
    children.append(web)
    address = Address(settings)
    while not address.answers():
        if stopping.wait(0.05):
            return 0
        if web.dead:  # it has said why
            return 1
    web.command = (*MANAGE, "web")
    # What runs beside the web needs the tables that it has just brought up to date.
    for name, command in (QUEUE if settings.REDIS_URL else CLOCK).items():
        children.append(Child(name, *command, patience=30))
    print(f"Onward is at {address}", flush=True)
    while not stopping.wait(0.5):
        if web.dead and web.just_started:
            print("The web ended as soon as it started, so Onward ends too.", file=sys.stderr, flush=True)
            return 1
        start_again(child for child in children if child.dead and not child.just_started)
    return 0


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
