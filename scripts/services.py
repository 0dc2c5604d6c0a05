"""Real servers and a browser, for tests and measurements.

What the environment names is used; else what is installed is started privately, on a free port with throw-away data;
else Debian's packages are brought. Nothing is left running or lying about.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts import debian
from scripts.children import Child

PATIENCE = 60  # seconds until a server of ours has to answer
# No text of a person in the server's log, whatever goes wrong; the same words stand in docker-compose.yml.
QUIET = {
    "log_parameter_max_length_on_error": "0",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
HASTY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


@dataclass
class Server:
    """One that was started here: it may be killed, stopped and started again."""

    url: str
    folder: Path
    child: Child

    @property
    def log(self) -> Path:
        return self.folder / "log"


@contextmanager
def postgres(durable: bool = False, at: Path | None = None, **more: str) -> Iterator[Server]:
    """A PostgreSQL of one's own; `durable` keeps its safe settings, as a measurement has to; `at` is yours."""
    binaries = postgres_binaries()
    with nullcontext(at) if at else _folder() as folder, open(folder / "log", "ab") as log:
        owner = _owner_for_postgres(folder)
        data = str(folder / "data")
        made = [str(binaries / "initdb"), "-D", data, *"-U onward -A trust -E UTF8 --locale=C.UTF-8 -N".split()]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, **owner)
        settings = (
            {"listen_addresses": "127.0.0.1", "unix_socket_directories": ""} | QUIET | ({} if durable else HASTY) | more
        )
        words = [f"-c{name}={value}" for name, value in settings.items()]

        def start(port: int) -> Child:
            command = [str(binaries / "postgres"), "-D", data, "-p", str(port), *words]
            return Child("PostgreSQL", *command, ends_on=signal.SIGINT, stdout=log, stderr=log, **owner)

        with _running(start, lambda port: _pg_answers(binaries, port)) as (child, port):
            door = ["-h", "127.0.0.1", "-p", str(port), "-U", "onward"]
            subprocess.run([str(binaries / "createdb"), *door, "onward"], check=True)
            yield Server(f"postgresql://onward:onward@127.0.0.1:{port}/onward", folder, child)


@contextmanager
def redis() -> Iterator[Server]:
    """A Redis of one's own that keeps an append-only file, so that a test can look into it."""
    binary = _found("redis-server", "redis-server")
    with _folder() as folder:
        words = ["--bind", "127.0.0.1", "--appendonly", "yes", "--save", "", "--dir", str(folder)]
        words += ["--maxmemory-policy", "noeviction", "--logfile", str(folder / "log")]
        with _running(lambda port: Child("Redis", binary, "--port", str(port), *words), _redis_answers) as (
            child,
            port,
        ):
            yield Server(f"redis://127.0.0.1:{port}/0", folder, child)


def chromium() -> str:
    """Its path; the tests drive it through Playwright."""
    named = os.environ.get("CHROMIUM", "")
    return named or _found("chromium", "chromium")


def docker_compose() -> str:
    return _found("docker-compose", "docker-compose")


def caddy() -> str:
    return _found("caddy", "caddy")


def systemd_analyze() -> str:
    return _found("systemd-analyze", "systemd")


def postgres_binaries() -> Path:
    """The folder of initdb, postgres, pg_dump: Debian keeps it out of PATH."""
    if not (folders := _postgres_folders()):
        debian.bring("postgresql")
        folders = _postgres_folders()
    return folders[0]


def _postgres_folders() -> list[Path]:
    in_path = Path(shutil.which("initdb") or "/nowhere").resolve().parent
    newest_first = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda at: int(at.parent.name), reverse=True)
    return [folder for folder in [in_path, *newest_first] if (folder / "postgres").exists()]


def _found(program: str, package: str) -> str:
    if not shutil.which(program):
        debian.bring(package)
    return shutil.which(program) or sys.exit(f"{program} is not in PATH, even with {package} installed.")


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="onward-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner_for_postgres(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then the folder and the server belong to somebody with fewer rights."""
    if os.geteuid() != 0:
        return {"cwd": folder}
    names = {user.pw_name for user in pwd.getpwall()}
    owner = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return {"cwd": folder, "user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


@contextmanager
def _running(start: Callable[[int], Child], answers: Callable[[int], bool]) -> Iterator[tuple[Child, int]]:
    """Tries another port where somebody else was quicker."""
    for _ in range(3):
        port = free_port()
        child = start(port)
        try:
            if _answered(child, port, answers):
                yield child, port
                return
        finally:
            child.end()
    sys.exit(f"{child.name} does not start here.")


def _answered(child: Child, port: int, answers: Callable[[int], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not child.dead and time.monotonic() < deadline:
        if answers(port):
            return True
        time.sleep(0.05)
    return False


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _pg_answers(binaries: Path, port: int) -> bool:
    asked = [str(binaries / "pg_isready"), "--quiet", "-h", "127.0.0.1", "-p", str(port)]
    return subprocess.run(asked).returncode == 0


def _redis_answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False
