"""Sign-up where mails leave: the code comes first, and an address that is taken answers as a free one does."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.views.signup import PACE
from journal.models import Entry
from tests.accounts.conftest import SECRET, code_in, sign_up
from tests.reading import flat

pytestmark = pytest.mark.usefixtures("mail_leaves")
CODE_PAGE = "/account/confirm-email/"
LINE = "heliotrope: I stopped before it was finished."


def page_of(answer: Any) -> str:
    """Without the tokens that differ from page to page."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def in_sessions() -> str:
    return " ".join(str(session.get_decoded()) for session in Session.objects.all())


def test_the_code_opens_the_journal_with_its_first_page(db: None, client: Client) -> None:
    answer = client.post("/account/signup/", sign_up(first_line=LINE))
    assert (answer.status_code, answer.headers["Location"]) == (302, CODE_PAGE)
    assert client.get("/today/").headers["Location"] == "/account/login/?next=/today/"
    [letter] = mail.outbox
    answer = client.post(CODE_PAGE, {"code": code_in(letter).lower().replace("-", " ")})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/today/")
    user = User.objects.get()
    assert [entry.body for entry in Entry.objects.of(user)] == [LINE]
    assert LINE in client.get("/today/").content.decode()
    assert EmailAddress.objects.get(user=user).verified


def test_the_code_page_says_where_to_write_if_there_is_a_journal(db: None, client: Client) -> None:
    client.post("/account/signup/", sign_up())
    page = client.get(CODE_PAGE).content.decode()
    assert "If you already have a journal, sign in and write it there." in page
    assert "ada@example.com" in page


def test_an_address_that_is_taken_is_answered_like_a_free_one(ada: User, db: None) -> None:
    free, taken = Client(), Client()
    one = free.post("/account/signup/", sign_up(email="new@example.com", first_line=LINE))
    other = taken.post("/account/signup/", sign_up(first_line=LINE, password1="another long secret"))
    assert (
        (one.status_code, one.headers["Location"]) == (other.status_code, other.headers["Location"]) == (302, CODE_PAGE)
    )
    pages = [page_of(free.get(CODE_PAGE)).replace("new@", "ada@"), page_of(taken.get(CODE_PAGE))]
    assert pages[0] == pages[1]
    wrong = [page_of(visitor.post(CODE_PAGE, {"code": "BCDF-GHJK"})) for visitor in (free, taken)]
    assert wrong[0].replace("new@", "ada@") == wrong[1]
    assert "That isn’t the code." in wrong[0]


def test_how_long_it_takes_tells_nobody_whether_there_is_a_journal(ada: User, mail_leaves: list[float]) -> None:
    for email in ("ada@example.com", "new@example.com"):
        Client().post("/account/signup/", sign_up(email=email, password1="another long secret"))
    Client().post("/account/signup/", sign_up(email="not an address"))
    assert [0 < seconds < PACE for seconds in mail_leaves] == [True, True]


def test_a_line_for_an_address_that_is_taken_goes_nowhere(ada: User, client: Client) -> None:
    client.post("/account/signup/", sign_up(first_line=LINE, password1="another long secret"))
    client.get(CODE_PAGE)
    assert list(Entry.objects.of(ada)) == []
    assert LINE not in in_sessions()
    [letter] = mail.outbox
    assert letter.to == ["ada@example.com"]
    assert LINE not in letter.body
    assert "There is one already, and it stays as it is." in flat(letter.body)


def test_the_session_never_holds_the_line(db: None, client: Client) -> None:
    client.post("/account/signup/", sign_up(first_line=LINE))
    assert "account_login" in in_sessions()
    assert LINE not in in_sessions()
    assert SECRET not in in_sessions()


def test_a_form_sent_twice_still_has_a_code_that_holds(db: None) -> None:
    first, second = Client(), Client()
    assert first.post("/account/signup/", sign_up(first_line=LINE)).status_code == 302
    assert second.post("/account/signup/", sign_up(first_line=LINE)).headers["Location"] == CODE_PAGE
    answer = second.post(CODE_PAGE, {"code": code_in(mail.outbox[1])})
    assert answer.headers["Location"] == "/today/"
    assert [entry.body for entry in Entry.objects.of(User.objects.get())] == [LINE]


def test_somebody_elses_password_does_not_go_on_with_a_sign_up_that_was_begun(db: None) -> None:
    Client().post("/account/signup/", sign_up(first_line=LINE))
    stranger = Client()
    stranger.post("/account/signup/", sign_up(password1="another long secret"))
    assert "There is one already" in flat(mail.outbox[1].body)
    [begun] = User.objects.all()
    assert begun.check_password(SECRET)
    assert [entry.body for entry in Entry.objects.of(begun)] == [LINE]


def test_an_address_that_was_mistyped_is_begun_anew(db: None, client: Client) -> None:
    client.post("/account/signup/", sign_up(email="aad@example.com"))
    answer = client.post("/account/signup/", sign_up(first_line=LINE))
    assert answer.headers["Location"] == CODE_PAGE
    assert mail.outbox[1].to == ["ada@example.com"]
    client.post(CODE_PAGE, {"code": code_in(mail.outbox[1])})
    assert LINE in client.get("/today/").content.decode()


def test_three_wrong_codes_lead_back_to_the_door(db: None, client: Client) -> None:
    client.post("/account/signup/", sign_up())
    answers = [client.post(CODE_PAGE, {"code": "BCDF-GHJK"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 302]
    assert "That was a good many tries." in client.get(answers[-1].headers["Location"]).content.decode()
    assert client.post(CODE_PAGE, {"code": code_in(mail.outbox[0])}).headers["Location"] == "/account/login/"


def test_another_code_can_be_asked_for(db: None, client: Client) -> None:
    client.post("/account/signup/", sign_up())
    assert client.post(CODE_PAGE, {"action": "resend"}).headers["Location"] == CODE_PAGE
    old, new = [code_in(letter) for letter in mail.outbox]
    assert client.post(CODE_PAGE, {"code": old}).status_code == 422
    assert client.post(CODE_PAGE, {"code": new}).headers["Location"] == "/today/"


def test_an_unverified_sign_in_asks_for_the_code(db: None) -> None:
    Client().post("/account/signup/", sign_up())
    visitor = Client()
    answer = visitor.post("/account/login/", {"login": "ada@example.com", "password": SECRET})
    assert answer.headers["Location"] == CODE_PAGE
    assert visitor.post(CODE_PAGE, {"code": code_in(mail.outbox[1])}).headers["Location"] == "/today/"


def test_a_mail_server_that_is_away_costs_nobody_their_page(db: None, client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        9,
    )
    answer = client.post("/account/signup/", sign_up(first_line=LINE))
    assert answer.headers["Location"] == CODE_PAGE
    assert "The mail could not be handed over just now." in client.get(CODE_PAGE).content.decode()
    assert [entry.body for entry in Entry.objects.of(User.objects.get())] == [LINE]


def test_the_mail_is_neutral_and_answers_no_machine(db: None, client: Client) -> None:
    client.post("/account/signup/", sign_up(first_line=LINE))
    [letter] = mail.outbox
    assert letter.subject == "Your code"
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "ada" not in letter.body and LINE not in letter.body
    assert "http://127.0.0.1:8000" in letter.body
