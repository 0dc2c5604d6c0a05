"""The switch on the Letters page: off until its owner says yes, and only where replies can come in."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from reminders import delivery, replies
from reminders.models import ReplyAddress, ReplyConsent, Schedule
from tests.reminders.conftest import DUE, FRIDAY
from tests.reminders.test_letters_page import PAGE, YES, text

HINT = "If you answer by replying, your mail provider keeps a copy of that reply. The link does not."


@pytest.fixture(autouse=True)
def on_friday() -> Any:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def mail_comes_in(settings: Any) -> None:
    settings.INBOUND_DOMAIN = "in.onward.example"


def consents() -> list[tuple[str, Any]]:
    return [(one.owner.email, one.at) for one in ReplyConsent.objects.all()]


def test_where_nothing_comes_in_it_is_not_there(ada: User, ada_client: Client) -> None:
    assert 'name="reply"' not in ada_client.get(PAGE).content.decode()
    ada_client.post(PAGE, YES | {"reply": "on"})
    assert consents() == []


@pytest.mark.usefixtures("mail_comes_in")
def test_it_is_off_and_says_what_a_reply_leaves_behind(ada_client: Client) -> None:
    page = ada_client.get(PAGE)
    assert 'name="reply">' in page.content.decode()
    assert HINT in text(page)
    ada_client.post(PAGE, YES)
    assert consents() == []


@pytest.mark.usefixtures("mail_comes_in")
def test_a_yes_is_kept_with_its_hour_and_shown(
    ada: User, ada_client: Client, bea_client: Client, on_friday: Any
) -> None:
    assert ada_client.post(PAGE, YES | {"reply": "on"}).status_code == 303
    on_friday.move_to(DUE)
    ada_client.post(PAGE, YES | {"reply": "on"})
    assert consents() == [("ada@example.com", FRIDAY)]
    assert 'name="reply" checked>' in ada_client.get(PAGE).content.decode()
    assert 'name="reply">' in bea_client.get(PAGE).content.decode()


@pytest.mark.usefixtures("mail_comes_in")
def test_a_no_closes_the_addresses_in_the_letters_that_are_out(ada: User, bea: User, ada_client: Client) -> None:
    for user in (ada, bea):
        replies.decide(user, True, FRIDAY)
        door = replies.address_for(user, "weekly", FRIDAY.date(), FRIDAY)
        assert door
        door.row.save(force_insert=True)
    ada_client.post(PAGE, YES)
    assert consents() == [("bea@example.com", FRIDAY)]
    assert [row.owner for row in ReplyAddress.objects.all()] == [bea]


@pytest.mark.usefixtures("mail_comes_in")
def test_a_form_that_does_not_hold_keeps_the_tick_and_changes_nothing(ada_client: Client) -> None:
    answer = ada_client.post(PAGE, YES | {"reply": "on", "local_time": "03:00"})
    assert (answer.status_code, consents()) == (422, [])
    assert 'name="reply" checked>' in answer.content.decode()


@pytest.mark.usefixtures("mail_comes_in")
def test_looking_ahead_says_yes_to_nothing(ada_client: Client) -> None:
    ada_client.get(PAGE, YES | {"reply": "on"}, headers={"HX-Request": "true"})
    assert consents() == []


@pytest.mark.usefixtures("mail_comes_in")
@pytest.mark.parametrize("people", [1, 3])
def test_the_page_asks_no_more_of_a_full_house(
    people: int, ada_client: Client, agreed: Schedule, django_assert_num_queries: Any
) -> None:
    for number in range(people):
        replies.decide(User.objects.create_user(f"p{number}@example.com", "a long enough secret"), True, FRIDAY)
    ada_client.get(PAGE)
    # As on any Letters page (test_letters_page), and the yes, whether something waits, and whether more came.
    with django_assert_num_queries(11):
        ada_client.get(PAGE)


@pytest.mark.usefixtures("mail_comes_in")
def test_no_other_kind_of_letter_can_be_replied_to(ada: User, agreed: Schedule) -> None:
    replies.decide(ada, True, FRIDAY)
    assert replies.address_for(ada, "farewell", FRIDAY.date(), FRIDAY) is None
    delivery.tick(DUE)
    assert [row.kind for row in ReplyAddress.objects.all()] == ["weekly"]
