"""Pages for what went another way: they say that nothing kept is lost, and give back what was typed."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client, RequestFactory

from accounts.models import User
from config import errors
from journal.models import Entry
from tests.accounts.conftest import SECRET

ID = "7b0c2a0e-5f0e-4a52-8f5e-1d2c3b4a5960"
WORDS = {
    "id": ID,
    "kind": "setback",
    "body": "Cried.\r\n\r\n<b>Then</b> slept.",
    "themes": "sleep",
    "local_date": "2026-11-20",
}


@pytest.fixture
def strict(ada: User) -> Client:
    """Ada, with tokens checked."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    return client


def form_of(page: str) -> dict[str, str]:
    """What the page's own form would send."""
    [form] = [form for form in re.findall(r"<form.*?</form>", page, flags=re.S) if "textarea" in form]
    sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    sent |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, flags=re.S))
    return {name: unescape(value) for name, value in sent.items()}


def seen(page: str) -> list[str]:
    return [unescape(text) for text in re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, flags=re.S)]


@pytest.mark.parametrize("address", [f"/entries/{ID}/acceptance/", "/sittings/", "/settings/reminders/rest/"])
def test_an_address_that_only_takes_posts_has_a_page_for_whoever_comes_to_look(
    ada_client: Client, address: str
) -> None:
    answer = ada_client.get(address)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Nothing you’ve kept is lost." in answer.content.decode()
    assert 'href="/today/"' in answer.content.decode()


def test_a_token_that_is_out_of_date_costs_no_word(ada: User, strict: Client) -> None:
    answer = strict.post("/entries/", WORDS | {"csrfmiddlewaretoken": "x" * 64})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert seen(page) == [WORDS["body"], "sleep"]
    sent = form_of(page)
    assert {name: sent[name] for name in WORDS} == WORDS
    assert list(Entry.objects.of(ada)) == []
    assert strict.post("/entries/", sent).status_code == 303
    [entry] = Entry.objects.of(ada)
    assert (str(entry.pk), entry.kind, entry.body) == (ID, "setback", "Cried.\n\n<b>Then</b> slept.")


def test_a_short_word_is_seen_too_and_a_long_one_comes_whole(strict: Client) -> None:
    long = "Rested. 🌿 " * 40_000
    page = strict.post("/entries/", {"body": long, "takeaway": "rest"}).content.decode()
    assert seen(page) == [long, "rest"]


def test_a_password_or_a_code_is_never_shown_again(db: None) -> None:
    stranger = Client(enforce_csrf_checks=True)
    secrets = {
        "password": SECRET,
        "password1": SECRET,
        "oldpassword": SECRET,
        "code": "BCDF-GHJK",
        "csrfmiddlewaretoken": "x",
    }
    answer = stranger.post("/account/login/", secrets | {"login": "ada@example.com"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert SECRET not in page and "BCDF" not in page
    assert 'name="login" value="ada@example.com"' in page


def test_every_value_of_a_field_comes_back(strict: Client) -> None:
    page = strict.post("/entries/", {"body": ["One line.", "Another line."]}).content.decode()
    assert seen(page) == ["One line.", "Another line."]


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}],
    ids=lambda headers: "-".join(headers.values()),
)
def test_what_another_site_sent_is_neither_taken_nor_shown(headers: dict[str, str], ada: User, strict: Client) -> None:
    strict.get("/today/")
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', strict.get("/today/").content.decode())[0]
    answer = strict.post("/entries/", WORDS | {"csrfmiddlewaretoken": token}, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Another site tried to send something in your name." in page
    assert "Cried" not in page and "<textarea" not in page and 'action="/entries/"' not in page
    assert list(Entry.objects.of(ada)) == []


@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
def test_a_request_that_says_nothing_of_where_it_comes_from_is_served(secure: bool, ada: User, strict: Client) -> None:
    page = strict.get("/today/", secure=secure).content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]
    answer = strict.post("/entries/", WORDS | {"csrfmiddlewaretoken": token}, secure=secure)
    assert answer.status_code == 303
    assert strict.post("/entries/", WORDS, secure=secure).status_code == 403


