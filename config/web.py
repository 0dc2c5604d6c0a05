"""The web server. Django is loaded once; the processes that answer are forks of it: quick to start, small together."""

import gc

from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

WORKERS = 2
# Enough that forty clients who stall in mid-body block nobody (docs/decisions/0006); each holds at most one connection.
THREADS = 32


def serve() -> None:
    """Until SIGTERM; what is being answered then has ten seconds to end."""
    from config.wsgi import application  # refuses without the right key ring

    get_resolver().url_patterns  # noqa: B018  (imports every view, once for all processes)
    _leave_the_database()
    gc.freeze()
    server = Server(
        "config.wsgi:application",
        address=settings.HOST,
        port=settings.PORT,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=10,
    )
    server.serve(target_loader=lambda _: application)


def _leave_the_database() -> None:
    """A connection must not be shared by two processes."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
