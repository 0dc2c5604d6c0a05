"""What becomes of letters that could not be left: at the door, by a mail that comes back, by a provider's word."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from allauth.account import signals
from django.core import mail
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from accounts.models import User
from reminders import bounces, delivery, gate, inbound, provider
from reminders.kinds import DAILY, WEEKLY
from reminders.models import Bounce, Delivery, Schedule, Silence
from reminders.models.delivery import Reason, State
from reminders.refusals import HARD, SOFT, Refusal
from reminders.tokens import return_address
from tests.reminders.conftest import DAY, DUE, HOUR, MINUTE, agree
from tests.reminders.mailserver import MailServer
from tests.reminders.reports import CANARY, complaint, plain, postfix

WEEK = 7 * DAY
GONE = "550 5.1.1 no such user"
FULL = "552 5.2.2 mailbox full"


def gone() -> bytes:
    return postfix("5.1.1", GONE)


def full() -> bytes:
    return postfix("5.2.2", FULL)


def kept() -> list[tuple[str, str]]:
    return list(Bounce.objects.order_by("at").values_list("kind", "code"))


def why_silent() -> list[str]:
    return list(Silence.objects.values_list("why", flat=True))


def sent(user: User, now: Any = DUE, kind: str = WEEKLY, state: str = State.SENT) -> Delivery:
    """A letter that was taken for `user` at `now`."""
    at = {"slot": now.date(), "due_at": now, "not_before": now, "handed_at": now, "handed_on": now.date()}
    return Delivery.objects.create(owner=user, kind=kind, state=state, schedule_version=1, **at)


def back(letter: Delivery) -> str:
    return return_address(letter.pk, letter.owner.email).partition("@")[0]


@pytest.fixture
def received(settings: Any) -> None:
    settings.INBOUND_DOMAIN = "in.onward.example"


# At the door


@pytest.mark.parametrize("place", ["at_rcpt", "at_data"])
def test_where_nobody_is_letters_fall_silent_at_once(mail_server: MailServer, agreed: Schedule, place: str) -> None:
    getattr(mail_server, place).append(GONE)
    delivery.tick(DUE)
    assert kept() == [(HARD, "5.1.1")]
    assert why_silent() == ["bounced"]
    row = Delivery.objects.get()
    assert (row.state, row.handed_on) == (State.FAILED, None)
    delivery.tick(DUE + WEEK)
    assert Delivery.objects.count() == 1
    assert mail_server.mails == []


@pytest.mark.parametrize(
    ("place", "reply"),
    [
        ("at_mail", "550 5.1.1 you are nobody"),
        ("at_mail", "530 5.7.0 Authentication required"),
        ("at_mail", "550 5.7.1 Relaying denied"),
        ("at_rcpt", "550 5.7.1 Relaying denied"),
        ("at_rcpt", "554 5.7.1 Client host blocked"),
        ("at_data", "550 5.7.1 This looks like spam"),
        ("at_data", "550 no thank you"),
    ],
)
def test_what_is_about_us_silences_nobody(mail_server: MailServer, agreed: Schedule, place: str, reply: str) -> None:
    for week in range(5):
        getattr(mail_server, place).append(reply)
        delivery.tick(DUE + week * WEEK)
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.FAILED}
    assert (kept(), why_silent()) == ([], [])
    delivery.tick(DUE + 5 * WEEK)
    assert len(mail_server.mails) == 1


LATER = "452 4.2.2 mailbox full"


def tried(due: Any) -> int:
    """Passes from then on, each when the letter may be tried again, until it has become something; how many tried."""
    now, tries = due, 0
    while not tries or Delivery.objects.filter(due_at=due, state=State.PLANNED).exists():
        delivery.tick(now)
        row = Delivery.objects.get(due_at=due)
        now, tries = max(row.not_before, now + MINUTE), row.tries
    return tries


@pytest.mark.parametrize("place", ["at_rcpt", "at_data"])
def test_what_is_put_off_until_it_is_stale_is_soft_and_three_such_rest(
    mail_server: MailServer, agreed: Schedule, ada: User, place: str
) -> None:
    getattr(mail_server, place).extend([LATER] * 200)
    for week in range(3):
        assert rest_of(ada) is None
        assert tried(DUE + week * WEEK) > 6
        assert len(kept()) == week + 1
    assert kept() == [(SOFT, "4.2.2")] * 3
    assert set(Delivery.objects.values_list("state", "reason")) == {(State.SKIPPED, Reason.LATE)}
    assert rest_of(ada) == (DUE + 2 * WEEK + 9 * DAY).date()
    assert (mail_server.mails, why_silent()) == ([], [])


def test_a_night_in_which_no_letter_comes_belongs_to_the_time_that_it_has(mail_server: MailServer, ada: User) -> None:
    """Daily at half past eight: by nine it has been tried four times, and in the morning it would be stale."""
    Schedule.one(ada, DAILY).change(DUE - 2 * HOUR, active=True)
    mail_server.at_rcpt.extend([LATER] * 20)
    assert tried(DUE + 150 * MINUTE) in (4, 5)
    assert kept() == [(SOFT, "4.2.2")]


def test_what_was_put_off_and_then_taken_is_no_bounce(mail_server: MailServer, agreed: Schedule) -> None:
    mail_server.at_rcpt.extend([LATER] * 6)
    assert tried(DUE) == 6
    assert (kept(), Delivery.objects.get().state) == ([], State.SENT)


@pytest.mark.parametrize(
    ("place", "reply"),
    [("at_mail", LATER), ("at_rcpt", "451 4.7.1 greylisted"), ("at_rcpt", "450 try again"), ("at_rcpt", "drop")],
)
def test_what_is_put_off_because_of_us_is_no_bounce_however_long(
    mail_server: MailServer, agreed: Schedule, place: str, reply: str
) -> None:
    getattr(mail_server, place).extend([reply] * 200)
    tried(DUE)
    assert (kept(), Delivery.objects.get().reason) == ([], Reason.LATE)


@pytest.mark.parametrize("reply", ["450 4.2.2 later", "451 4.7.1 greylisted"])
def test_what_is_put_off_is_no_bounce(mail_server: MailServer, agreed: Schedule, reply: str) -> None:
    mail_server.at_rcpt.append(reply)
    delivery.tick(DUE)
    assert (kept(), Delivery.objects.get().state) == ([], State.PLANNED)


def test_a_letter_refused_leaves_its_neighbours_alone(mail_server: MailServer, ada: User, bea: User) -> None:
    Schedule.objects.move(bea, "Europe/Lisbon", DUE - DAY)
    agree(ada, local_time=(DUE - HOUR).time())
    agree(bea)
    mail_server.at_rcpt.append(GONE)
    delivery.tick(DUE)
    assert mail_server.recipients == [["bea@example.com"]]
    assert list(Silence.objects.values_list("owner", flat=True)) == [ada.pk]


def test_the_note_that_says_farewell_is_refused_like_any(mail_server: MailServer, agreed: Schedule) -> None:
    for week in range(3):
        delivery.tick(DUE + week * WEEK)
    mail_server.at_rcpt.append(GONE)
    delivery.tick(DUE + 3 * WEEK)
    assert Delivery.objects.get(farewell=True).state == State.FAILED
    assert why_silent() == ["bounced"]


@pytest.mark.parametrize(
    ("reply", "said"),
    [("550 5.7.1 Relaying denied", "Refused by a mail server"), (FULL, "It came back: the mailbox was full.")],
)
def test_a_farewell_that_was_refused_is_said_on_the_pages(
    mail_server: MailServer, agreed: Schedule, ada: User, client_of: Callable[[User], Client], reply: str, said: str
) -> None:
    """Letters are as quiet as if the note had come; what it would have said stands under Letters."""
    for week in range(3):
        delivery.tick(DUE + week * WEEK)
    mail_server.at_rcpt.append(reply)
    delivery.tick(DUE + 3 * WEEK)
    assert (Delivery.objects.get(farewell=True).state, why_silent()) == (State.FAILED, ["unanswered"])
    with time_machine.travel(DUE + 3 * WEEK + DAY, tick=False):
        client = client_of(ada)
        page = client.get("/settings/reminders/").content.decode()
        past = client.get("/settings/reminders/history/").content.decode()
    assert "The last three stayed unanswered, so on Sunday 13 December we stopped, and wait for you." in page
    assert "Have letters again" in page
    assert re.search(rf"A note that letters go quiet</b><time[^>]*>Sunday 13 December, 18:00</time><span>{said}", past)


# Soft ones


def test_three_soft_ones_and_letters_rest_then_longer_then_they_are_silent(
    mail_server: MailServer, agreed: Schedule, ada: User
) -> None:
    """Week by week before a mailbox that stays full: three, a week of rest, three, four weeks, three, silence."""
    mail_server.at_rcpt += [FULL] * 20
    for week in range(18):
        delivery.tick(DUE + week * WEEK)
    became = list(Delivery.objects.order_by("due_at").values_list("state", "reason"))
    tried, rested = [(State.FAILED, "")], [(State.SKIPPED, Reason.PAUSED)]
    assert became == tried * 3 + rested * 1 + tried * 3 + rested * 4 + tried * 3
    assert why_silent() == ["bounced"]


def test_a_mailbox_that_has_room_again_has_its_letters_again(mail_server: MailServer, agreed: Schedule) -> None:
    mail_server.at_rcpt += [FULL] * 3
    for week in range(6):
        delivery.tick(DUE + week * WEEK)
    assert len(mail_server.mails) == 2
    assert why_silent() == []


def soft_on(user: User, *days: int, kind: str = DAILY, noted: Any = None) -> None:
    """A letter of each of these days comes back at once, or when it was `noted`."""
    for day in days:
        letter = sent(user, DUE + day * DAY, kind)
        bounces.note(letter, Refusal(SOFT, "5.2.2"), noted or letter.due_at + HOUR)


def rest_of(user: User) -> date | None:
    return Schedule.objects.get(owner=user, kind=WEEKLY).paused_until


def test_two_are_not_three(agreed: Schedule, ada: User) -> None:
    soft_on(ada, 0, 1)
    assert rest_of(ada) is None


def test_three_on_three_days_rest_every_kind_for_a_week(agreed: Schedule, ada: User) -> None:
    Schedule.one(ada, DAILY).change(DUE - DAY, active=True)
    soft_on(ada, 0, 1, 2)
    assert set(Schedule.objects.values_list("kind", "paused_until")) == {
        (WEEKLY, date(2026, 12, 2)),
        (DAILY, date(2026, 12, 2)),
    }
    assert why_silent() == []


def test_three_on_two_days_are_two(agreed: Schedule, ada: User) -> None:
    soft_on(ada, 0, 1)
    soft_on(ada, 1, kind=WEEKLY)
    assert rest_of(ada) is None


def test_one_that_arrived_in_between_begins_anew(agreed: Schedule, ada: User) -> None:
    soft_on(ada, 0, 1)
    sent(ada, DUE + 2 * DAY, DAILY)
    soft_on(ada, 3, 4)
    assert rest_of(ada) is None
    soft_on(ada, 5)
    assert rest_of(ada) == date(2026, 12, 5)


def test_a_letter_of_somebody_else_that_arrived_begins_nothing_anew(agreed: Schedule, ada: User, bea: User) -> None:
    soft_on(ada, 0, 1)
    sent(bea, DUE + DAY + HOUR, DAILY)
    soft_on(bea, 2)
    assert rest_of(ada) is None
    soft_on(ada, 2)
    assert rest_of(ada) == date(2026, 12, 2)


def test_reports_that_come_days_later_count_by_their_letters(agreed: Schedule, ada: User) -> None:
    """Mail servers try for days: three days' letters come back while those after them still seem to have arrived."""
    letters = [sent(ada, DUE + day * DAY, DAILY) for day in range(8)]
    for day, letter in enumerate(letters):
        bounces.note(letter, Refusal(SOFT, "4.4.7"), DUE + (5 + day) * DAY)
    assert rest_of(ada) == date(2026, 12, 7)
    assert list(Bounce.objects.exclude(rest_until=None).values_list("delivery", flat=True)) == [letters[2].pk]
    assert why_silent() == []