def test_a_referer_from_elsewhere_is_refused_under_https(strict: Client) -> None:
    page = strict.get("/today/", secure=True).content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]
    headers = {"Referer": "https://elsewhere.example/"}
    answer = strict.post("/entries/", WORDS | {"csrfmiddlewaretoken": token}, secure=True, headers=headers)
    assert (answer.status_code, "Cried" in answer.content.decode()) == (403, False)


def test_words_are_sent_again_only_to_an_address_of_ours(rf: RequestFactory) -> None:
    """No address of ours begins so; should one ever, a browser would read another site's name in it."""
    request = rf.post("/", {"body": "Rested well."}, PATH_INFO="//elsewhere.example/")
    page = errors.csrf_failure(request).content.decode()
    [form] = [form for form in re.findall(r"<form[^>]*>.*?</form>", page, flags=re.S) if "Rested well." in form]
    assert re.findall(r'action="([^"]*)"', form) == ["/%2Felsewhere.example/"]


def test_a_foreign_one_click_form_of_a_mail_provider_is_let_through(db: None, client: Client) -> None:
    answer = client.post("/u/unknown/", headers={"Sec-Fetch-Site": "cross-site"})
    assert "Another site tried" not in answer.content.decode()


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_more_than_fits_has_a_page_of_its_own(kind: str, ada: User, ada_client: Client) -> None:
    if kind.startswith("multipart"):
        answer = ada_client.post("/entries/", {"kind": "win", "body": "x" * (9 * 1024 * 1024)})
    else:
        answer = ada_client.post("/entries/", "kind=win&body=" + "x" * (9 * 1024 * 1024), content_type=kind)
    page = answer.content.decode()
    assert answer.status_code == 413
    if kind.startswith("multipart"):
        assert "Go back: your words are still in the box, and can be kept in parts." in page
    else:
        assert "All that you wrote stands here" in page and seen(page) == ["x" * (9 * 1024 * 1024)]
    assert list(Entry.objects.of(ada)) == []


def test_more_than_fits_is_read_for_nobody_who_is_not_signed_in(client: Client, db: None) -> None:
    words = "kind=win&body=" + "x" * (9 * 1024 * 1024)
    answer = client.post("/entries/", words, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, "xxx" in answer.content.decode()) == (413, False)


def test_a_thousand_fields_are_not_read(ada_client: Client) -> None:
    answer = ada_client.post("/entries/", {f"f{number}": "x" for number in range(1001)})
    assert (answer.status_code, "Nothing you’ve kept is lost." in answer.content.decode()) == (400, True)


def test_an_address_that_is_not_there(ada: User, client: Client, ada_client: Client) -> None:
    for visitor, way in ((client, 'href="/"'), (ada_client, 'href="/today/"')):
        answer = visitor.get("/nowhere/heliotrope/")
        page = answer.content.decode()
        assert answer.status_code == 404
        assert "The page has moved, or never was. Nothing you’ve kept is lost." in page
        assert way in page
        assert "heliotrope" not in page


def test_a_host_that_is_not_ours(client: Client) -> None:
    answer = client.get("/", headers={"Host": "elsewhere.example"})
    assert (answer.status_code, "could not be read" in answer.content.decode()) == (400, True)


def test_an_error_of_ours_is_said_kindly_costs_no_word_and_prints_none(
    ada_client: Client, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ROOT_URLCONF = "tests.config.urls_that_break"
    ada_client.raise_request_exception = False
    answer = ada_client.post("/breaks/", {"body": "tamarisk"})
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Our fault, not yours. Everything you’d kept is still kept." in page
    assert "tamarisk</textarea>" in page
    assert "heliotrope" not in page
    assert not re.search("heliotrope|tamarisk", caplog.text)
    elsewhere = {"Origin": "https://elsewhere.example"}
    assert "tamarisk" not in ada_client.post("/breaks/", {"body": "tamarisk"}, headers=elsewhere).content.decode()
    assert re.search(r"ValueError at urls_that_break.py:\d+ breaks .* incident [0-9a-f]{8}", caplog.text)
