"""Letters that nobody answers slow down, say so once, and stop."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts.models import User
from reminders import delivery
from reminders.kinds import DAILY, WEEKLY
from reminders.models import Delivery, Schedule, Silence
from reminders.models.delivery import Reason, State
from tests import make
from tests.reminders.conftest import DAY, DUE, FRIDAY, HOUR, MINUTE, agree
from tests.reminders.mailserver import MailServer

WEEK = 7 * DAY
THREE = "Three things, whenever you’re ready"
LINE = "One line, if you like"
BYE = "We’ll be quiet now"


def subjects() -> list[str]:
    return [letter.subject for letter in mail.outbox]


def weeks(number: int, first: int = 0) -> None:
    for week in range(first, first + number):
        delivery.tick(DUE + week * WEEK)


def daily(user: User) -> Schedule:
    schedule = Schedule.one(user, DAILY)
    schedule.change(FRIDAY, active=True, local_time=time(20))
    return schedule


def evenings(number: int, first: int = 0) -> None:
    """From Friday on, by the wall in Lisbon."""
    for days in range(first, first + number):
        delivery.tick(datetime(2026, 11, 20, 20, tzinfo=UTC) + days * DAY)


# Weekly


def test_three_unanswered_letters_one_note_then_silence(agreed: Schedule, ada: User) -> None:
    weeks(10)
    assert subjects() == [THREE, THREE, THREE, BYE]
    silence = Silence.of(ada)
    assert silence and silence.why == Silence.Why.UNANSWERED
    agreed.refresh_from_db()
    assert (agreed.active, agreed.next_at) == (True, None)
    assert Delivery.objects.count() == 4


@pytest.mark.parametrize("week", [0, 1, 2])
def test_anything_kept_is_an_answer(agreed: Schedule, ada: User, week: int) -> None:
    weeks(week + 1)
    make.entry(ada, now=DUE + week * WEEK + DAY)
    weeks(3, first=week + 1)
    assert subjects() == [THREE] * (week + 4)
    weeks(1, first=week + 4)
    assert subjects()[-1] == BYE


def test_an_answer_a_minute_before_the_next_slot_is_one(agreed: Schedule, ada: User) -> None:
    weeks(3)
    make.entry(ada, now=DUE + 3 * WEEK - MINUTE)
    weeks(1, first=3)
    assert subjects() == [THREE] * 4


def test_what_somebody_else_keeps_is_no_answer(agreed: Schedule, bea: User) -> None:
    for week in range(4):
        make.entry(bea, now=DUE + week * WEEK + DAY)
    weeks(4)
    assert subjects() == [THREE] * 3 + [BYE]


def test_what_was_taken_back_is_no_answer(agreed: Schedule, ada: User) -> None:
    weeks(2)
    make.entry(ada, now=DUE + WEEK + DAY).remove(DUE + WEEK + DAY)
    weeks(2, first=2)
    assert subjects() == [THREE] * 3 + [BYE]


def test_only_letters_that_were_sent_count(agreed: Schedule) -> None:
    weeks(2)
    agreed.rest(date(2026, 12, 20))
    weeks(2, first=2)
    weeks(2, first=4)
    assert subjects() == [THREE] * 3 + [BYE]
    assert Delivery.objects.filter(state=State.SKIPPED, reason=Reason.PAUSED).count() == 2


@pytest.mark.parametrize("state", [State.FAILED, State.UNSURE])
def test_a_letter_that_may_not_have_come_does_not_count(agreed: Schedule, state: State) -> None:
    weeks(3)
    Delivery.objects.filter(due_at=DUE).update(state=state)
    weeks(2, first=3)
    assert subjects() == [THREE] * 4 + [BYE]


def test_a_change_of_the_schedule_is_a_sign_of_life(agreed: Schedule) -> None:
    weeks(3)
    agreed.refresh_from_db()
    agreed.change(DUE + 2 * WEEK + DAY, local_time=time(17))
    weeks(3, first=3)
    assert subjects() == [THREE] * 6


@pytest.mark.parametrize("place", ["page", "link"])
def test_a_rest_is_a_sign_of_life_and_letters_come_again_after_it(
    agreed: Schedule, ada: User, ada_client: Client, bea: User, place: str
) -> None:
    Schedule.objects.move(bea, "Europe/Lisbon", FRIDAY)
    agree(bea)
    weeks(3)
    with time_machine.travel(DUE + 2 * WEEK + HOUR, tick=False):
        address = {"page": "/settings/reminders/rest/", "link": f"/u/{agreed.stop_token}/"}[place]
        ada_client.post(address, {"choice": "month"})
    weeks(9, first=3)
    assert [letter.subject for letter in mail.outbox if letter.to == [ada.email]] == [*[THREE] * 6, BYE]
    assert [letter.subject for letter in mail.outbox if letter.to == [bea.email]] == [*[THREE] * 3, BYE]


def test_a_rest_that_is_pressed_while_a_letter_waits_keeps_it(agreed: Schedule, ada: User, ada_client: Client) -> None:
    delivery.plan(DUE)
    with time_machine.travel(DUE + MINUTE, tick=False):
        ada_client.post("/settings/reminders/rest/", {"choice": "week"})
    delivery.tick(DUE + 2 * MINUTE)
    assert list(Delivery.objects.values_list("state", "reason")) == [(State.SKIPPED, Reason.PAUSED)]


def test_who_writes_between_plan_and_gate_gets_no_farewell(agreed: Schedule, ada: User) -> None:
    weeks(3)
    delivery.plan(DUE + 3 * WEEK)
    make.entry(ada, now=DUE + 3 * WEEK - MINUTE)
    delivery.deliver(lambda: DUE + 3 * WEEK)
    assert BYE not in subjects()
    assert Silence.of(ada) is None
    last = Delivery.objects.order_by("due_at").last()
    assert last and (last.state, last.reason, last.farewell) == (State.SKIPPED, Reason.ANSWERED, True)


def test_a_graver_word_stays_where_a_note_was_not_taken(ada: User) -> None:
    """A reader who says "spam" while a note is handed over gets no other letter, whatever became of the note."""
    Silence.begin(ada.pk, Silence.Why.UNANSWERED, DUE)
    Silence.begin(ada.pk, Silence.Why.UNWANTED, DUE)
    Silence.take_back(ada.pk, DUE)
    kept = Silence.of(ada)
    assert kept and kept.why == Silence.Why.UNWANTED


def test_a_note_that_was_not_taken_is_tried_again_and_said_once(
    agreed: Schedule, ada: User, mail_server: MailServer
) -> None:
    weeks(3)
    mail_server.at_data = ["451 later"]
    weeks(1, first=3)
    assert Silence.of(ada) is None
    delivery.tick(DUE + 3 * WEEK + HOUR)
    assert Silence.of(ada) is not None
    weeks(4, first=4)
    assert len(mail_server.mails) == 4


def test_the_note_is_said_once_even_where_its_bearer_died(agreed: Schedule, ada: User) -> None:
    from reminders import gate

    weeks(3)
    delivery.plan(DUE + 3 * WEEK)
    [note] = delivery.claim(DUE + 3 * WEEK)
    assert gate.passes(note, DUE + 3 * WEEK)
    weeks(6, first=4)
    assert subjects() == [THREE] * 3


# Having letters again


def test_one_press_and_letters_come_again_as_at_first(agreed: Schedule, ada: User) -> None:
    weeks(6)
    Silence.end(ada, DUE + 6 * WEEK + DAY)
    weeks(5, first=7)
    assert subjects() == [THREE] * 3 + [BYE] + [THREE] * 3 + [BYE]


def test_writing_alone_does_not_end_the_silence(agreed: Schedule, ada: User) -> None:
    weeks(4)
    make.entry(ada, now=DUE + 4 * WEEK)
    weeks(3, first=5)
    assert len(mail.outbox) == 4


def test_a_changed_schedule_stays_silent_until_its_owner_says_so(agreed: Schedule, ada: User) -> None:
    weeks(4)
    agreed.change(DUE + 4 * WEEK, local_time=time(9))
    Schedule.objects.move(ada, "Asia/Tokyo", DUE + 4 * WEEK)
    weeks(3, first=5)
    assert len(mail.outbox) == 4


@pytest.mark.parametrize(
    ("first", "then", "stands"),
    [
        ("unanswered", "bounced", "bounced"),
        ("unwanted", "bounced", "unwanted"),
        ("bounced", "unanswered", "bounced"),
    ],
)
def test_the_graver_reason_stands(ada: User, first: str, then: str, stands: str) -> None:
    Silence.begin(ada.pk, first, FRIDAY)
    Silence.begin(ada.pk, then, FRIDAY + DAY)
    silence = Silence.of(ada)
    assert silence and silence.why == stands


def test_a_silence_between_claim_and_gate_holds(agreed: Schedule, ada: User, bea: User) -> None:
    delivery.plan(DUE)
    Silence.begin(ada.pk, Silence.Why.BOUNCED, DUE)
    delivery.deliver(lambda: DUE)
    row = Delivery.objects.get()
    assert (row.state, row.reason) == (State.SKIPPED, Reason.SILENT)


# Daily


def test_three_unanswered_daily_lines_and_they_come_on_sundays(ada: User) -> None:
    daily(ada)
    evenings(24)
    sent = Delivery.objects.filter(state=State.SENT).order_by("due_at")
    # Friday to Sunday, then three Sundays.
    assert [one.slot.isoformat() for one in sent] == [
        "2026-11-20",
        "2026-11-21",
        "2026-11-22",
        "2026-11-29",
        "2026-12-06",
        "2026-12-13",
    ]
    assert set(Delivery.objects.filter(state=State.SKIPPED).values_list("reason", flat=True)) == {Reason.SLOWED}


def test_three_of_these_one_note_and_silence(ada: User) -> None:
    daily(ada)
    evenings(60)
    assert subjects() == [LINE] * 6 + [BYE]
    assert Silence.of(ada) is not None


def test_a_line_written_and_they_come_daily_again(ada: User) -> None:
    daily(ada)
    evenings(7)
    make.entry(ada, now=datetime(2026, 11, 27, 12, tzinfo=UTC))
    evenings(3, first=7)
    assert [one.slot.day for one in Delivery.objects.filter(state=State.SENT).order_by("slot")] == [20, 21, 22, 28, 29]


def test_beside_a_weekly_letter_unanswered_daily_ones_fall_silent(agreed: Schedule, ada: User) -> None:
    daily(ada)
    for days in range(40):
        delivery.tick(DUE - 2 * DAY + days * DAY)
        evenings(1, first=days)
    kinds = list(Delivery.objects.filter(state=State.SENT).order_by("due_at").values_list("kind", "farewell"))
    assert kinds[:4] == [(DAILY, False), (DAILY, False), (WEEKLY, False), (DAILY, False)]
    assert kinds[4:] == [(WEEKLY, False), (WEEKLY, False), (WEEKLY, True)]


# What it costs


@pytest.mark.parametrize("people", [1, 3])
def test_looking_takes_as_many_statements_for_three_as_for_one(
    people: int, db: None, django_assert_num_queries: Any
) -> None:
    for number in range(people):
        user = User.objects.create_user(f"p{number}@example.com", "a long enough secret", time_zone="Europe/Lisbon")
        agree(user)
    Schedule.objects.update(unanswered=3)
    # As in any pass (8), and whose they are, what was kept, what was sent, the true numbers.
    with django_assert_num_queries(8 + 4):
        delivery.plan(DUE)
