"""The machine's clock was a year ahead for a while. Letters go on when it is right again, and none comes twice."""

from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from config import passes
from reminders import astray
from reminders.models import Schedule
from tests.reminders.conftest import DAY, DUE, HOUR, MINUTE, agree

WEEK, YEAR = 7 * DAY, 364 * DAY


@pytest.fixture(autouse=True)
def machine() -> Any:
    """Its own clock, which is right again."""
    with time_machine.travel(DUE, tick=False) as clock:
        yield clock


def test_a_year_ahead_and_back(agreed: Schedule) -> None:
    passes.run(DUE)
    passes.run(DUE + YEAR)
    assert Schedule.objects.get().next_at == DUE + YEAR + WEEK
    passes.run(DUE + MINUTE)
    assert Schedule.objects.get().next_at == DUE + WEEK
    for week in (1, 2):
        passes.run(DUE + week * WEEK)
    assert len(mail.outbox) == 4


def test_the_slot_that_was_sent_ahead_of_its_time_is_sent_no_more(agreed: Schedule) -> None:
    for at in (DUE + YEAR, DUE, DUE + YEAR - WEEK, DUE + YEAR, DUE + YEAR + MINUTE):
        passes.run(at)
    assert len(mail.outbox) == 3


@pytest.mark.parametrize(("days", "moved"), [(75, False), (76, True)])
def test_what_lies_where_a_month_can_lie_stays(agreed: Schedule, days: int, moved: bool) -> None:
    Schedule.objects.update(next_at=DUE + days * DAY)
    astray.tick(DUE)
    assert (Schedule.objects.get().next_at == DUE) is moved


def test_all_of_them_come_back_in_batches(agreed: Schedule, bea: User, monkeypatch: pytest.MonkeyPatch) -> None:
    agree(bea)
    Schedule.objects.update(next_at=DUE + YEAR)
    monkeypatch.setattr(astray, "BATCH", 1)
    astray.tick(DUE)
    assert set(Schedule.objects.values_list("next_at", flat=True)) == {DUE}


def test_who_said_no_has_no_next_letter_to_bring_back(agreed: Schedule) -> None:
    agreed.change(DUE, active=False)
    Schedule.objects.update(next_at=DUE + YEAR)
    astray.tick(DUE)
    assert Schedule.objects.get().next_at == DUE + YEAR


def test_a_letter_that_was_due_meanwhile_still_goes(agreed: Schedule) -> None:
    Schedule.objects.update(next_at=DUE + YEAR)
    passes.run(DUE + HOUR)
    assert len(mail.outbox) == 1


def test_one_statement_where_nothing_is_astray(agreed: Schedule) -> None:
    with CaptureQueriesContext(connection) as asked:
        astray.tick(DUE + HOUR)
    assert len([query for query in asked if "reminders_schedule" in query["sql"]]) == 1


@pytest.mark.parametrize("days", [45, 76, 400, 4000])
def test_a_pass_whose_now_lies_in_the_past_leaves_what_a_later_one_planned(agreed: Schedule, days: int) -> None:
    """Also where nothing was said before that day, so that a letter of then would be due."""
    Schedule.objects.update(since=DUE - 5000 * DAY)
    passes.run(DUE)
    before = Schedule.objects.values().get()
    passes.run(DUE - days * DAY)
    assert Schedule.objects.values().get() == before
    assert len(mail.outbox) == 1


def test_a_pass_whose_now_lies_ahead_leaves_its_own_alone(agreed: Schedule) -> None:
    passes.run(DUE + YEAR)
    before = Schedule.objects.values().get()
    passes.run(DUE + YEAR + MINUTE)
    assert Schedule.objects.values().get() == before


def test_while_the_machines_own_clock_is_ahead_nothing_seems_astray(agreed: Schedule, machine: Any) -> None:
    machine.move_to(DUE + YEAR)
    passes.run(DUE + YEAR)
    passes.run(DUE)
    assert Schedule.objects.get().next_at == DUE + YEAR + WEEK
    machine.move_to(DUE + MINUTE)
    passes.run(DUE + MINUTE)
    assert Schedule.objects.get().next_at == DUE + WEEK
