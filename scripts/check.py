"""Everything that can be said without running the product: `make check`."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from scripts import services
from scripts.children import Child, end_on_signals
from scripts.secrets_for_compose import fresh_ring

BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
PROFILES = ["--profile", "mail", "--profile", "tls", "--profile", "dev"]


def main() -> int:
    end_on_signals()
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="onward-")))
        environment = os.environ | production(home)

        def begun(name: str, command: list[str]) -> Check:
            check = Check(name, command, environment, home)
            stack.callback(check.child.end)
            return check

        # The house rules take as long as all the others, which pass beside them, one after the other.
        longest = begun("house rules", [sys.executable, "-m", "pytest", "tests/house", "-q"])
        failed = [name for name, command in checks().items() if not begun(name, command).holds()]
        failed += [] if longest.holds() else [longest.name]
    print(f"Not yet in order: {', '.join(failed)}." if failed else "All in order.", flush=True)
    return 1 if failed else 0


def checks() -> dict[str, list[str]]:
    templates = sorted(str(path) for path in Path("templates").rglob("*.html"))
    return {
        "format": [f"{BIN}/ruff", "format", "--check", "--quiet", "."],
        "lint": [f"{BIN}/ruff", "check", "--quiet", "."],
        "templates": [f"{BIN}/djade", "--check", *templates],
        "types": [f"{BIN}/mypy"],
        "imports": [f"{BIN}/lint-imports", "--no-cache"],
        "production settings": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
        "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
        "compose": [services.docker_compose(), "-f", "docker-compose.yml", *PROFILES, "config", "--quiet"],
    }


def production(home: Path) -> dict[str, str]:
    """An installation as it stands on the internet, with keys that last as long as the check."""
    ring = home / "ring.json"
    ring.write_text(fresh_ring("check"))
    return {
        "ONWARD_HOME": str(home),
        "ONWARD_URL": "https://onward.example",
        "ONWARD_KEYS_FILE": str(ring),
        "SECRET_KEY": secrets.token_urlsafe(64),
        "EMAIL_URL": "smtp+tls://onward:secret@mail.example:587",
        "DEFAULT_FROM_EMAIL": "Onward <letters@onward.example>",
        "REDIS_URL": "redis://:secret@redis.example:6379/0",
        "INBOUND_DOMAIN": "in.onward.example",
        "INBOUND_AUTHSERV": "mx.onward.example",
        "INBOUND_SECRET": f"onward:{secrets.token_urlsafe(32)}",
    }


class Check:
    """One that holds is one line; one that does not says all it has to say."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str], folder: Path) -> None:
        self.name, self.said, self.begun = name, folder / f"said by {name}", time.monotonic()
        with open(self.said, "wb") as out:
            options: dict[str, Any] = {
                "env": environment,
                "stdin": subprocess.DEVNULL,
                "stdout": out,
                "stderr": subprocess.STDOUT,
            }
            self.child = Child(name, *command, **options)

    def holds(self) -> bool:
        """Waits for its end."""
        holds = self.child.process.wait() == 0
        print(f"{'✓' if holds else '✗'} {self.name} ({time.monotonic() - self.begun:.0f} s)", flush=True)
        if not holds:
            print(self.said.read_text(errors="replace"), flush=True)
        return holds


if __name__ == "__main__":
    sys.exit(main())
