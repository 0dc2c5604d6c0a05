"""One letter, or none; never two. Each state that a crash can leave behind is made here and met by the next pass."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.account import signals
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from journal.models import Entry
from reminders import delivery, gate
from reminders.models import Delivery, Schedule, WriteLink
from reminders.models.delivery import Reason, State
from tests import make
from tests.reminders.conftest import DAY, DUE, FRIDAY, HOUR, MINUTE, agree


def standing() -> list[tuple[str, str]]:
    return list(Delivery.objects.order_by("due_at").values_list("state", "reason"))


def claimed(now: datetime = DUE) -> Delivery:
    delivery.plan(now)
    [one] = delivery.claim(now)
    return one


def name_three(user: User, monday: date) -> None:
    for number in range(3):
        make.entry(user, f"Thing {number}", kind=Entry.Kind.PROUD, on=monday + timedelta(days=number))


# The usual way


def test_a_letter_that_is_due_goes_once_however_often_the_clock_ticks(agreed: Schedule) -> None:
    for minutes in range(5):
        delivery.tick(DUE + minutes * MINUTE)
    [letter] = mail.outbox
    assert letter.to == ["ada@example.com"]
    assert standing() == [(State.SENT, "")]


def test_what_was_sent_is_noted(agreed: Schedule) -> None:
    delivery.tick(DUE)
    row = Delivery.objects.get()
    assert row.handed_on == date(2026, 11, 22)
    assert timedelta(0) <= (row.handed_at or FRIDAY) - DUE < MINUTE
    assert mail.outbox[0].extra_headers["Message-ID"] == row.message_id


def test_every_week_has_its_letter(agreed: Schedule) -> None:
    for week in range(3):
        delivery.tick(DUE + week * 7 * DAY)
    assert len(mail.outbox) == 3


def test_ten_letters_go_in_as_many_claims_as_one(db: None) -> None:
    for number in range(10):
        agree(User.objects.create_user(f"p{number}@example.com", "a long enough secret", time_zone="Europe/Lisbon"))
    delivery.plan(DUE)
    with CaptureQueriesContext(connection) as asked:
        taken = delivery.claim(DUE)
    assert len(taken) == 10
    assert len([query for query in asked if query["sql"].startswith("UPDATE")]) == 1


@pytest.mark.parametrize("people", [1, 3])
def test_the_statements_of_a_pass_grow_by_the_gate_alone(people: int, db: None) -> None:
    for number in range(people):
        agree(User.objects.create_user(f"p{number}@example.com", "a long enough secret", time_zone="Europe/Lisbon"))
    delivery.plan(DUE)
    with CaptureQueriesContext(connection) as asked:
        delivery.deliver(lambda: DUE)
    assert len(mail.outbox) == people
    # Twice a claim with its begin and end, the rows, the schedules, who wants no telling subject, the links, the marks
    # and the counts of what waits for an answer; and a gate a letter.
    assert len(asked) == 15 + people


# Claims


def test_what_is_claimed_is_nobody_elses_until_the_lease_is_over(agreed: Schedule) -> None:
    claimed()
    assert delivery.claim(DUE + MINUTE) == []
    assert len(delivery.claim(DUE + delivery.LEASE)) == 1


def test_a_claim_whose_holder_died_goes_with_the_next_pass_after_its_lease(agreed: Schedule) -> None:
    claimed()
    delivery.tick(DUE + MINUTE)
    assert mail.outbox == []
    delivery.tick(DUE + 3 * MINUTE)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("state", sorted(set(State) - {State.PLANNED, State.CLAIMED}))
def test_what_may_have_left_is_never_claimed(agreed: Schedule, state: State) -> None:
    one = claimed()
    Delivery.objects.filter(pk=one.pk).update(state=state, handed_at=DUE)
    assert delivery.claim(DUE + DAY) == []


# The gate


def test_the_gate_lets_a_letter_through_once(agreed: Schedule) -> None:
    one = claimed()
    assert [gate.passes(one, DUE), gate.passes(one, DUE)] == [True, False]


def test_a_worker_that_slept_past_its_lease_is_refused(agreed: Schedule) -> None:
    one = claimed()
    later = DUE + delivery.LEASE
    assert not gate.passes(one, later)
    gate.refuse(one, later)
    assert standing() == [(State.CLAIMED, "")]
    [again] = delivery.claim(later)
    assert gate.passes(again, later)
    assert not gate.passes(one, later)


def stopped(schedule: Schedule) -> None:
    schedule.change(DUE, active=False)


def moved(schedule: Schedule) -> None:
    Schedule.objects.move(schedule.owner, "Asia/Tokyo", DUE)


def another_time(schedule: Schedule) -> None:
    schedule.change(DUE, local_time=time(20))


def stopped_and_begun_again(schedule: Schedule) -> None:
    schedule.change(DUE, active=False)
    schedule.change(DUE, active=True)


def resting(schedule: Schedule) -> None:
    schedule.rest(date(2026, 11, 29))


def closed(schedule: Schedule) -> None:
    User.objects.update(is_active=False)


def three_named(schedule: Schedule) -> None:
    name_three(schedule.owner, date(2026, 11, 16))


def another_letter_left(schedule: Schedule) -> None:
    at = {"slot": date(2026, 11, 21), "due_at": DUE - DAY, "not_before": DUE - DAY, "schedule_version": 1}
    Delivery.objects.create(owner=schedule.owner, kind="daily", state=State.SENT, handed_on=date(2026, 11, 22), **at)


@pytest.mark.parametrize(
    ("meanwhile", "reason"),
    [
        (stopped, Reason.STOPPED),
        (moved, Reason.CHANGED),
        (another_time, Reason.CHANGED),
        (stopped_and_begun_again, Reason.CHANGED),
        (resting, Reason.PAUSED),
        (closed, Reason.STOPPED),
        (three_named, Reason.QUIET),
        (another_letter_left, Reason.OTHER),
    ],
)
def test_what_is_said_between_claim_and_gate_holds(agreed: Schedule, meanwhile: Any, reason: Reason) -> None:
    one = claimed()
    meanwhile(agreed)
    assert not gate.passes(one, DUE)
    gate.refuse(one, DUE)
    one.refresh_from_db()
    assert (one.state, one.reason) == (State.SKIPPED, reason)


@pytest.mark.parametrize("name", ["password_changed", "email_changed"])
def test_a_letter_in_hand_is_written_anew_for_a_new_address_or_password(
    agreed: Schedule, ada: User, bea: User, client: Client, name: str
) -> None:
    """The one in hand goes to the old address, with a link that is revoked."""
    agree(bea)
    delivery.plan(DUE)
    held = delivery.claim(DUE)
    User.objects.filter(pk=ada.pk).update(email="ada@elsewhere.example")
    getattr(signals, name).send(User, request=None, user=ada)
    passed = {one.owner_id: gate.passes(one, DUE) for one in held}
    assert passed == {ada.pk: False, bea.pk: True}
    for one in held:
        gate.refuse(one, DUE)
    delivery.tick(DUE + MINUTE)
    [letter] = mail.outbox
    assert letter.to == ["ada@elsewhere.example"]
    [link] = re.findall(r"/w/[^/\s]+/", str(letter.body))
    with time_machine.travel(DUE + MINUTE, tick=False):
        assert client.get(link).status_code == 200


def test_somebody_who_left_between_claim_and_gate_gets_nothing(agreed: Schedule, ada: User) -> None:
    one = claimed()
    ada.delete()
    assert not gate.passes(one, DUE)
    gate.refuse(one, DUE)
    assert list(Delivery.objects.all()) == []
    delivery.tick(DUE)
    assert mail.outbox == []


def test_two_named_things_are_not_three(agreed: Schedule, ada: User) -> None:
    name_three(ada, date(2026, 11, 16))
    Entry.objects.of(ada).first().remove(DUE)
    delivery.tick(DUE)
    assert len(mail.outbox) == 1


def test_three_of_the_week_before_keep_this_weeks_letter_from_nobody(agreed: Schedule, ada: User) -> None:
    name_three(ada, date(2026, 11, 9))
    delivery.tick(DUE)
    assert len(mail.outbox) == 1


def test_three_by_somebody_else_count_for_nothing(agreed: Schedule, bea: User) -> None:
    name_three(bea, date(2026, 11, 16))
    delivery.tick(DUE)
    assert len(mail.outbox) == 1


def test_before_thursday_the_week_that_has_ended_is_asked_about(ada: User) -> None:
    agree(ada, weekday=2)
    name_three(ada, date(2026, 11, 16))
    delivery.tick(datetime(2026, 11, 25, 18, tzinfo=UTC))
    assert standing() == [(State.SKIPPED, Reason.QUIET)]


def test_a_rest_that_is_over_on_the_day_itself_lets_the_letter_go(agreed: Schedule) -> None:
    agreed.rest(date(2026, 11, 22))
    delivery.tick(DUE)
    assert len(mail.outbox) == 1


# Late


@pytest.mark.parametrize(
    ("late", "state"),
    [
        (HOUR, State.SENT),  # 19:00
        (2 * HOUR, State.SENT),  # 20:00 is still day
        (3 * HOUR, State.PLANNED),  # 21:00 is night
        (13 * HOUR, State.PLANNED),  # 7:00
        (14 * HOUR, State.SENT),  # 8:00
        (24 * HOUR, State.SENT),
        (24 * HOUR + MINUTE, State.SKIPPED),
    ],
)
def test_a_late_letter_waits_for_the_day_and_a_stale_one_goes_no_more(
    agreed: Schedule, late: timedelta, state: State
) -> None:
    delivery.plan(DUE)
    delivery.deliver(lambda: DUE + late)
    assert [row[0] for row in standing()] == [state]
    assert len(mail.outbox) == (state == State.SENT)


def test_one_that_waits_for_the_day_goes_in_the_morning_of_its_reader(bea: User) -> None:
    agree(bea)
    due = datetime(2026, 11, 22, 18, tzinfo=ZoneInfo("Asia/Tokyo"))
    delivery.tick((due + 5 * HOUR).astimezone(UTC))
    row = Delivery.objects.get()
    assert (row.state, row.not_before) == (State.PLANNED, datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Asia/Tokyo")))
    delivery.tick(row.not_before)
    assert len(mail.outbox) == 1


def test_a_late_sunday_letter_never_shares_its_day_with_the_next(agreed: Schedule) -> None:
    """Sunday's letter leaves on Monday morning; moved to Mondays, that evening's stays."""
    delivery.plan(DUE)
    delivery.deliver(lambda: DUE + 15 * HOUR)
    agreed.change(DUE + 16 * HOUR, weekday=0)
    delivery.tick(DUE + DAY)
    assert standing() == [(State.SENT, ""), (State.SKIPPED, Reason.OTHER)]


def test_no_flood_after_a_month_without_a_clock(agreed: Schedule) -> None:
    delivery.tick(DUE + 28 * DAY + 5 * MINUTE)
    assert len(mail.outbox) == 1


# Sweep


def test_a_letter_of_whose_bearer_nothing_was_heard_is_never_sent_again(agreed: Schedule) -> None:
    """Killed between the gate and the server's answer."""
    one = claimed()
    assert gate.passes(one, DUE)
    delivery.sweep(DUE + 10 * MINUTE)
    assert standing() == [(State.HANDED, "")]
    for later in (11 * MINUTE, HOUR, DAY):
        delivery.tick(DUE + later)
    assert standing() == [(State.UNSURE, "")]
    assert mail.outbox == []


