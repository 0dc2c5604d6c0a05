"""The doors of a pass: the command, the loop, the task; and whether the clock is alive."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from logging import Formatter
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import DatabaseError, OperationalError
from django.test import Client
from django.utils import timezone
from psycopg import errors

from config import passes
from config.errors import WithoutWords
from config.management.commands import tick as command
from reminders import heartbeat, tasks
from reminders.models import Heartbeat, Schedule
from reminders.views import health
from tests.reminders.conftest import DUE
from tests.running import ROOT, Running

REACHED: list[datetime] = []


def test_the_command_takes_an_instant_for_its_clock(agreed: Schedule) -> None:
    call_command("tick", "--now", "2026-11-22T17:59:59Z")
    assert mail.outbox == []
    call_command("tick", "--now", "2026-11-22T18:00:00Z")
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("now", ["2026-11-22T18:00", "2026-11-22T19:00+01:00", "20261122T180000Z"])
def test_an_instant_may_be_written_in_any_iso_way(agreed: Schedule, now: str) -> None:
    call_command("tick", "--now", now)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "words", ["on Sunday", "", "2026-02-30", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-10:00"]
)
def test_what_is_no_instant_is_refused_in_one_line(words: str, db: None) -> None:
    with pytest.raises(CommandError) as error:
        call_command("tick", "--now", words)
    assert str(error.value) == f"--now takes an ISO 8601 instant such as 2026-11-22T17:00:00Z, not {words!r}."


@pytest.mark.parametrize("words", ["1900-01-01", "2100-01-03T18:00:00Z", "9900-12-31T23:59:59-10:00"])
def test_a_pass_can_be_of_any_time_that_somebody_may_see(words: str, agreed: Schedule) -> None:
    call_command("tick", "--now", words)
    assert Heartbeat.objects.count() == 1


def test_a_pass_is_heard_by_the_real_clock(db: None) -> None:
    call_command("tick", "--now", "2031-01-01T00:00:00Z")
    assert abs(Heartbeat.objects.get().at - timezone.now()) < timedelta(minutes=1)


def test_a_pass_that_broke_off_is_not_heard(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passes, "PASSES", ("tests.reminders.test_tick.broken",))
    with pytest.raises(CommandError, match="^The pass came to no end; the log says where.") as said:
        call_command("tick")
    assert said.value.__cause__ is None
    assert set(heartbeat.heard()) == {heartbeat.BROKEN}


def broken(now: datetime) -> None:
    raise DatabaseError("DETAIL: heliotrope-canary")


def away(now: datetime) -> None:
    raise OperationalError("server closed the connection")


def kept_waiting(now: datetime) -> None:
    raise OperationalError("lock timeout") from errors.LockNotAvailable("heliotrope-canary")


def told_to_go(now: datetime) -> None:
    raise OperationalError("the server goes") from errors.AdminShutdown("heliotrope-canary")


def reached(now: datetime) -> None:
    REACHED.append(now)


@pytest.mark.parametrize(
    ("first", "behind"), [("broken", [DUE]), ("kept_waiting", [DUE]), ("away", []), ("told_to_go", [])]
)
def test_a_pass_that_breaks_keeps_none_behind_it_waiting_but_a_database_that_is_away(
    first: str, behind: list[datetime], db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    REACHED.clear()
    monkeypatch.setattr(passes, "PASSES", [f"tests.reminders.test_tick.{name}" for name in (first, "reached")])
    with pytest.raises(DatabaseError):
        passes.run(DUE)
    assert (REACHED, set(heartbeat.heard())) == (behind, {heartbeat.BROKEN})


def test_the_loop_survives_a_database_that_is_away_and_says_so_without_words(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(passes, "PASSES", ("tests.reminders.test_tick.broken",))
    command.Command()._pass()
    named, record = caplog.records
    assert named.getMessage() == "A pass broke: tests.reminders.test_tick.broken, DatabaseError."
    WithoutWords().filter(record)
    said = Formatter().format(record)
    assert said.startswith("A pass came to no end. [DatabaseError at ")
    assert "heliotrope" not in said
    assert len(said.splitlines()) == 1


def test_a_pass_that_broke_is_noted_until_one_comes_to_its_end(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as during:
        during.setattr(passes, "PASSES", ("tests.reminders.test_tick.broken",))
        with pytest.raises(DatabaseError):
            passes.run(DUE)
    assert heartbeat.is_broken(heartbeat.heard())
    passes.run(DUE)
    assert not heartbeat.is_broken(heartbeat.heard())


@pytest.mark.services
def test_the_loop_ticks_and_ends_calmly_when_asked(running: Callable[..., Running]) -> None:
    onward = running()
    onward.home.mkdir(parents=True)
    onward.manage("prepare")
    loop = subprocess.Popen([sys.executable, "manage.py", "tick", "--loop"], cwd=ROOT, env=onward.environment)
    heard = ["shell", "-v0", "-c", "from reminders.models import Heartbeat; print(Heartbeat.objects.count())"]
    deadline = time.monotonic() + 60
    while onward.manage(*heard).strip() != "1" and time.monotonic() < deadline:
        time.sleep(0.1)
    os.kill(loop.pid, signal.SIGTERM)
    assert loop.wait(20) == 0


# The task


def test_the_task_is_a_pass_at_its_instant(agreed: Schedule) -> None:
    tasks.tick("2026-11-22T17:59:59+00:00")
    assert mail.outbox == []
    tasks.tick("2026-11-22T18:00:00")
    assert len(mail.outbox) == 1


def test_without_an_instant_the_task_goes_by_the_real_clock(db: None) -> None:
    tasks.tick()
    assert set(heartbeat.heard()) == {heartbeat.NAME, heartbeat.BELL}


GOOD = [7, None, uuid4(), str(uuid4()), "2026-11-22T18:00:00+00:00", "2026-11-22T18:00:00Z"]
BAD = [
    "I rested.",
    "ada@example.com",
    "2026",
    "",
    "1" * 65,
    1.5,
    b"x",
    {"a": 1},
    ["I rested."],
    "2026-11-22T18:00:00 I rested",
]


@pytest.mark.parametrize("value", GOOD)
def test_numbers_ids_and_instants_fit_through_the_door(value: Any) -> None:
    tasks.refuse_words((value,), {})
    tasks.refuse_words((), {"value": value})


@pytest.mark.parametrize("value", BAD)
@pytest.mark.parametrize("door", [tasks.tick.delay, tasks.tick])
def test_words_do_not_fit_through_the_door(value: Any, door: Any) -> None:
    with pytest.raises(ValueError, match="numbers, ids and instants alone") as refused:
        door(value)
    assert str(value) not in str(refused.value) or value == ""


def test_beat_has_one_entry_that_goes_stale_before_the_next() -> None:
    from django.conf import settings

    [(name, entry)] = settings.CELERY["beat_schedule"].items()
    assert (name, entry["task"]) == ("tick", tasks.tick.name)
    assert entry["options"]["expires"] < entry["schedule"] == 60


# Health


def heard(ago: timedelta) -> None:
    Heartbeat.objects.update_or_create(name=heartbeat.NAME, defaults={"at": timezone.now() - ago})


@pytest.fixture
def long_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "STARTED", time.monotonic() - 301)


@pytest.fixture
def just_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests themselves may have been at it for longer than that."""
    monkeypatch.setattr(health, "STARTED", time.monotonic())


def test_health_is_ok_from_the_first_answer(just_up: None, db: None, client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content, answer.cookies) == (200, b"ok", {})


@pytest.mark.parametrize(("ago", "code", "words"), [(4, 200, b"ok"), (6, 503, b"clock")])
def test_a_clock_unheard_for_five_minutes_turns_it_red(
    long_up: None, db: None, client: Client, ago: int, code: int, words: bytes
) -> None:
    heard(timedelta(minutes=ago))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (code, words)


def test_a_clock_never_heard_turns_it_red_after_five_minutes_alone(long_up: None, db: None, client: Client) -> None:
    assert client.get("/healthz").content == b"clock"


def test_a_cache_that_is_away_is_named(just_up: None, db: None, client: Client, settings: Any) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
    }
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"cache")


def test_letters_do_not_wait_for_a_later_pass_to_be_well(agreed: Schedule, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passes, "PASSES", ("reminders.delivery.tick", "tests.reminders.test_tick.broken"))
    with pytest.raises(DatabaseError):
        passes.run(DUE.astimezone(UTC))
    assert len(mail.outbox) == 1
