"""The servers that tests bring for themselves."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from scripts import services
from tests.commands.processes import alive, eventually
from tests.running import ROOT

pytestmark = pytest.mark.services
HOLD = """
import signal
from scripts import services
from scripts.children import end_on_signals
end_on_signals()
with services.postgres() as first, services.redis() as second:
    print(first.child.process.pid, second.child.process.pid, first.folder, second.folder, flush=True)
    signal.pause()
"""


@pytest.fixture
def holder() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([sys.executable, "-c", HOLD], cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        yield program
        program.kill()


def test_a_postgresql_of_ones_own_logs_no_values() -> None:
    with services.postgres() as server:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (words text NOT NULL, other text)")
            with pytest.raises(psycopg.errors.NotNullViolation):
                connection.execute("INSERT INTO kept VALUES (%s, %s)", [None, "canary"], prepare=True)
        said = server.log.read_text()
    assert ('null value in column "words"' in said, "canary" in said) == (True, False)


def test_a_server_can_be_killed_and_started_again() -> None:
    with services.redis() as server:
        with redis.Redis.from_url(server.url) as client:
            client.set("kept", "1")
        server.child.clear()
        server.child.start()
        eventually(lambda: answers(server.url))
        with redis.Redis.from_url(server.url) as client:
            assert client.get("kept") == b"1"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_when_a_run_is_ended(holder: subprocess.Popen[str], number: int) -> None:
    processes, folders = held(holder)
    os.kill(holder.pid, number)
    assert holder.wait(30) == 128 + number
    assert [pid for pid in processes if alive(pid)] == []
    assert [folder for folder in folders if folder.exists()] == []


def test_nothing_runs_on_when_a_run_is_killed(holder: subprocess.Popen[str]) -> None:
    processes, _ = held(holder)
    os.kill(holder.pid, signal.SIGKILL)
    eventually(lambda: not any(map(alive, processes)))


def held(holder: subprocess.Popen[str]) -> tuple[list[int], list[Path]]:
    assert holder.stdout
    words = holder.stdout.readline().split()
    return [int(word) for word in words[:2]], [Path(word) for word in words[2:]]


def answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url) as client:
            return bool(client.ping())
    except redis.ConnectionError:
        return False
