"""Write first, sign up after, where no mail leaves: nothing is verified and the journal opens at once."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import IntegrityError
from django.test import Client

from accounts.models import DataKey, User
from journal.models import Entry
from tests.accounts.conftest import SECRET, sign_up

LINE = "I stopped before it was finished, and went to bed."


def said(answer: Any) -> str:
    """What the page says, white space aside."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def errors_of(answer: Any) -> dict[str, list[str]]:
    return {name: list(errors) for name, errors in answer.context["form"].errors.items()}


def test_the_line_is_the_first_page_of_the_new_journal(db: None, client: Client) -> None:
    answer = client.post("/account/signup/", sign_up(first_line=LINE))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/today/")
    user = User.objects.get()
    assert (user.email, user.time_zone, user.name) == ("ada@example.com", "Europe/Lisbon", "")
    assert isinstance(user.pk, UUID)
    assert [(entry.kind, entry.body) for entry in Entry.objects.of(user)] == [("win", LINE)]
    assert DataKey.objects.filter(owner=user).count() == 1
    assert LINE in client.get("/today/").content.decode()


def test_a_sign_up_needs_no_line_and_no_script(db: None, client: Client) -> None:
    answer = client.post("/account/signup/", {"email": "ada@example.com", "password1": SECRET})
    assert answer.headers["Location"] == "/today/"
    assert User.objects.get().time_zone == ""
    assert list(Entry.objects.of(User.objects.get())) == []


@pytest.mark.parametrize("guess", ["Mars/Olympus", "../../etc/passwd", "x" * 300, "\x00"])
def test_a_zone_that_is_none_never_stands_in_the_way(guess: str, db: None, client: Client) -> None:
    assert client.post("/account/signup/", sign_up(time_zone=guess)).status_code == 302
    assert User.objects.get().time_zone == ""


def test_addresses_are_one_whatever_their_case(db: None, client: Client) -> None:
    client.post("/account/signup/", sign_up(email="Ada@Example.COM"))
    assert User.objects.get().email == "ada@example.com"
    client.post("/account/logout/")
    answer = client.post("/account/login/", {"login": "ADA@example.com", "password": SECRET})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/today/")


EMAILS = {
    "": "An address goes here. Something like nadia@example.com will do.",
    "nadia@example": "It stops after “example”. Something like nadia@example.com will do.",
    "nadia@": "It stops after “@”. Something like nadia@example.com will do.",
    "nadia.example.com": "There is no “@” in it yet. Something like nadia@example.com will do.",
    "@example.com": "There is nothing before the “@”. Something like nadia@example.com will do.",
    "nadia example@example.com": "We can’t read this address. Something like nadia@example.com will do.",
    "n" * 250 + "@example.com": "That is longer than an address can be.",
}


@pytest.mark.parametrize(("email", "sentence"), EMAILS.items(), ids=[email[:16] or "none" for email in EMAILS])
def test_the_sentence_says_what_the_address_lacks(email: str, sentence: str, db: None, client: Client) -> None:
    answer = client.post("/account/signup/", sign_up(email=email))
    assert (answer.status_code, errors_of(answer)) == (422, {"email": [sentence]})
    assert sentence in said(answer)


PASSWORDS = {
    "": "A password goes here.",
    "a secre": "It has 7 characters; 10 or more, please.",
    "ß": "It has 1 character; 10 or more, please.",
    "1234567890": "Many people use this one, so it is guessed early. Two or three words of your own will do.",
    "ada@example.co": "It is close to your email address, so it is guessed early. Another one, please.",
}


@pytest.mark.parametrize(("password", "sentence"), PASSWORDS.items())
def test_the_sentence_says_what_the_password_lacks(password: str, sentence: str, db: None, client: Client) -> None:
    answer = client.post("/account/signup/", sign_up(password1=password))
    assert (answer.status_code, errors_of(answer)) == (422, {"password1": [sentence]})
    assert sentence in said(answer)


def test_a_sign_up_that_is_not_taken_keeps_the_line_and_never_the_password(db: None, client: Client) -> None:
    words = sign_up(first_line=LINE, email="nadia@example", password1="a secre")
    answer = client.post("/account/signup/", words)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page) == [LINE]
    assert 'value="nadia@example"' in page
    assert "a secre" not in page
    assert "Two small things before we open it" in page
    assert re.findall(r'<li><a href="#(\w+)">(.*?)</a>', page) == [
        ("id_email", "The email address needs its ending"),
        ("id_password1", "The password could be a little longer"),
    ]
    assert re.search(r'<div class="notice notice--error" role="alert" tabindex="-1" autofocus', page)
    assert "Still here. Not kept yet." in page
    assert list(User.objects.all()) == []


def test_what_is_wrong_is_tied_to_its_field(db: None, client: Client) -> None:
    page = client.post("/account/signup/", sign_up(email="nadia@example")).content.decode()
    [field] = re.findall(r'<input type="email"[^>]*>', page)
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_email_error"' in field
    assert 'id="id_email_error"' in page


