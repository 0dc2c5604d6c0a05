"""What is kept of a letter after four hundred days: that its slot had one."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from reminders import delivery, pruning
from reminders.models import Delivery, Schedule
from reminders.models.delivery import Reason, State
from tests.reminders.conftest import DAY, DUE, FRIDAY


def letter(owner: User, days: int = 0, **what: Any) -> Delivery:
    """One with a value in each of its columns."""
    due = DUE - days * DAY
    full: dict[str, Any] = {"owner": owner, "kind": "weekly", "slot": due.date(), "due_at": due, "not_before": due}
    full |= {"schedule_version": 3, "state": State.SENT, "reason": Reason.QUIET, "token": uuid4(), "lease": due}
    full |= {
        "farewell": True,
        "tries": 2,
        "handed_at": due,
        "handed_on": due.date(),
        "message_id": "<1@onward.example>",
    }
    return Delivery.objects.create(**full | what)


@pytest.mark.parametrize(("days", "state"), [(399, State.SENT), (400, State.PAST), (401, State.PAST)])
def test_four_hundred_days_are_kept(ada: User, days: int, state: State) -> None:
    letter(ada, days)
    pruning.tick(DUE)
    assert Delivery.objects.get().state == state


def test_nothing_but_the_slot_is_left(ada: User) -> None:
    old = letter(ada, 401)
    pruning.tick(DUE)
    left = Delivery.objects.values().get()
    assert {name: left.pop(name) for name in ("id", "owner_id", "kind", "slot")} == {
        "id": old.pk,
        "owner_id": ada.pk,
        "kind": "weekly",
        "slot": old.slot,
    }
    assert (left.pop("state"), left.pop("due_at"), left.pop("not_before")) == ("past", pruning.NO_TIME, pruning.NO_TIME)
    assert {name: value for name, value in left.items() if value not in (None, "", 0, False)} == {}


def test_a_letter_of_today_keeps_every_column(ada: User) -> None:
    """The one above can fail: nothing here is empty to begin with."""
    letter(ada)
    pruning.tick(DUE)
    assert [name for name, value in Delivery.objects.values().get().items() if value in (None, "", 0)] == []


@pytest.mark.parametrize("state", sorted(set(State) - {State.PAST}))
def test_whatever_became_of_it(ada: User, state: State) -> None:
    letter(ada, 500, state=state)
    pruning.tick(DUE)
    assert Delivery.objects.get().state == State.PAST


def test_a_clock_that_went_back_cannot_send_that_slot_again(agreed: Schedule) -> None:
    delivery.tick(DUE)
    pruning.tick(DUE + 401 * DAY)
    Schedule.objects.update(next_at=DUE, since=FRIDAY)
    delivery.tick(DUE)
    assert len(mail.outbox) == 1
    assert list(Delivery.objects.values_list("state", "slot")) == [(State.PAST, date(2026, 11, 22))]


def test_one_that_never_went_goes_no_more(agreed: Schedule) -> None:
    delivery.plan(DUE)
    pruning.tick(DUE + 401 * DAY)
    assert delivery.claim(DUE + 401 * DAY) == []


def test_no_more_in_a_pass_than_it_may_and_the_next_goes_on(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        letter(ada, 400 + number)
    monkeypatch.setattr(pruning, "BATCH", 2)
    monkeypatch.setattr(pruning, "MOST", 2)
    left = []
    for _ in range(3):
        pruning.tick(DUE)
        left.append(Delivery.objects.exclude(state=State.PAST).count())
    assert left == [3, 0, 0]


@pytest.mark.parametrize("letters", [1, 3])
def test_a_pass_with_nothing_to_forget_is_one_statement_however_many_there_are(ada: User, letters: int) -> None:
    for number in range(letters):
        letter(ada, number)
        letter(ada, 500 + number, state=State.PAST, due_at=pruning.NO_TIME, handed_on=None)
    with CaptureQueriesContext(connection) as asked:
        pruning.tick(DUE)
    assert len([query for query in asked if "reminders_delivery" in query["sql"]]) == 1


def test_somebody_elses_stay(ada: User, bea: User) -> None:
    letter(ada, 401)
    kept = letter(bea, 1)
    pruning.tick(DUE + timedelta(hours=1))
    assert Delivery.objects.exclude(state=State.PAST).get() == kept