def test_a_longer_rest_of_ones_own_stands(agreed: Schedule, ada: User) -> None:
    agreed.rest(date(2027, 1, 6))
    soft_on(ada, 0, 1, 2)
    assert rest_of(ada) == date(2027, 1, 6)


def test_the_same_letter_counts_once(agreed: Schedule, ada: User) -> None:
    letter = sent(ada)
    for hours in range(5):
        bounces.note(letter, Refusal(SOFT, "5.2.2"), DUE + hours * HOUR)
    assert kept() == [(SOFT, "5.2.2")]
    assert rest_of(ada) is None


def test_after_a_first_round_four_weeks_and_after_a_second_silence(agreed: Schedule, ada: User) -> None:
    soft_on(ada, 0, 1, 2)
    soft_on(ada, 9, 10)
    assert rest_of(ada) == date(2026, 12, 2)
    soft_on(ada, 11)
    assert rest_of(ada) == date(2026, 11, 22) + timedelta(days=11 + 29)
    soft_on(ada, 40, 41)
    assert why_silent() == []
    soft_on(ada, 42)
    assert why_silent() == ["bounced"]


def test_whoever_has_letters_again_begins_at_the_beginning(agreed: Schedule, ada: User) -> None:
    soft_on(ada, 0, 1, 2, 9, 10, 11, 40, 41, 42)
    Silence.end(ada, DUE + 50 * DAY)
    soft_on(ada, 51, 52)
    assert (kept(), why_silent()) == ([(SOFT, "5.2.2")] * 2, [])