def test_an_address_that_is_taken_is_said_and_its_journal_stays_as_it_was(ada: User, client: Client) -> None:
    answer = client.post("/account/signup/", sign_up(first_line=LINE, password1="another long secret"))
    assert answer.status_code == 422
    assert errors_of(answer) == {"email": ["There is a journal with this address already. You can sign in to it."]}
    assert LINE in answer.content.decode()
    assert list(Entry.objects.of(ada)) == []
    assert Session.objects.count() == 0


def test_two_presses_at_once_make_one_journal(ada: User, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one passed the question whether the address is free before the first one had taken it."""
    from accounts import forms

    real, asked = forms.SignupForm.validate_unique_email, []

    def free_at_first(form: Any, value: str) -> Any:
        asked.append(value)
        return value if len(asked) == 1 else real(form, value)

    monkeypatch.setattr(forms.SignupForm, "validate_unique_email", free_at_first)
    answer = client.post("/account/signup/", sign_up(first_line=LINE))
    assert (answer.status_code, len(asked)) == (422, 2)
    assert LINE in answer.content.decode()
    assert User.objects.get() == ada
    with pytest.raises(IntegrityError):
        User.objects.create_user("ada@example.com")


def test_the_same_form_sent_twice_is_one_sign_up(db: None) -> None:
    """Two presses: the browser goes on with the second answer, and it is signed in."""
    first, second = Client(), Client()
    page = first.get("/").content.decode()
    [form_id] = re.findall(r'name="id" value="([0-9a-f-]{36})"', page)
    words = sign_up(first_line=LINE, id=form_id)
    assert [visitor.post("/account/signup/", words).status_code for visitor in (first, second)] == [302, 302]
    assert second.get("/today/").status_code == 200
    assert [entry.body for entry in Entry.objects.of(User.objects.get())] == [LINE]


@pytest.mark.parametrize("other", [{"id": "another"}, {"id": ""}, {"password1": "another long secret"}])
def test_another_form_or_another_password_is_another_sign_up(other: dict[str, str], db: None) -> None:
    Client().post("/account/signup/", sign_up(first_line=LINE, id="one"))
    answer = Client().post("/account/signup/", sign_up(first_line="Another line.", id="one") | other)
    assert (answer.status_code, "Another line." in answer.content.decode()) == (422, True)


def test_after_a_minute_a_form_is_another_sign_up(db: None) -> None:
    start = datetime(2026, 11, 20, 12, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        Client().post("/account/signup/", sign_up(id="one"))
        clock.move_to(start + timedelta(seconds=59))
        assert Client().post("/account/signup/", sign_up(id="one")).status_code == 302
        clock.move_to(start + timedelta(seconds=61))
        assert Client().post("/account/signup/", sign_up(id="one")).status_code == 422


def test_who_is_signed_in_already_sees_the_line_and_keeps_it_by_hand(ada: User, ada_client: Client) -> None:
    answer = ada_client.post("/account/signup/", sign_up(first_line=LINE, email="new@example.com"))
    assert answer.status_code == 409
    assert LINE in answer.content.decode()
    assert 'action="/entries/"' in answer.content.decode()
    assert list(Entry.objects.of(ada)) == []
    assert User.objects.get() == ada


@pytest.mark.parametrize("sign_up_is", ["invite", "closed"])
def test_a_closed_sign_up_says_so_and_takes_nobody(sign_up_is: str, settings: Any, bea: User, client: Client) -> None:
    settings.ONWARD_SIGNUP, settings.ONWARD_OPERATOR = sign_up_is, "the Harbour Library"
    assert "the Harbour Library" in said(client.get("/account/signup/"))
    answer = client.post("/account/signup/", sign_up(first_line=LINE))
    assert answer.status_code == 403
    assert LINE in answer.content.decode()
    assert list(User.objects.all()) == [bea]
    landing = client.get("/").content.decode()
    assert "first_line" not in landing
    assert 'href="/account/login/"' in landing
    assert "/account/signup/" not in client.get("/account/login/").content.decode()
    assert "Write one line" not in client.get("/words/").content.decode()


def test_a_line_of_control_signs_and_line_breaks_is_kept_as_it_can_be_seen(db: None, client: Client) -> None:
    client.post("/account/signup/", sign_up(first_line="Rested.\r\n\x00Then\x07 walked. 🌿\u200dשלום"))
    assert [entry.body for entry in Entry.objects.of(User.objects.get())] == ["Rested.\nThen walked. 🌿\u200dשלום"]
    assert "Something that can’t be seen was taken out of your line." in client.get("/today/").content.decode()


def test_the_landing_is_found_and_described_and_leads_the_signed_in_to_today(
    client: Client, ada_client: Client
) -> None:
    page = client.get("/").content.decode()
    assert "noindex" not in page
    assert re.search(r'<meta name="description" content="A private journal', page)
    assert 'name="time_zone"' in page and "data-zone" in page
    assert ada_client.get("/").headers["Location"] == "/today/"


def test_the_landing_names_who_runs_it_only_if_somebody_does(db: None, client: Client, settings: Any) -> None:
    assert "Run by" not in said(client.get("/"))
    settings.ONWARD_OPERATOR = "the <b>Harbour</b> Library"
    assert "Run by the &lt;b&gt;Harbour&lt;/b&gt; Library." in client.get("/").content.decode()
