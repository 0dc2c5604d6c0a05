"""docker-compose.yml as docker-compose reads it; two machines with one ring, for backups and what becomes of them."""

import os
import secrets
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
import yaml

from scripts import services
from scripts.check import PROFILES
from tests.running import ROOT, Running


@pytest.fixture(scope="session")
def compose() -> dict[str, Any]:
    command = [services.docker_compose(), "-f", str(ROOT / "docker-compose.yml"), *PROFILES, "config"]
    said: dict[str, Any] = yaml.safe_load(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return said


@dataclass
class Places:
    here: Running
    there: Running


@pytest.fixture(params=["sqlite", "postgresql"])
def places(
    request: pytest.FixtureRequest, running: Callable[..., Running], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Places]:
    """Two machines with one ring. What the first one keeps is told by the commands alone."""
    monkeypatch.setenv("PATH", f"{services.postgres_binaries()}:{os.environ['PATH']}")
    ring = {"ONWARD_KEYS_FILE": str(tmp_path / "ring.json")}
    if request.param == "sqlite":
        made = [running(**ring) for _ in range(2)]
        made[0].manage("keys", "add")
        yield Places(*made)
        return
    server = request.getfixturevalue("postgres_server")
    names = [f"onward_test_{secrets.token_hex(4)}" for _ in range(2)]
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(f'CREATE DATABASE "{name}"')
        urls = [urlunsplit(urlsplit(server)._replace(path=f"/{name}")) for name in names]
        key = {"SECRET_KEY": secrets.token_urlsafe(64)}
        made = [running(DATABASE_URL=url, **ring, **key) for url in urls]
        made[0].manage("keys", "add")
        yield Places(*made)
        for name in names:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def refused(place: Running, *words: str) -> str:
    with pytest.raises(subprocess.CalledProcessError) as error:
        place.manage(*words)
    said: str = error.value.stderr
    assert "Traceback" not in said
    return said
