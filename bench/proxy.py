"""The product's own way to the outside, deploy/Caddyfile: TLS, signed by Caddy itself, and HTTP/2."""

import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.places import ROOT, Place, wait_for
from scripts import services
from scripts.children import Child

CONFIGURATION = ROOT / "deploy" / "Caddyfile"


@contextmanager
def behind_tls(place: Place) -> Iterator[str]:
    """The address that people would open."""
    door, health = services.free_port(), services.free_port()
    url = f"https://localhost:{door}"
    with ExitStack() as stack:
        port = stack.enter_context(place.server(ONWARD_URL=url, SECRET_KEY=secrets.token_urlsafe(64)))
        stack.enter_context(_caddy(place.home, url, port, health))
        yield url


@contextmanager
def _caddy(home: Path, url: str, port: int, health: int) -> Iterator[None]:
    told = {"ONWARD_URL": url, "ONWARD_TLS": "internal", "UPSTREAM": f"127.0.0.1:{port}"}
    told |= {"HTTPS_PORT": url.rpartition(":")[2], "HTTP_PORT": str(services.free_port())}
    told |= {"PROXY_HEALTH_PORT": str(health), "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    with open(home / "caddy.log", "ab") as log:
        command = (services.caddy(), "run", "--config", str(CONFIGURATION))
        child = Child("caddy", *command, cwd=home, env=os.environ | told, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{health}/", child)
            yield
        finally:
            child.end()
