"""Several clocks at once, as real processes on both databases, one of them killed: no letter comes twice."""

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes, policy
from typing import Any

import pytest

from tests.reminders.conftest import DUE, MINUTE
from tests.running import ROOT, Running

pytestmark = pytest.mark.services
PEOPLE = 60
AGREE = f"""
from datetime import datetime
from accounts.models import User
from reminders.models import Schedule
for number in range({PEOPLE}):
    user = User(email=f"p{{number}}@example.com", time_zone="Europe/Lisbon", password="!")
    user.save()
    Schedule.weekly(user).change(datetime.fromisoformat("2026-11-20T12:00+00:00"), active=True)
"""
STATES = """
import json
from django.db.models import Count
from reminders.models import Delivery
print(json.dumps(dict(Delivery.objects.values_list("state").annotate(Count("pk")))))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def onward(request: pytest.FixtureRequest, running: Callable[..., Running]) -> Running:
    environment: dict[str, str] = {}
    if request.param == "postgresql":
        url = request.getfixturevalue("database_url")
        environment = {"DATABASE_URL": url, "SECRET_KEY": "only for tests, and long enough for the check of settings"}
    place = running(**environment)
    place.home.mkdir(parents=True)
    if environment:
        place.manage("keys", "add")
    place.manage("prepare")
    place.manage("shell", "-v0", "-c", AGREE)
    return place


def ticking(onward: Running, now: Any) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "manage.py", "tick", "--now", now.isoformat()]
    with open(onward.log, "ab") as log:
        return subprocess.Popen(command, cwd=ROOT, env=onward.environment, stderr=log)


def letters(onward: Running) -> Counter[str]:
    mails = [path.read_bytes() for path in (onward.home / "outbox").glob("*.eml")]
    return Counter(message_from_bytes(mail, policy=policy.default)["To"] for mail in mails)


def states(onward: Running) -> dict[str, int]:
    return dict(json.loads(onward.manage("shell", "-v0", "-c", STATES)))


def test_three_clocks_at_once_send_each_letter_once(onward: Running) -> None:
    clocks = [ticking(onward, DUE) for _ in range(3)]
    assert [clock.wait(120) for clock in clocks] == [0, 0, 0], onward.words()
    assert letters(onward) == Counter(f"p{number}@example.com" for number in range(PEOPLE))
    assert states(onward) == {"sent": PEOPLE}


def test_a_clock_that_is_killed_doubles_nothing_and_loses_one_letter_at_most(onward: Running) -> None:
    clock = ticking(onward, DUE)
    while not list((onward.home / "outbox").glob("*.eml")) and clock.poll() is None:
        time.sleep(0.005)
    clock.send_signal(signal.SIGKILL)
    clock.wait(20)
    for later in (3, 20):
        assert ticking(onward, DUE + later * MINUTE).wait(120) == 0, onward.words()
    came = letters(onward)
    assert set(came.values()) == {1}
    assert PEOPLE - 1 <= len(came) <= PEOPLE
    assert set(states(onward)) <= {"sent", "unsure"}