def test_a_graver_word_about_the_same_letter_takes_its_place(agreed: Schedule, ada: User) -> None:
    letter = sent(ada)
    for kind, code in ((SOFT, "5.2.2"), (HARD, "5.1.1"), (SOFT, "5.2.2")):
        bounces.note(letter, Refusal(kind, code), DUE)
    assert kept() == [(HARD, "5.1.1")]
    assert why_silent() == ["bounced"]


def test_a_letter_that_waits_at_the_gate_rests_too(agreed: Schedule, ada: User) -> None:
    delivery.plan(DUE)
    [one] = delivery.claim(DUE)
    soft_on(ada, -3, -2, -1)
    assert not gate.passes(one, DUE)
    gate.refuse(one, DUE)
    one.refresh_from_db()
    assert (one.state, one.reason) == (State.SKIPPED, Reason.PAUSED)


# By a mail that comes back


def test_a_letter_names_where_it_comes_back_to(mail_server: MailServer, agreed: Schedule, received: None) -> None:
    delivery.tick(DUE)
    [sender], [letter] = mail_server.senders, mail_server.mails
    assert re.fullmatch(r"b\+[0-9a-f]{32}-[a-z2-7]{16}@in\.onward\.example", sender)
    assert len(sender.partition("@")[0]) <= 64
    assert letter.get_all("From") == ["Onward <letters@onward.example>"]
    assert sender not in letter.as_string()


