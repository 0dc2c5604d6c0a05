"""Another address: at once where no mail leaves, after a code where it does; a fresh password before either."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import SECRET, code_in

PAGE = "/account/email/"
NEW = {"email": "Countess@example.com", "action_add": "1"}


@pytest.fixture
def fresh(ada: User) -> Client:
    """Ada, who gave her password a moment ago."""
    client = Client()
    client.post("/account/login/", {"login": ada.email, "password": SECRET})
    client.post("/account/reauthenticate/", {"password": SECRET})
    mail.outbox.clear()
    return client


def test_it_stands_at_once_where_no_mail_leaves(ada: User, fresh: Client, client: Client) -> None:
    assert "No mail leaves this server, so the new address stands at once." in fresh.get(PAGE).content.decode()
    assert fresh.post(PAGE, NEW).headers["Location"] == PAGE
    ada.refresh_from_db()
    assert ada.email == "countess@example.com"
    assert "countess@example.com" in fresh.get(PAGE).content.decode()
    old, new = [{"login": email, "password": SECRET} for email in ("ada@example.com", "countess@example.com")]
    assert client.post("/account/login/", old).status_code == 422
    assert client.post("/account/login/", new).headers["Location"] == "/today/"
    assert mail.outbox == []


def test_an_address_of_somebody_else_is_refused(ada: User, bea: User, fresh: Client) -> None:
    answer = fresh.post(PAGE, NEW | {"email": "BEA@example.com"})
    assert answer.status_code == 422
    assert "There is a journal with this address already." in answer.content.decode()
    ada.refresh_from_db()
    assert ada.email == "ada@example.com"


@pytest.mark.parametrize(
    ("email", "sentence"),
    [("ada@example.com", "That is the address it has already."), ("nadia@example", "It stops after “example”.")],
)
def test_what_cannot_be_the_new_address_is_said(email: str, sentence: str, fresh: Client) -> None:
    answer = fresh.post(PAGE, NEW | {"email": email})
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_a_code_comes_first_where_mail_leaves(ada: User, fresh: Client, mail_leaves: None) -> None:
    assert fresh.post(PAGE, NEW).headers["Location"] == "/account/confirm-email/"
    assert "Keep the address as it is" in fresh.get("/account/confirm-email/").content.decode()
    ada.refresh_from_db()
    assert ada.email == "ada@example.com"
    [letter] = mail.outbox
    assert letter.to == ["countess@example.com"]
    assert fresh.post("/account/confirm-email/", {"code": code_in(letter)}).headers["Location"] == PAGE
    ada.refresh_from_db()
    assert ada.email == "countess@example.com"
    told = mail.outbox[1]
    assert (told.to, told.subject) == (["ada@example.com"], "About your journal")
    assert "countess" not in told.body


def test_a_fresh_password_is_asked_first_and_then_it_goes_on(ada: User, ada_client: Client) -> None:
    answer = ada_client.post(PAGE, NEW)
    assert answer.headers["Location"] == "/account/reauthenticate/?next=%2Faccount%2Femail%2F"
    page = ada_client.get(answer.headers["Location"]).content.decode()
    assert "A fresh password" in page
    wrong = ada_client.post("/account/reauthenticate/", {"password": "not the secret", "next": PAGE})
    assert (wrong.status_code, "That isn’t the password." in wrong.content.decode()) == (422, True)
    assert ada_client.post("/account/reauthenticate/", {"password": SECRET, "next": PAGE}).status_code == 302
    ada.refresh_from_db()
    assert ada.email == "countess@example.com"


def test_no_message_names_an_address(ada: User, fresh: Client, mail_leaves: None) -> None:
    fresh.post(PAGE, NEW)
    answer: Any = fresh.get("/account/confirm-email/")
    assert [str(message) for message in answer.context["messages"]] == []
    fresh.post("/account/confirm-email/", {"code": code_in(mail.outbox[0])})
    assert [str(message) for message in fresh.get(PAGE).context["messages"]] == []
