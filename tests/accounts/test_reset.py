"""Another password: by a code where mail leaves, in plain words where none does."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
from journal.models import Entry
from tests import make
from tests.accounts.conftest import SECRET, code_in

ASK, CODE, NEW = "/account/password/reset/", "/account/password/reset/confirm/", "/account/password/reset/complete/"
FRESH = "quite another secret"


@pytest.mark.usefixtures("mail_leaves")
def test_a_code_brings_another_password_and_the_words_stay(ada: User, ada_client: Client, client: Client) -> None:
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True)
    make.entry(ada, "Opened the letter.")
    assert ada_client.get("/today/").status_code == 200
    assert client.post(ASK, {"email": "ADA@example.com"}).headers["Location"] == CODE
    assert client.get(NEW).headers["Location"] == CODE
    [letter] = mail.outbox
    assert (letter.subject, letter.to) == ("Your code", ["ada@example.com"])
    assert client.post(CODE, {"code": code_in(letter)}).headers["Location"] == NEW
    short = client.post(NEW, {"password1": "short"})
    assert (short.status_code, "It has 5 characters; 10 or more, please." in short.content.decode()) == (422, True)
    answer = client.post(NEW, {"password1": FRESH})
    assert answer.headers["Location"] == "/account/password/reset/done/"
    assert "The new password stands." in client.get(answer.headers["Location"]).content.decode()
    assert ada_client.get("/today/").status_code == 302
    assert client.post("/account/login/", {"login": ada.email, "password": SECRET}).status_code == 422
    assert client.post("/account/login/", {"login": ada.email, "password": FRESH}).headers["Location"] == "/today/"
    assert [entry.body for entry in Entry.objects.of(ada)] == ["Opened the letter."]


@pytest.mark.usefixtures("mail_leaves")
def test_an_unknown_address_is_answered_like_a_known_one(ada: User) -> None:
    pages = []
    for email in ("ada@example.com", "bea@example.com"):
        visitor = Client()
        answer = visitor.post(ASK, {"email": email})
        assert (answer.status_code, answer.headers["Location"]) == (302, CODE)
        both = visitor.get(CODE).content + visitor.post(CODE, {"code": "BCDF-GHJK"}).content
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", both.decode())
        pages.append(page.replace("bea@", "ada@"))
    assert pages[0] == pages[1]
    assert "There is no journal with it." in mail.outbox[1].body


@pytest.mark.usefixtures("mail_leaves")
def test_three_wrong_codes_end_it(ada: User, client: Client) -> None:
    client.post(ASK, {"email": ada.email})
    answers = [client.post(CODE, {"code": "BCDF-GHJK"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 302]
    assert client.post(CODE, {"code": code_in(mail.outbox[0])}).headers["Location"] == "/account/login/"
    assert client.get(NEW).headers["Location"] == ASK


@pytest.mark.usefixtures("mail_leaves")
def test_a_change_is_told_by_mail_without_a_name_or_a_word_of_the_journal(ada: User, client: Client) -> None:
    ada.name = "Heliotrope"
    ada.save()
    make.entry(ada, "heliotrope in the window")
    client.post(ASK, {"email": ada.email})
    client.post(CODE, {"code": code_in(mail.outbox[0])})
    client.post(NEW, {"password1": FRESH})
    told = mail.outbox[1]
    assert (told.subject, told.to) == ("About your journal", ["ada@example.com"])
    assert "Your journal has another password now." in told.body
    assert "http://127.0.0.1:8000/account/password/reset/" in told.body
    assert "heliotrope" not in (told.subject + told.body).lower()


def test_where_no_mail_leaves_the_page_says_so_and_whom_to_ask(db: None, client: Client, settings: Any) -> None:
    page = client.get(ASK).content.decode()
    assert "No mail leaves this server, so it can’t send you a code." in page
    settings.ONWARD_OPERATOR = "the Harbour Library"
    assert "Here that is the Harbour Library." in client.get(ASK).content.decode()
    settings.EMAIL_URL = "smtp://mail.example:25"
    assert "No mail leaves" not in client.get(ASK).content.decode()


def test_whoever_runs_a_server_without_mail_finds_the_code_in_the_outbox(ada: User, client: Client) -> None:
    client.post(ASK, {"email": ada.email})
    assert client.post(CODE, {"code": code_in(mail.outbox[0])}).headers["Location"] == NEW


def test_a_password_is_changed_with_the_one_there_is(ada: User, ada_client: Client, client: Client) -> None:
    change = "/account/password/change/"
    wrong = ada_client.post(change, {"oldpassword": "not the secret", "password1": FRESH})
    assert wrong.status_code == 422
    assert "That isn’t the password this journal has now." in wrong.content.decode()
    assert ada_client.post(change, {"oldpassword": SECRET, "password1": "1234567890"}).status_code == 422
    answer = ada_client.post(change, {"oldpassword": SECRET, "password1": FRESH})
    assert answer.headers["Location"] == "/settings/privacy/"
    page = ada_client.get("/settings/privacy/", follow=True)
    assert page.request["PATH_INFO"] == "/account/login/"
    assert "The new password stands." in page.content.decode()
    assert client.post("/account/login/", {"login": ada.email, "password": FRESH}).headers["Location"] == "/today/"


def test_a_journal_without_a_password_gets_one(ada: User, client_of: Any) -> None:
    ada.set_unusable_password()
    ada.save()
    client = client_of(ada)
    assert client.get("/account/password/change/").headers["Location"] == "/account/password/set/"
    assert client.get("/account/password/set/").status_code == 200
    assert client.post("/account/password/set/", {"password1": "short"}).status_code == 422
    assert client.post("/account/password/set/", {"password1": FRESH}).status_code == 302
    ada.refresh_from_db()
    assert ada.check_password(FRESH)
