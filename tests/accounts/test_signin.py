"""Signing in and out, limits, and words that arrive after a session ended."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import identify_hasher, make_password
from django.test import Client

from accounts.models import User
from journal.models import Entry
from tests.accounts.conftest import SECRET

CLOSED = "/account/login/?closed"
NEXT = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "///elsewhere.example",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "http:elsewhere.example",
    "http:///elsewhere.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://127.0.0.1:8000@elsewhere.example/",
    "http://localhost/",
    "\thttps://elsewhere.example",
    " //elsewhere.example",
]
WORDS = {"kind": "win", "body": "Rested.\nIt helped.", "local_date": "2026-11-20", "themes": "rest, home"}


def door(**more: str) -> dict[str, str]:
    return {"login": "ada@example.com", "password": SECRET} | more


def test_the_door_leads_where_one_was_going(ada: User, client: Client) -> None:
    answer = client.get("/entries/?kind=win")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/login/?next=/entries/%3Fkind%3Dwin")
    page = client.get(answer.headers["Location"]).content.decode()
    assert 'name="next" value="/entries/?kind=win"' in page
    answer = client.post("/account/login/", door(next="/entries/?kind=win"))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/entries/?kind=win")


@pytest.mark.parametrize("address", NEXT)
def test_no_door_leads_to_another_site(address: str, ada: User, client: Client) -> None:
    assert client.post("/account/login/", door(next=address)).headers["Location"] == "/today/"
    assert client.post("/account/logout/", {"next": address}).headers["Location"] == CLOSED


@pytest.mark.parametrize("email", ["ada@example.com", "nobody@example.com"])
def test_a_wrong_password_is_answered_like_an_unknown_address(email: str, ada: User, client: Client) -> None:
    answer = client.post("/account/login/", door(login=email, password="not the secret"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "These two don’t open a journal together. Look once more at both." in page
    assert "not the secret" not in page
    assert f'value="{email}"' in page


def test_a_journal_that_is_closed_says_so(ada: User, client: Client) -> None:
    ada.is_active = False
    ada.save(update_fields=["is_active"])
    answer = client.post("/account/login/", door())
    assert answer.headers["Location"] == "/account/inactive/"
    assert "closed for now" in client.get("/account/inactive/").content.decode()


@pytest.mark.parametrize("path", ["/account/login/", "/account/signup/", "/account/password/reset/"])
def test_no_door_gives_back_a_password_as_data(path: str, db: None, client: Client) -> None:
    words = {"login": "ada", "email": "ada", "password": "not the secret", "password1": "not the secret"}
    answer = client.post(path, words, headers={"X-Requested-With": "XMLHttpRequest", "Accept": "application/json"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "text/html; charset=utf-8")
    assert "not the secret" not in answer.content.decode()


def test_signing_out_is_a_post_and_leaves_nothing_on_the_device(ada: User, client: Client) -> None:
    client.post("/account/login/", door())
    assert client.get("/account/logout/").status_code == 200
    assert client.get("/today/").status_code == 200
    answer = client.post("/account/logout/")
    assert (answer.status_code, answer.headers["Location"]) == (302, CLOSED)
    said = "The book is closed. It opens again whenever you like."
    assert [said in client.get(page).content.decode() for page in (CLOSED, "/account/login/")] == [True, False]
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.get("/today/").status_code == 302
    assert "Clear-Site-Data" not in client.get("/").headers


def test_a_sixth_guess_waits_and_even_the_right_password_waits_with_it(ada: User, client: Client) -> None:
    for _ in range(5):
        assert client.post("/account/login/", door(password="not the secret")).status_code == 422
    answer = client.post("/account/login/", door())
    assert answer.status_code == 422
    assert "That was a good many tries. In five minutes the door opens again." in answer.content.decode()
    assert client.get("/today/").status_code == 302


def test_too_many_sign_ups_from_one_place_rest_with_a_page_of_ours(db: None, client: Client) -> None:
    words = {"email": "x", "first_line": "Rested, and it helped."}
    answers = [client.post("/account/signup/", words) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [422] * 20 + [429]
    assert "That was a good many tries from one place" in answers[-1].content.decode()
    assert hidden_and_seen(answers[-1].content.decode())["first_line"] == "Rested, and it helped."
    assert client.get("/account/signup/").status_code == 200


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_no_limit_answers_in_place_of_a_refusal(method: str, db: None, client: Client) -> None:
    for path in ("/account/login/", "/account/signup/", "/account/password/reset/"):
        codes = {getattr(client, method)(path).status_code for _ in range(35)}
        assert codes == {405}, path


def test_a_limit_of_ada_is_none_for_bea(ada: User, bea: User) -> None:
    here, there = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    for _ in range(6):
        here.post("/account/login/", door(password="not the secret"))
    answer = there.post("/account/login/", {"login": "bea@example.com", "password": "another long secret"})
    assert answer.headers["Location"] == "/today/"


def test_words_sent_after_the_session_ended_come_along_through_the_door(ada: User) -> None:
    """Typed, signed out meanwhile, sent: shown, sent along with the sign-in, shown, kept. Nothing is stored before."""
    client = Client(enforce_csrf_checks=True)
    client.get("/")
    answer = client.post("/entries/", WORDS | {"csrfmiddlewaretoken": client.cookies["csrftoken"].value})
    assert answer.status_code == 403
    form = hidden_and_seen(answer.content.decode())
    assert form["again"] == "/entries/"
    assert form["again.body"] == WORDS["body"]
    refused = client.post("/account/login/", form | door(password="not the secret"))
    assert refused.status_code == 422
    form = hidden_and_seen(refused.content.decode())
    assert form["again.themes"] == WORDS["themes"]
    answer = client.post("/account/login/", form | door())
    assert answer.status_code == 200
    form = hidden_and_seen(answer.content.decode())
    assert {name: form[name] for name in WORDS} == WORDS
    assert list(Entry.objects.of(ada)) == []
    assert client.post("/entries/", form).status_code == 303
    assert [entry.body for entry in Entry.objects.of(ada)] == [WORDS["body"]]


def hidden_and_seen(page: str) -> dict[str, str]:
    """What the last form of the page would send."""
    form = re.findall(r"<form.*?</form>", page, flags=re.S)[-1]
    sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    return sent | dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, flags=re.S))


@pytest.mark.parametrize(
    ("referer", "then"),
    [
        ("http://testserver/entries/?kind=win", "/entries/%3Fkind%3Dwin"),
        ("http://testserver/milestones/", "/milestones/"),
        ("https://elsewhere.example/entries/", "/today/"),
        ("", "/today/"),
    ],
)
def test_a_press_without_words_after_the_session_ended_leads_to_the_door_and_back(
    referer: str, then: str, db: None, client: Client
) -> None:
    path = "/steps/7b0c2a0e-5f0e-4a52-8f5e-1d2c3b4a5960/completion/"
    answer = client.post(path, {"outcome": ""}, headers={"Referer": referer})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/account/login/?next={then}")
    htmx = {"HX-Request": "true", "HX-Current-URL": referer}
    answer = client.post(path, {"outcome": ""}, headers=htmx)
    assert (answer.status_code, answer.headers["HX-Redirect"], answer.content) == (
        403,
        f"/account/login/?next={then}",
        b"",
    )


def test_a_part_of_a_page_is_never_the_door(db: None, client: Client) -> None:
    htmx = {"HX-Request": "true", "HX-Current-URL": "http://testserver/entries/"}
    answer = client.get("/entries/?after=x", headers=htmx)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (403, "/account/login/?next=/entries/")


@pytest.mark.parametrize(
    "again", ["https://elsewhere.example/", "//elsewhere.example/x", "javascript:x", "\\\\x.example"]
)
def test_words_never_go_to_another_site(again: str, ada: User, client: Client) -> None:
    answer = client.post("/account/login/", door(again=again, **{"again.body": "Rested."}))
    actions = re.findall(r'<form[^>]* action="([^"]*)"', answer.content.decode())
    assert all(re.match(r"/(?!/)", action) for action in actions), actions
    assert len(actions) == 1


def test_a_sign_in_lasts_thirty_days_however_often_it_is_used(ada: User, client_of: Callable[[User], Client]) -> None:
    start = datetime(2026, 11, 1, 12, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        client, seen = client_of(ada), []
        for day in range(0, 36, 5):
            clock.move_to(start + timedelta(days=day))
            seen.append(client.get("/today/").status_code)
    assert seen == [200] * 7 + [302]


def test_fourteen_quiet_days_close_the_book(ada: User, client_of: Callable[[User], Client]) -> None:
    start = datetime(2026, 11, 1, 12, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        client = client_of(ada)
        assert client.get("/today/").status_code == 200
        clock.move_to(start + timedelta(days=13, hours=23))
        assert client.get("/today/").status_code == 200
        clock.move_to(start + timedelta(days=28, hours=1))
        assert client.get("/today/").status_code == 302


def test_passwords_are_hashed_by_argon2(settings: Any) -> None:
    from config.settings import PASSWORD_HASHERS

    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    hashed = make_password(SECRET)
    assert hashed.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert identify_hasher(hashed).verify(SECRET, hashed)
