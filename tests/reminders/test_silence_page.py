"""Letters that stopped by themselves: the pages say why, and what brings them back."""

import re
from typing import Any

import pytest
import time_machine
from allauth.account.signals import email_changed
from django.core import mail
from django.test import Client

from accounts.models import User
from reminders import delivery
from reminders.models import Schedule, Silence
from tests.reminders.conftest import DUE, FRIDAY, HOUR

PAGE, SILENCE = "/settings/reminders/", "/settings/reminders/silence/"
KEPT = {"weekday": "6", "local_time": "18:00", "time_zone": "Europe/Lisbon"}
UNANSWERED, BOUNCED, UNWANTED = Silence.Why.UNANSWERED, Silence.Why.BOUNCED, Silence.Why.UNWANTED
AGAIN = "Have letters again"


@pytest.fixture(autouse=True)
def on_friday() -> Any:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def silent(user: User, why: str) -> None:
    Silence.begin(user.pk, why, FRIDAY - HOUR)


def reasons() -> list[str]:
    return [silence.why for silence in Silence.objects.all()]


@pytest.mark.parametrize(
    ("why", "words", "offers"),
    [
        (UNANSWERED, "The last three stayed unanswered, so on Friday 20 November we stopped, and wait for you.", True),
        (BOUNCED, "A letter to ada@example.com came back on Friday 20 November: that mailbox takes no mail.", True),
        (UNWANTED, "The mailbox of ada@example.com told us on Friday 20 November that a letter was not wanted", False),
    ],
)
def test_the_page_says_why_none_comes(
    ada: User, ada_client: Client, agreed: Schedule, why: str, words: str, offers: bool
) -> None:
    assert "Letters have gone quiet" not in text(ada_client.get(PAGE))
    silent(ada, why)
    page = ada_client.get(PAGE)
    assert ("Letters have gone quiet" in text(page), words in text(page), AGAIN in text(page)) == (True, True, offers)
    assert ("Change the address" in text(page)) == (why != UNANSWERED)
    assert "None, while letters are quiet." in text(page)
    assert "<time" not in page.content.decode()


def test_looking_ahead_shows_none_either(ada: User, ada_client: Client, agreed: Schedule) -> None:
    silent(ada, UNANSWERED)
    part = ada_client.get(PAGE, KEPT | {"weekly": "on"}, headers={"HX-Request": "true"})
    assert "None, while letters are quiet." in text(part)


@pytest.mark.parametrize("why", [UNANSWERED, BOUNCED])
def test_one_press_brings_letters_back(ada: User, ada_client: Client, agreed: Schedule, why: str) -> None:
    silent(ada, why)
    delivery.tick(DUE - HOUR)
    answer = ada_client.post(SILENCE)
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert reasons() == []
    assert "Letters come again." in text(ada_client.get(PAGE))
    delivery.tick(DUE)
    assert len(mail.outbox) == 1


def test_no_press_brings_back_what_a_mailbox_did_not_want(ada: User, ada_client: Client, agreed: Schedule) -> None:
    silent(ada, UNWANTED)
    assert ada_client.post(SILENCE).status_code == 409
    assert ada_client.post(PAGE, KEPT | {"weekly": "on"}).status_code == 303
    assert reasons() == [UNWANTED]
    delivery.tick(DUE)
    assert "Send me one now" not in text(ada_client.get(PAGE))
    assert ada_client.post(f"{PAGE}letter/").status_code == 409
    assert len(mail.outbox) == 0


def test_a_press_without_a_silence_is_none(ada_client: Client, agreed: Schedule) -> None:
    before = agreed.version
    assert ada_client.post(SILENCE).status_code == 303
    agreed.refresh_from_db()
    assert agreed.version == before


@pytest.mark.parametrize(
    ("why", "kept", "after"),
    [
        (UNANSWERED, {"weekly": "on"}, []),
        (UNANSWERED, {"daily": "on"}, []),
        (UNANSWERED, {}, [UNANSWERED]),
        (BOUNCED, {"weekly": "on"}, [BOUNCED]),
    ],
)
def test_whoever_keeps_a_letter_switched_on_has_said_so(
    ada: User, ada_client: Client, agreed: Schedule, why: str, kept: dict[str, str], after: list[str]
) -> None:
    silent(ada, why)
    ada_client.post(PAGE, KEPT | kept)
    assert reasons() == after
    agreed.refresh_from_db()
    assert agreed.next_at == (DUE if kept == {"weekly": "on"} and not after else None)


def test_bea_ends_her_own_alone(ada: User, agreed: Schedule, bea: User, bea_client: Client) -> None:
    silent(ada, UNANSWERED)
    silent(bea, BOUNCED)
    bea_client.post(SILENCE)
    assert [silence.owner for silence in Silence.objects.all()] == [ada]


@pytest.mark.parametrize(("why", "after"), [(UNANSWERED, [UNANSWERED]), (BOUNCED, []), (UNWANTED, [])])
def test_another_address_leaves_the_mailbox_behind(
    ada: User, agreed: Schedule, bea: User, why: str, after: list[str]
) -> None:
    silent(ada, why)
    silent(bea, BOUNCED)
    email_changed.send(User, user=ada)
    assert reasons() == [*after, BOUNCED]
    agreed.refresh_from_db()
    assert agreed.next_at == (None if after else DUE)


def test_the_address_page_is_where_it_is_left(ada: User, agreed: Schedule, client: Client) -> None:
    silent(ada, UNWANTED)
    client.post("/account/login/", {"login": ada.email, "password": "a long enough secret"})
    client.post("/account/reauthenticate/", {"password": "a long enough secret"})
    client.post("/account/email/", {"email": "countess@example.com", "action_add": "1"})
    assert reasons() == []


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (UNANSWERED, None),
        (BOUNCED, "A letter came back from your mailbox, so none is sent for now."),
        (UNWANTED, "Your mailbox said that a letter was not wanted, so none is sent."),
    ],
)
def test_today_says_what_a_mailbox_did(ada: User, ada_client: Client, why: str, words: str | None) -> None:
    assert 'id="letter-silence"' not in ada_client.get("/today/").content.decode()
    silent(ada, why)
    page = ada_client.get("/today/")
    assert ('id="letter-silence"' in page.content.decode()) == bool(words)
    assert not words or words in text(page)


def test_it_takes_a_post(ada_client: Client) -> None:
    assert ada_client.get(SILENCE).status_code == 405