def test_a_bearer_who_was_only_slow_still_marks_it_sent(agreed: Schedule) -> None:
    one = claimed()
    assert gate.passes(one, DUE)
    delivery.sweep(DUE + HOUR)
    Delivery.objects.mark_sent([one])
    assert standing() == [(State.SENT, "")]


def test_links_are_forgotten_a_month_after_they_closed(ada: User) -> None:
    at = {"owner": ada, "kind": "weekly", "monday": date(2026, 11, 16)}
    WriteLink.objects.create(digest="a", expires_at=DUE, **at)
    delivery.sweep(DUE + 30 * DAY)
    assert WriteLink.objects.count() == 1
    delivery.sweep(DUE + 31 * DAY)
    assert WriteLink.objects.count() == 0


# What it rests on


def test_a_letter_that_cannot_be_written_keeps_nobody_elses_from_going(agreed: Schedule, ada: User, bea: User) -> None:
    Schedule.objects.move(bea, "Europe/Lisbon", FRIDAY)
    agree(bea)
    Schedule.objects.filter(owner=ada).update(stop_token="not/an/address")
    delivery.plan(DUE)
    delivery.deliver(lambda: DUE)
    assert [letter.to for letter in mail.outbox] == [["bea@example.com"]]
    row = Delivery.objects.get(owner=ada)
    assert (row.state, row.tries) == (State.PLANNED, 1)