def test_where_no_mail_is_received_it_comes_back_to_its_sender(mail_server: MailServer, agreed: Schedule) -> None:
    delivery.tick(DUE)
    assert mail_server.senders == ["letters@onward.example"]


@pytest.mark.parametrize("written", [str.lower, str.upper])
def test_what_comes_back_is_noted(
    mail_server: MailServer, agreed: Schedule, received: None, written: Callable[[str], str]
) -> None:
    delivery.tick(DUE)
    [sender] = mail_server.senders
    bounces.returned(written(sender.partition("@")[0]), gone(), DUE + MINUTE)
    assert kept() == [(HARD, "5.1.1")]
    assert why_silent() == ["bounced"]
    row = Delivery.objects.get()
    assert (row.state, row.handed_on) == (State.FAILED, None)


def test_what_comes_back_while_the_letter_is_still_in_hand_stands(
    mail_server: MailServer, agreed: Schedule, ada: User, received: None
) -> None:
    delivery.plan(DUE)
    [one] = delivery.claim(DUE)
    assert gate.passes(one, DUE)
    bounces.returned(back(one), full(), DUE)
    Delivery.objects.mark_sent([one])
    assert Delivery.objects.get().state == State.FAILED


def test_what_is_about_us_leaves_the_letter_undelivered_and_no_more(ada: User, received: None) -> None:
    letter = sent(ada)
    bounces.returned(back(letter), postfix("5.7.1", "550 5.7.1 blocked"), DUE)
    letter.refresh_from_db()
    assert (letter.state, kept(), why_silent()) == (State.FAILED, [], [])


