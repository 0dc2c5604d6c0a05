"""The web server. Django is loaded once; the processes that answer are forks of it: quick to start, small together."""

import resource

from django.conf import settings
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from config import forks
from config.patience import WAITING_ROOM, Patient

WORKERS = 2
# Who sends no request holds a socket for so many seconds, and so does a browser between two of its own.
HEADERS = 15
# Connections of one process; beyond them the system lets people wait. Each takes a socket and some kilobytes.
CONNECTIONS = 8192


def serve() -> None:
    """Until SIGTERM; what is being answered then has ten seconds to end."""
    from config.wsgi import application  # refuses without the right key ring

    forks.ready()
    server = Server(
        "config.wsgi:application",
        address=settings.HOST,
        port=settings.PORT,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=WAITING_ROOM,
        backlog=1024,
        backpressure=_sockets(),
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS * 1000),
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=10,
    )
    server.serve(target_loader=lambda _: Patient(application, settings.PORT))


def _sockets() -> int:
    """How many connections a process may hold; as many files as the system allows are left for all else."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = min(most, CONNECTIONS + 512) if most != resource.RLIM_INFINITY else CONNECTIONS + 512
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
    return max(64, files - 512)
