"""The drill (`make drill`) in short: a backup under write load, another machine, and what must not open there."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from scripts import services
from tests.faults.drill import ENGINES, drill
from tests.running import Running

pytestmark = pytest.mark.services


@pytest.mark.parametrize("engine", ENGINES)
def test_the_drill_passes(
    engine: str,
    request: pytest.FixtureRequest,
    running: Callable[..., Running],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", f"{services.postgres_binaries()}:{os.environ['PATH']}")
    ring, key = {"ONWARD_KEYS_FILE": str(tmp_path / "ring.json")}, {"SECRET_KEY": secrets.token_urlsafe(64)}
    names: list[str] = []

    def make() -> Running:
        if engine == "sqlite":
            return running(**ring)
        names.append(f"onward_test_{secrets.token_hex(4)}")
        asked(f'CREATE DATABASE "{names[-1]}"')
        return running(DATABASE_URL=urlunsplit(urlsplit(server())._replace(path=f"/{names[-1]}")), **ring, **key)

    def server() -> str:
        return str(request.getfixturevalue("postgres_server"))

    def asked(words: str) -> None:
        with psycopg.connect(server(), autocommit=True) as connection:
            connection.execute(words)

    try:
        checks = drill(engine, make, tmp_path / "backups", entries=30)
    finally:
        for name in names:
            asked(f'DROP DATABASE "{name}" WITH (FORCE)')
    assert [check for check in checks if not check[1]] == []
    assert len(checks) == 10
