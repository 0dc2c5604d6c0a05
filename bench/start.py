"""W13: `make run` a second time, to the first 200, with 10,000 entries; the floor is a bare server's start."""

import sys
import time

from bench.places import ROOT, Place, wait_for
from bench.rounds import tell
from scripts import services
from scripts.children import Child

BARE = "def application(environ, start):\n    start('200 OK', [])\n    return [b'ok']\n"


def again(place: Place) -> None:
    place.person(10_000)
    _until_it_answers(place, sys.executable, "-m", "scripts.run")
    times = [_until_it_answers(place, sys.executable, "-m", "scripts.run") for _ in range(5)]
    (place.home / "bare.py").write_text(BARE)
    bare = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--working-dir",
        str(place.home),
        "bare:application",
    ]
    floor = [_until_it_answers(place, *bare, "--port") for _ in range(5)]
    detail = {"min": round(min(times), 2), "max": round(max(times), 2)}
    tell(f"W13-start-again-{place.engine}", sorted(times)[2], "s", sorted(floor)[2], detail)


def _until_it_answers(place: Place, *command: str) -> float:
    """Seconds; a command that ends in --port is given one."""
    port = services.free_port()
    words = [*command, str(port)] if command[-1] == "--port" else list(command)
    environment = place.environment | {"PORT": str(port)}
    begun = time.perf_counter()
    with open(place.home / "start.log", "ab") as log:
        child = Child("start", *words, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", child)
            return time.perf_counter() - begun
        finally:
            child.end()