def test_a_slot_without_its_schedule_is_skipped(agreed: Schedule) -> None:
    delivery.plan(DUE)
    agreed.delete()
    delivery.tick(DUE)
    assert standing() == [(State.SKIPPED, Reason.STOPPED)]


def test_a_row_that_somebody_else_claimed_meanwhile_is_not_ours_to_mark(agreed: Schedule) -> None:
    one = claimed()
    Delivery.objects.update(token=uuid4())
    one.put_back(DUE, tried=True)
    one.skip(Reason.LATE)
    one.wait(DUE + HOUR)
    one.close(State.FAILED)
    assert standing() == [(State.CLAIMED, "")]


def test_the_clock_of_a_pass_goes_on_while_it_works() -> None:
    clock = delivery.going_on_from(DUE)
    first, second = clock(), clock()
    assert DUE <= first <= second < DUE + HOUR


def test_a_pass_that_ran_out_of_time_puts_the_rest_back(db: None) -> None:
    for number in range(3):
        agree(User.objects.create_user(f"p{number}@example.com", "a long enough secret", time_zone="Europe/Lisbon"))
    delivery.plan(DUE)
    delivery.deliver(lambda: DUE + MINUTE if mail.outbox else DUE)
    assert len(mail.outbox) == 1
    assert sorted(row[0] for row in standing()) == [State.PLANNED, State.PLANNED, State.SENT]
    delivery.deliver(lambda: DUE + 2 * MINUTE)
    assert len(mail.outbox) == 3