def test_what_is_no_report_changes_nothing(ada: User, received: None) -> None:
    letter = sent(ada)
    bounces.returned(back(letter), plain("I am away until Monday.", Auto_Submitted="auto-replied"), DUE)
    letter.refresh_from_db()
    assert (letter.state, kept(), why_silent()) == (State.SENT, [], [])


def test_forged_and_unknown_ones_are_passed_over(ada: User, bea: User, received: None) -> None:
    mine, theirs = sent(ada), sent(bea)
    unknown = return_address(uuid4(), ada.email).partition("@")[0]
    mixed = f"b+{mine.pk.hex}-{back(theirs).rpartition('-')[2]}"
    for local in (unknown, mixed, back(mine)[:-1], f"{back(mine)}x", f" {back(mine)}", "b+", "", "b+\x00-"):
        bounces.returned(local, gone(), DUE)
    assert (kept(), why_silent()) == ([], [])


@hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(mark=st.one_of(st.text(), st.from_regex(r"[a-z2-7]{16}", fullmatch=True)))
def test_no_guess_opens_it(ada: User, mark: str) -> None:
    letter = Delivery.objects.filter(owner=ada).first() or sent(ada)
    for local in (f"b+{letter.pk.hex}-{mark}", f"b+{letter.pk}-{mark}", mark):
        bounces.returned(local, gone(), DUE)
    assert (kept(), why_silent()) == ([], [])


@pytest.mark.parametrize(("late", "noted"), [(timedelta(days=13), 1), (timedelta(days=14), 0)])
def test_a_report_of_an_old_letter_is_passed_over(ada: User, received: None, late: timedelta, noted: int) -> None:
    bounces.returned(back(sent(ada)), gone(), DUE + late)
    assert len(kept()) == noted


def test_a_letter_that_never_left_cannot_come_back(ada: User, received: None) -> None:
    letter = sent(ada)
    Delivery.objects.update(state=State.PLANNED, handed_at=None, handed_on=None)
    bounces.returned(back(letter), gone(), DUE)
    assert kept() == []


def test_what_an_address_could_not_take_says_nothing_of_the_next_one(ada: User, received: None) -> None:
    letter = sent(ada)
    old = back(letter)
    User.objects.update(email="ada@elsewhere.example")
    bounces.returned(old, gone(), DUE)
    assert (kept(), why_silent()) == ([], [])


def test_nothing_of_the_mail_is_kept_or_logged(ada: User, received: None, caplog: Any) -> None:
    letter = sent(ada)
    report = gone().replace(b"no such user", CANARY.encode())
    assert CANARY.encode() in report
    bounces.returned(back(letter), report, DUE)
    row = Bounce.objects.values().get()
    assert row == {
        "delivery_id": letter.pk,
        "owner_id": ada.pk,
        "at": DUE,
        "kind": "hard",
        "code": "5.1.1",
        "rest_until": None,
    }
    assert CANARY not in caplog.text + str(Delivery.objects.values().get())
    assert "ada@" not in caplog.text


def test_a_letter_that_did_not_arrive_waits_for_no_answer(agreed: Schedule, ada: User) -> None:
    """Three were sent and none was answered; but one of them came back."""
    for week in range(3):
        delivery.tick(DUE + week * WEEK)
    bounces.note(Delivery.objects.order_by("due_at")[1], Refusal(SOFT, "5.2.2"), DUE + 2 * WEEK + HOUR)
    delivery.tick(DUE + 3 * WEEK)
    newest = Delivery.objects.order_by("due_at").last()
    assert newest and (newest.state, newest.farewell) == (State.SENT, False)
    assert Schedule.objects.get().unanswered == 3
    delivery.tick(DUE + 4 * WEEK)
    assert list(Delivery.objects.filter(farewell=True).values_list("slot", flat=True)) == [date(2026, 12, 20)]


