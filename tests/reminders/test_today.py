"""What Today shows of letters: an offer, a question about the clock, a card."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.template import Context, Template
from django.test import Client, RequestFactory

from accounts.models import User
from journal.models import Entry
from reminders import delivery
from reminders.models import Delivery, Offer, Schedule
from reminders.models.delivery import State
from tests import make
from tests.reminders.conftest import DAY, DUE, FRIDAY, MINUTE

OFFER, ZONE = "/settings/reminders/offer/", "/settings/reminders/zone/"
SWAP = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


def shown(tag: str, user: User, **asked: str) -> str:
    request = RequestFactory().get("/today/", asked)
    request.user = user
    rendered = Template("{% load letters %}{% " + tag + " %}").render(Context({"request": request}))
    return " ".join(re.sub(r"<[^>]+>", " ", rendered).split())


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


# The offer


def test_the_offer_comes_with_the_first_kept_line(ada: User) -> None:
    assert shown("letter_offer", ada) == ""
    make.entry(ada)
    assert "Shall we ask for three things on Sundays at six?" in shown("letter_offer", ada)


def test_somebody_elses_line_brings_none(ada: User, bea: User) -> None:
    make.entry(bea)
    assert shown("letter_offer", ada) == ""


def test_yes_is_sunday_at_six_by_the_persons_clock(ada: User, ada_client: Client) -> None:
    make.entry(ada)
    answer = ada_client.post(OFFER, {"answer": "yes"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today/?letters=yes#letter-offer")
    schedule = Schedule.objects.get(owner=ada)
    assert (schedule.active, schedule.next_at, schedule.agreed_at) == (True, DUE, FRIDAY)
    assert shown("letter_offer", ada) == ""
    assert shown("letter_offer", ada, letters="yes") == "A card asks on Sundays at six. Undo"


@pytest.mark.parametrize("answer", ["later", "no"])
def test_anything_else_begins_nothing(ada: User, ada_client: Client, answer: str) -> None:
    make.entry(ada)
    ada_client.post(OFFER, {"answer": answer})
    assert Schedule.objects.count() == 0
    assert shown("letter_offer", ada) == ""


def test_another_time_is_once_more_after_seven_more_kept_things(ada: User, ada_client: Client) -> None:
    make.entry(ada)
    ada_client.post(OFFER, {"answer": "later"})
    for number in range(6):
        make.entry(ada, f"Thing {number}")
    assert shown("letter_offer", ada) == ""
    make.entry(ada, "The eighth.")
    assert "Shall we ask" in shown("letter_offer", ada)
    ada_client.post(OFFER, {"answer": "later"})
    assert shown("letter_offer", ada) == ""


def test_no_is_no_for_good(ada: User, ada_client: Client) -> None:
    ada_client.post(OFFER, {"answer": "no"})
    for number in range(20):
        make.entry(ada, f"Thing {number}")
    assert shown("letter_offer", ada) == ""


@pytest.mark.parametrize("answer", ["yes", "later", "no"])
def test_an_answer_can_be_taken_back(ada: User, ada_client: Client, answer: str) -> None:
    make.entry(ada)
    ada_client.post(OFFER, {"answer": answer})
    ada_client.post(OFFER, {"answer": "undo"})
    assert Offer.objects.count() == 0
    assert not Schedule.objects.filter(active=True).exists()
    assert "Shall we ask" in shown("letter_offer", ada)


def test_the_answer_is_swapped_in_and_said(ada: User, ada_client: Client) -> None:
    part = ada_client.post(OFFER, {"answer": "yes"}, headers=SWAP)
    assert part.status_code == 200
    assert 'id="say" hx-swap-oob="innerHTML"' in part.content.decode()
    assert words(part) == "A card asks on Sundays at six. Undo A card asks on Sundays at six."
    assert "Shall we ask" in words(ada_client.post(OFFER, {"answer": "undo"}, headers=SWAP))


def test_an_old_tab_does_not_move_letters_that_were_arranged_since(ada: User, ada_client: Client) -> None:
    Schedule.weekly(ada).change(FRIDAY, active=True, weekday=2)
    for answer in ("yes", "later"):
        ada_client.post(OFFER, {"answer": answer})
        schedule = Schedule.objects.get()
        assert (schedule.active, schedule.weekday) == (True, 2)


@pytest.mark.parametrize("headers", [{}, SWAP])
def test_an_answer_nobody_offered_is_asked_again(ada_client: Client, headers: dict[str, str]) -> None:
    answer = ada_client.post(OFFER, {"answer": "always"}, headers=headers)
    assert answer.status_code == 422
    assert "Shall we ask" in words(answer)
    assert Schedule.objects.count() == 0


def test_the_offer_costs_two_questions_and_its_answer_one(ada: User, django_assert_num_queries: Any) -> None:
    for number in range(3):
        make.entry(ada, f"Thing {number}")
    with django_assert_num_queries(2):
        shown("letter_offer", ada)
    Offer.objects.create(owner=ada, answer="no", at=FRIDAY)
    with django_assert_num_queries(1):
        shown("letter_offer", ada)


# The clock


def test_the_zone_is_asked_for_while_nobody_knows_it(ada: User, ada_client: Client) -> None:
    assert shown("zone_question", ada) == ""
    ada.time_zone = ""
    ada.save()
    assert "Which clock do you live by?" in shown("zone_question", ada)
    assert ada_client.post(ZONE, {"time_zone": "Asia/Tokyo"}).headers["Location"] == "/today/"
    ada.refresh_from_db()
    assert (ada.time_zone, shown("zone_question", ada)) == ("Asia/Tokyo", "")


def test_saying_the_zone_sets_the_letters_going(ada: User, ada_client: Client) -> None:
    User.objects.filter(pk=ada.pk).update(time_zone="")
    ada_client.post(OFFER, {"answer": "yes"})
    assert Schedule.objects.get().next_at is None
    part = ada_client.post(ZONE, {"time_zone": "Europe/Lisbon"}, headers=SWAP)
    assert "Your days go by that clock now." in words(part)
    assert Schedule.objects.get().next_at == DUE


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "\x00"])
@pytest.mark.parametrize("headers", [{}, SWAP])
def test_a_zone_nobody_knows_is_asked_again(ada: User, ada_client: Client, zone: str, headers: dict[str, str]) -> None:
    answer = ada_client.post(ZONE, {"time_zone": zone}, headers=headers)
    assert answer.status_code == 422
    assert "Which clock do you live by?" in words(answer)
    ada.refresh_from_db()
    assert ada.time_zone == "Europe/Lisbon"


# The card


def test_the_card_stands_in_for_a_letter_where_no_mail_leaves(agreed: Schedule, ada: User, clock: Any) -> None:
    assert shown("letter_card", ada) == ""
    clock.move_to(DUE + MINUTE)
    delivery.tick(DUE)
    assert "For 16 to 22 November." in shown("letter_card", ada)
    make.entry(ada, "Something else.", now=DUE + MINUTE)
    assert "For 16 to 22 November." in shown("letter_card", ada)
    make.entry(ada, "I rested.", kind=Entry.Kind.PROUD, on=date(2026, 11, 22))
    assert shown("letter_card", ada) == ""


def test_where_mail_leaves_any_line_since_is_an_answer(agreed: Schedule, ada: User, clock: Any, settings: Any) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1"
    make.entry(ada, "Before.", now=DUE - MINUTE)
    clock.move_to(DUE + DAY)
    delivery.tick(DUE)
    assert "For 16 to 22 November." in shown("letter_card", ada)
    make.entry(ada, "Since.", now=DUE + MINUTE)
    assert shown("letter_card", ada) == ""


@pytest.mark.parametrize("state", sorted(State))
def test_the_card_is_for_letters_that_were_due_and_left(agreed: Schedule, ada: User, clock: Any, state: State) -> None:
    delivery.plan(DUE)
    Delivery.objects.update(state=state)
    clock.move_to(DUE + DAY)
    assert bool(shown("letter_card", ada)) == (state in {State.HANDED, State.SENT, State.FAILED, State.UNSURE})


def test_the_card_is_gone_a_week_later(agreed: Schedule, ada: User, clock: Any) -> None:
    delivery.tick(DUE)
    clock.move_to(DUE + timedelta(days=7))
    assert shown("letter_card", ada) == ""


def test_nobody_sees_somebody_elses_card(agreed: Schedule, bea: User, clock: Any) -> None:
    delivery.tick(DUE)
    clock.move_to(DUE + DAY)
    assert shown("letter_card", bea) == ""
