"""Write first, sign up after: the line beside the sign-up is the first page of the new journal."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import User
from journal.models import Entry
from tests.journal.pages import words_of

LINE = "Stopped before it was finished, and went to bed. مرحبا 🌸"


def sign_up(client: Client, line: str, **words: str) -> Any:
    person = {"email": "ada@example.com", "password1": "a long enough secret", "time_zone": "Europe/Lisbon"}
    return client.post("/account/signup/", person | words | {"first_line": line})


def test_a_line_on_the_landing_becomes_the_first_page(db: None, client: Client) -> None:
    assert sign_up(client, LINE).status_code == 302
    [entry] = Entry.objects.of(User.objects.get())
    assert (entry.kind, entry.body, entry.zone) == ("win", LINE, "Europe/Lisbon")
    page = words_of(client.get("/today/"))
    assert (LINE in page, "Your first <em>page</em>" in page, "Or one tap, without words" in page) == (True, True, True)


def test_it_is_sealed_and_in_no_session(db: None, client: Client) -> None:
    sign_up(client, LINE)
    [sealed] = Entry.objects.values_list("body", flat=True)
    assert LINE.encode() not in bytes(sealed)
    assert LINE not in "".join(str(session.get_decoded()) for session in Session.objects.all())


@pytest.mark.parametrize("line", ["", "  \n ", "\x00\x07"])
def test_without_a_line_nothing_is_kept(line: str, db: None, client: Client) -> None:
    assert sign_up(client, line).status_code == 302
    assert Entry.objects.count() == 0
    assert "You don’t need to be ready." in words_of(client.get("/today/"))


def test_what_cannot_be_seen_is_left_out(db: None, client: Client) -> None:
    sign_up(client, "One\x00\x1b two\r\nthree")
    assert [entry.body for entry in Entry.objects.of(User.objects.get())] == ["One two\nthree"]


def test_a_journal_that_stood_gets_no_line_of_a_stranger(ada: User, client: Client) -> None:
    answer = sign_up(client, LINE, email=ada.email)
    assert (answer.status_code, Entry.objects.count()) == (422, 0)
    assert LINE in words_of(answer)


def test_a_sign_up_that_does_not_hold_keeps_the_line_in_its_form(db: None, client: Client) -> None:
    answer = sign_up(client, LINE, password1="short")
    assert (answer.status_code, User.objects.count(), Entry.objects.count()) == (422, 0, 0)
    assert LINE in words_of(answer)


def test_a_kept_line_stands_on_today(ada_client: Client) -> None:
    answer = ada_client.post("/entries/", {"kind": "win", "body": LINE})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today/")
    assert LINE in words_of(ada_client.get("/today/"))