# By a complaint that comes as a mail


def address(letter: Delivery) -> str:
    return return_address(letter.pk, letter.owner.email)


@pytest.mark.parametrize("kind", ["abuse", "Fraud"])
def test_a_complaint_to_the_letters_own_address_stops_letters_for_good(
    agreed: Schedule, ada: User, received: None, kind: str
) -> None:
    letter = sent(ada)
    bounces.returned(back(letter), complaint(kind=kind), DUE + HOUR)
    letter.refresh_from_db()
    assert (kept(), why_silent(), letter.state) == ([("complaint", "")], ["unwanted"], State.SENT)
    Silence.begin(ada.pk, Silence.Why.BOUNCED, DUE + HOUR)
    delivery.tick(DUE + WEEK)
    assert (why_silent(), mail.outbox) == (["unwanted"], [])


@pytest.mark.parametrize("kind", ["not-spam", "virus", "auth-failure", "other", ""])
def test_a_report_that_is_no_complaint_changes_nothing(ada: User, received: None, kind: str) -> None:
    letter = sent(ada)
    bounces.returned(back(letter), complaint(kind=kind), DUE)
    inbound.receive(complaint(address(letter), kind), ["complaints@in.onward.example"], DUE)
    letter.refresh_from_db()
    assert (kept(), why_silent(), letter.state) == ([], [], State.SENT)


def in_the_field(letter: Delivery) -> bytes:
    return complaint(address(letter))


def on_the_letter(letter: Delivery) -> bytes:
    return complaint(path=address(letter).upper())


def on_its_head(letter: Delivery) -> bytes:
    return complaint("somebody@far.example", path=address(letter), whole=False)


@pytest.mark.parametrize("shape", [in_the_field, on_the_letter, on_its_head])
def test_a_complaint_to_the_place_finds_the_letter_by_its_return_address(
    ada: User, bea: User, received: None, shape: Callable[[Delivery], bytes]
) -> None:
    letter = sent(ada)
    sent(bea)
    inbound.receive(shape(letter), ["Complaints@in.onward.example"], DUE + HOUR)
    assert list(Bounce.objects.values_list("delivery", "kind")) == [(letter.pk, "complaint")]
    assert list(Silence.objects.values_list("owner", "why")) == [(ada.pk, "unwanted")]


def test_a_complaint_that_names_no_letter_of_ours_silences_nobody(ada: User, received: None) -> None:
    """Who guesses, or has only what an answer quotes of a letter (its Message-ID), cannot stop it."""
    letter = sent(ada)
    forged = f"b+{letter.pk.hex}-{'a' * 16}@in.onward.example"
    for mime in (complaint(), complaint(forged), complaint(letter.new_message_id()), gone(), plain("spam"), b""):
        inbound.receive(mime, ["complaints@in.onward.example"], DUE)
    assert (kept(), why_silent()) == ([], [])


@pytest.mark.parametrize(("late", "noted"), [(timedelta(days=59), 1), (timedelta(days=60), 0)])
def test_a_complaint_may_come_weeks_later(ada: User, received: None, late: timedelta, noted: int) -> None:
    letter = sent(ada)
    bounces.returned(back(letter), complaint(), DUE + late)
    bounces.complained(in_the_field(letter), DUE + late)
    assert len(kept()) == noted


def test_a_complaint_about_an_address_that_its_owner_left_counts_for_nothing(ada: User, received: None) -> None:
    mime = in_the_field(sent(ada))
    User.objects.update(email="ada@elsewhere.example")
    bounces.complained(mime, DUE)
    assert (kept(), why_silent()) == ([], [])


def test_nothing_of_a_complaint_is_kept_or_logged(ada: User, received: None, caplog: Any) -> None:
    letter = sent(ada)
    assert CANARY.encode() in in_the_field(letter)
    inbound.receive(in_the_field(letter), ["complaints@in.onward.example"], DUE)
    assert kept() == [("complaint", "")]
    assert CANARY not in caplog.text + str(Bounce.objects.values().get()) + str(Delivery.objects.values().get())
    assert letter.pk.hex not in caplog.text


