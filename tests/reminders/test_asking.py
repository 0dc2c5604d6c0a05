"""Send me one now: what the page says when the mail server does not take it, and what is known of a mailbox then."""

import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts.models import User
from reminders.models import Bounce, Delivery, Schedule, Silence
from scripts import services
from tests.reminders.conftest import FRIDAY, reach
from tests.reminders.mailserver import MailServer

PAGE, ASK = "/settings/reminders/", "/settings/reminders/letter/"
GONE, FULL = "550 5.1.1 no such user", "552 5.2.2 mailbox full"
LATER = "The letter could not be handed over just now. In a few minutes you can ask again."
NOBODY = "No letter went: your mailbox takes no mail, its server says."
SOFT = "No letter went: your mailbox could not take one today."
OF_US = "No letter went: it was refused, and asking again today changes nothing."


@pytest.fixture(autouse=True)
def on_friday() -> Any:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


def said(client: Client) -> str:
    answer = client.post(ASK)
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(PAGE).content.decode()).split())


def silences() -> list[tuple[Any, str]]:
    return list(Silence.objects.values_list("owner", "why"))


@pytest.mark.parametrize(
    ("place", "reply", "words"),
    [
        ("at_rcpt", GONE, NOBODY),
        ("at_data", GONE, NOBODY),
        ("at_rcpt", FULL, SOFT),
        ("at_rcpt", "550 no thank you", SOFT),
        ("at_rcpt", "550 5.7.1 Relaying denied", OF_US),
        ("at_mail", "530 5.7.0 Authentication required", OF_US),
        ("at_rcpt", "452 4.2.2 mailbox full", LATER),
        ("at_data", "451 later", LATER),
    ],
)
def test_what_was_not_taken_is_said_as_it_is(
    mail_server: MailServer, agreed: Schedule, ada_client: Client, place: str, reply: str, words: str
) -> None:
    getattr(mail_server, place).append(reply)
    page = said(ada_client)
    assert [one for one in (LATER, NOBODY, SOFT, OF_US) if one in page] == [words]
    assert "A letter is on its way." not in page
    assert (mail_server.mails, Delivery.objects.count()) == ([], 0)


def test_what_was_taken_is_on_its_way(mail_server: MailServer, agreed: Schedule, ada_client: Client) -> None:
    assert "A letter is on its way." in said(ada_client)
    assert mail_server.recipients == [["ada@example.com"]]


def test_a_server_that_is_away_may_be_asked_again(ada_client: Client, agreed: Schedule, settings: Any) -> None:
    reach(settings, services.free_port())
    assert LATER in said(ada_client)


def test_an_address_that_no_server_takes_is_refused(
    mail_server: MailServer, ada: User, ada_client: Client, agreed: Schedule
) -> None:
    User.objects.filter(pk=ada.pk).update(email="ada@example.com\nBcc: bea@example.com")
    assert OF_US in said(ada_client)


def test_where_nobody_is_letters_fall_silent_and_the_page_says_both(
    mail_server: MailServer, ada: User, bea: User, ada_client: Client, agreed: Schedule
) -> None:
    mail_server.at_rcpt.append(GONE)
    page = said(ada_client)
    assert silences() == [(ada.pk, "bounced")]
    assert "A letter to ada@example.com came back on Friday 20 November: that mailbox takes no mail." in page
    assert "Have letters again" in page


def test_whoever_has_no_letters_has_none_to_be_silenced(mail_server: MailServer, ada: User, ada_client: Client) -> None:
    mail_server.at_rcpt.append(GONE)
    assert NOBODY in said(ada_client)
    assert silences() == []


@pytest.mark.parametrize("reply", [FULL, "550 5.7.1 Relaying denied", "452 4.2.2 mailbox full"])
def test_any_other_refusal_counts_for_nothing_however_often(
    mail_server: MailServer, ada_client: Client, agreed: Schedule, reply: str
) -> None:
    mail_server.at_rcpt.extend([reply] * 4)
    for _ in range(4):
        said(ada_client)
    assert (Bounce.objects.count(), silences()) == (0, [])
    assert Schedule.objects.values_list("paused_until", flat=True).get() is None
    assert mail.outbox == []
