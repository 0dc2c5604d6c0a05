"""Where many letters wait, workers are rung for; where Redis is away, the pass sends them all the same."""

import json
import re
import socket
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import redis
from django.core import mail

from config.celery import app
from reminders import bells, delivery, tasks
from reminders.models import Schedule
from scripts.children import Child
from tests.reminders.conftest import DUE, MINUTE
from tests.running import ROOT, Running

PEOPLE = 25
PREPARE = f"""
from datetime import datetime
from accounts.models import User
from reminders.models import Schedule
for number in range({PEOPLE}):
    user = User(email=f"p{{number}}@example.com", time_zone="Europe/Lisbon", password="!")
    user.save()
    Schedule.weekly(user).change(datetime.fromisoformat("2026-11-20T12:00+00:00"), active=True)
"""
NOW = f"""
from datetime import datetime
from reminders import bells, delivery
now = datetime.fromisoformat({DUE.isoformat()!r})
delivery.BATCH = 10
"""


def test_without_redis_no_bell_rings(agreed: Schedule, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "send_task", lambda *args, **options: pytest.fail("A bell rang."))
    delivery.plan(DUE)
    assert bells.ring(DUE, 1) == 0


def test_the_task_goes_by_the_clock_of_the_pass(agreed: Schedule) -> None:
    ahead = round((DUE - datetime.now(UTC)).total_seconds())
    delivery.plan(DUE)
    tasks.deliver(ahead - 60)
    assert mail.outbox == []
    tasks.deliver(ahead + 60)
    assert len(mail.outbox) == 1


@pytest.fixture
def onward(running: Callable[..., Running], production: dict[str, str]) -> Running:
    place = running(**production)
    place.home.mkdir(parents=True)
    place.manage("prepare")
    place.manage("shell", "-v0", "-c", PREPARE)
    return place


def letters(onward: Running) -> int:
    return len(list((onward.home / "outbox").glob("*.eml")))


def queue(onward: Running) -> list[Any]:
    with redis.Redis.from_url(onward.environment["REDIS_URL"]) as client:
        return [json.loads(task) for task in client.lrange(onward.environment["CELERY_QUEUE"], 0, -1)]


@pytest.mark.services
def test_a_pass_rings_for_each_further_batch_and_sends_meanwhile(onward: Running) -> None:
    onward.manage("shell", "-v0", "-c", f"{NOW}delivery.tick(now)")
    rung = queue(onward)
    assert [task["headers"]["task"] for task in rung] == [bells.TASK] * 2
    said = [task["headers"]["argsrepr"] for task in rung]
    real = (DUE - datetime.now(UTC)).total_seconds()
    assert [abs(int(words.strip("(,)")) - real) < 120 for words in said] == [True, True]
    assert letters(onward) == PEOPLE


@pytest.mark.services
def test_a_worker_hears_the_bell(onward: Running) -> None:
    """By the clock of the pass, which is a quarter of an hour after the letters were due. The lines of a task carry the
    number of whoever rang."""
    later = (DUE + 15 * MINUTE).isoformat()
    onward.manage("shell", "-v0", "-c", f"{NOW}delivery.plan(now); bells.ring(datetime.fromisoformat({later!r}), 10)")
    assert (letters(onward), len(queue(onward))) == (0, 2)
    rings = f"with logs.numbered('request', '0123abcd'): tasks.tick.delay({later!r})"
    onward.manage("shell", "-v0", "-c", f"from config import logs; from reminders import tasks\n{rings}")
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", "2", "-l", "WARNING"]
    with open(onward.log, "ab") as log:
        worker = Child("worker", *command, cwd=ROOT, env=onward.environment, stdout=log, stderr=log, patience=30)
        try:
            deadline = time.monotonic() + 120
            while letters(onward) < PEOPLE and not worker.dead and time.monotonic() < deadline:
                time.sleep(0.1)
            while "zone files" not in onward.words() and not worker.dead and time.monotonic() < deadline:
                time.sleep(0.1)
        finally:
            worker.end()
    assert letters(onward) == PEOPLE, onward.words()
    told = [line for line in onward.words().splitlines() if "zone files" in line]
    assert re.search(r" request=0123abcd task=[0-9a-f-]{36} pass=[0-9a-f]{8} event=", told[-1]), told


@pytest.fixture
def deaf() -> Iterator[str]:
    """A Redis that accepts and never answers."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(8)
        yield f"redis://127.0.0.1:{door.getsockname()[1]}/0"


@pytest.mark.services
def test_a_redis_that_never_answers_keeps_no_letter(onward: Running, deaf: str) -> None:
    onward.environment["REDIS_URL"] = deaf
    said = onward.manage(
        "shell",
        "-v0",
        "-c",
        f"{NOW}import time; at = time.monotonic(); delivery.tick(now); print(time.monotonic() - at)",
    )
    assert letters(onward) == PEOPLE
    # Two seconds is what the broker's answer is waited for; a hang would be a minute and more.
    assert float(said) < 40