# By a provider's word


@pytest.mark.parametrize(
    ("what", "told", "bounced", "silent"),
    [
        ("bounced", {"why": "bounced", "said": "550 5.1.1 user unknown"}, [(HARD, "5.1.1")], ["bounced"]),
        ("bounced", {"why": "bounced", "said": "smtp; 552 5.2.2 full"}, [(SOFT, "5.2.2")], []),
        ("bounced", {"why": "bounced"}, [(SOFT, "")], []),
        ("bounced", {"why": "timed_out"}, [(SOFT, "")], []),
        ("bounced", {"why": "invalid"}, [(HARD, "")], ["bounced"]),
        ("bounced", {"why": "blocked", "said": "550 5.1.1 no"}, [], []),
        ("bounced", {"why": "spam"}, [], []),
        ("bounced", {"why": "bounced", "said": "550 5.7.1 spam"}, [], []),
        ("rejected", {"why": "bounced"}, [(HARD, "")], ["bounced"]),
        ("rejected", {"why": "invalid"}, [(HARD, "")], ["bounced"]),
        ("rejected", {"why": "spam"}, [("complaint", "")], ["unwanted"]),
        ("rejected", {"why": "blocked"}, [], []),
        ("failed", {}, [], []),
        ("complained", {}, [("complaint", "")], ["unwanted"]),
        ("complained", {"to": "Ada@Example.com"}, [("complaint", "")], ["unwanted"]),
        ("complained", {"to": "ada@left.example"}, [], []),
        ("deferred", {"why": "bounced", "said": "452 4.2.2 full"}, [], []),
        ("autoresponded", {"said": "550 5.1.1"}, [], []),
        ("opened", {}, [], []),
        ("unknown", {"why": "other"}, [], []),
    ],
)
def test_what_a_provider_tells(
    ada: User, what: str, told: dict[str, str], bounced: list[tuple[str, str]], silent: list[str]
) -> None:
    letter = sent(ada)
    bounces.event(letter.new_message_id(), what, DUE, **told)
    assert (kept(), why_silent()) == (bounced, silent)


@pytest.mark.parametrize(("what", "state"), [("bounced", State.FAILED), ("failed", State.FAILED)])
def test_a_letter_of_which_it_tells_did_not_arrive(ada: User, what: str, state: str) -> None:
    letter = sent(ada)
    bounces.event(letter.new_message_id(), what, DUE)
    letter.refresh_from_db()
    assert letter.state == state


def test_a_letter_that_was_called_unwanted_did_arrive(ada: User) -> None:
    letter = sent(ada)
    bounces.event(letter.new_message_id(), "complained", DUE)
    letter.refresh_from_db()
    assert letter.state == State.SENT


@pytest.mark.parametrize(
    ("before", "after"), [(State.UNSURE, State.SENT), (State.FAILED, State.FAILED), (State.SENT, State.SENT)]
)
def test_a_letter_of_which_nobody_knew_arrived(ada: User, before: str, after: str) -> None:
    letter = sent(ada, state=before)
    bounces.event(letter.new_message_id(), "delivered", DUE)
    letter.refresh_from_db()
    assert letter.state == after


@pytest.mark.parametrize(("what", "why"), [("unsubscribed", ""), ("rejected", "unsubscribed")])
def test_a_stop_at_the_provider_stops_that_kind(agreed: Schedule, ada: User, what: str, why: str) -> None:
    Schedule.one(ada, DAILY).change(DUE - DAY, active=True)
    bounces.event(sent(ada).new_message_id(), what, DUE, why=why)
    assert set(Schedule.objects.values_list("kind", "active")) == {(WEEKLY, False), (DAILY, True)}
    assert (kept(), why_silent()) == ([], [])


@pytest.mark.parametrize("named", ["", "no id", f"<{uuid4()}@onward.example>", "\x00@", "8" * 40 + "@"])
def test_a_letter_that_nobody_sent_is_passed_over(ada: User, named: str) -> None:
    sent(ada)
    bounces.event(named, "complained", DUE)
    assert (kept(), why_silent()) == ([], [])


def test_a_provider_that_names_letters_by_ids_of_its_own_is_understood(ada: User) -> None:
    letter = sent(ada)
    told = {"event_type": "bounced", "message_id": "0100", "reject_reason": "bounced", "recipient": ada.email}
    raw = {"mail": {"headers": [{"name": "Message-ID", "value": letter.new_message_id()}]}, "n": uuid4()}
    words = {"mta_response": None, "description": "smtp; 550 5.1.1 unknown", "esp_event": raw}
    provider.heard(sender=None, event=SimpleNamespace(**told, **words), esp_name="any")
    assert kept() == [(HARD, "5.1.1")]


def test_a_complaint_is_graver_than_a_bounce(ada: User) -> None:
    bounces.event(sent(ada).new_message_id(), "complained", DUE)
    bounces.note(sent(ada, DUE + DAY), Refusal(HARD, "5.1.1"), DUE + DAY)
    assert why_silent() == ["unwanted"]


# Told


def test_the_rest_is_told_on_the_page(agreed: Schedule, ada: User, ada_client: Client) -> None:
    soft_on(ada, 0, 1, 2)
    with time_machine.travel(DUE + 3 * DAY, tick=False):
        assert bounces.told(ada, DUE + 3 * DAY) == bounces.Told(date(2026, 12, 2), full=True)
        page = ada_client.get("/settings/reminders/").content.decode()
    assert "Your mailbox is full, it says" in page
    assert "rest until Wednesday 2 December" in page


def test_where_no_reason_was_given_none_is_told(agreed: Schedule, ada: User, ada_client: Client) -> None:
    for day in range(3):
        bounces.note(sent(ada, DUE + day * DAY, DAILY), Refusal(SOFT, "550"), DUE + day * DAY)
    with time_machine.travel(DUE + 3 * DAY, tick=False):
        page = ada_client.get("/settings/reminders/").content.decode()
    assert "The last three letters could not be left in your mailbox." in page


def test_nothing_is_told_to_anybody_else_nor_when_it_is_over(agreed: Schedule, ada: User, bea: User) -> None:
    assert bounces.told(ada, DUE) is None
    soft_on(ada, 0, 1, 2)
    assert bounces.told(bea, DUE + 3 * DAY) is None
    assert bounces.told(ada, DUE + 10 * DAY) is None
    agreed.rest(None)
    assert bounces.told(ada, DUE + 3 * DAY) is None


def test_another_address_begins_anew(agreed: Schedule, ada: User) -> None:
    Schedule.one(ada, DAILY).change(DUE - DAY, active=True)
    soft_on(ada, 0, 1, 2)
    Schedule.objects.filter(kind=DAILY).update(paused_until=date(2027, 3, 1))
    bounces.note(sent(ada, DUE + 3 * DAY), Refusal(HARD, "5.1.1"), DUE + 3 * DAY)
    signals.email_changed.send(sender=User, request=None, user=ada, from_email_address=None, to_email_address=None)
    assert kept() == [(HARD, "5.1.1")]
    assert set(Schedule.objects.values_list("kind", "paused_until")) == {(WEEKLY, None), (DAILY, date(2027, 3, 1))}


def test_a_bounce_is_forgotten_after_four_hundred_days(ada: User) -> None:
    bounces.note(sent(ada), Refusal(SOFT, "5.2.2"), DUE)
    delivery.sweep(DUE + 400 * DAY)
    assert kept() == [(SOFT, "5.2.2")]
    delivery.sweep(DUE + 400 * DAY + MINUTE)
    assert kept() == []


def test_whoever_left_leaves_no_bounce(ada: User, received: None) -> None:
    letter = sent(ada)
    local = back(letter)
    bounces.note(letter, Refusal(SOFT, "5.2.2"), DUE)
    ada.delete()
    bounces.returned(local, gone(), DUE)
    bounces.note(letter, Refusal(HARD, "5.1.1"), DUE)
    assert (kept(), why_silent(), mail.outbox) == ([], [], [])
