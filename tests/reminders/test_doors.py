"""Mail providers hand in by a post with a name and a password; without a secret there is no such address."""

import base64
import importlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import clear_url_caches, set_urlconf

from accounts.models import User
from config import urls
from reminders import doors
from tests.reminders.conftest import DUE, HOUR
from tests.reminders.test_inbound import (  # noqa: F401  (fixtures)
    PASSED,
    THREE,
    address,
    consent,
    letter,
    mail_comes_in,
    nothing_came,
    proud,
    waiting,
)

SECRET = "onward:a password of twenty characters"
AUTHORIZED = {"Authorization": f"Basic {base64.b64encode(SECRET.encode()).decode()}"}
PROVIDERS = [str(pattern.pattern) for pattern in doors.urlpatterns]


@pytest.fixture
def secret(settings: Any) -> None:
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    settings.ROOT_URLCONF = "tests.reminders.urls_with_doors"


def postmark(to: str, verdict: str = PASSED) -> dict[str, Any]:
    """A post of Postmark's, as its documentation has it."""
    given = {"Message-ID": "<one@example.com>", "Authentication-Results": verdict, "Return-Path": "ada@example.com"}
    return {
        "From": "ada@example.com",
        "FromFull": {"Email": "ada@example.com", "Name": "Ada", "MailboxHash": ""},
        "ToFull": [{"Email": to, "Name": "", "MailboxHash": ""}],
        "OriginalRecipient": to,
        "MessageID": "73e6d360-66eb-11e1-8e72-a8904824019b",
        "Subject": "Re: Three things",
        "Date": "Sun, 22 Nov 2026 19:00:00 +0000",
        "TextBody": "\n".join(THREE),
        "HtmlBody": "",
        "Headers": [{"Name": name, "Value": value} for name, value in given.items()],
        "Attachments": [],
    }


def posted(client: Client, data: dict[str, Any], **headers: str) -> int:
    body = json.dumps(data)
    path = "/anymail/postmark/inbound/"
    return client.post(path, body, content_type="application/json", headers=headers).status_code


@pytest.fixture
def soon() -> Iterator[None]:
    """An hour after the letter."""
    with time_machine.travel(DUE + HOUR, tick=False):
        yield


@pytest.mark.usefixtures("secret", "soon")
def test_a_post_with_the_secret_comes_in(address: str, ada: User, client: Client) -> None:  # noqa: F811
    assert posted(client, postmark(address), **AUTHORIZED) == 200
    assert (proud(ada), waiting(ada)) == (THREE, [])


@pytest.mark.usefixtures("secret", "soon")
def test_without_a_verdict_of_ours_it_waits(address: str, ada: User, client: Client) -> None:  # noqa: F811
    assert posted(client, postmark(address, "mx.postmark.example; dmarc=pass"), **AUTHORIZED) == 200
    assert (proud(ada), waiting(ada)) == ([], [THREE])


@pytest.mark.usefixtures("secret", "soon")
@pytest.mark.parametrize("given", ["", "Basic bm9ib2R5OndpdGg=", "Bearer x"])
def test_a_post_without_it_is_refused(given: str, address: str, ada: User, client: Client) -> None:  # noqa: F811
    headers = {"Authorization": given} if given else {}
    assert posted(client, postmark(address), **headers) == 400
    assert nothing_came(ada)


@pytest.mark.usefixtures("secret", "db")
@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_has_to_know_it(provider: str, client: Client) -> None:
    assert client.post(f"/anymail/{provider}", "{}", content_type="application/json").status_code == 400


@pytest.mark.usefixtures("secret", "soon")
def test_while_a_key_is_away_the_provider_is_asked_to_come_again(
    address: str,  # noqa: F811
    ada: User,
    client: Client,
    settings: Any,
    tmp_path: Any,
) -> None:
    ring, settings.ONWARD_KEYS_FILE = settings.ONWARD_KEYS_FILE, tmp_path / "none"
    assert posted(client, postmark(address), **AUTHORIZED) == 503
    settings.ONWARD_KEYS_FILE = ring
    assert posted(client, postmark(address), **AUTHORIZED) == 200
    assert proud(ada) == THREE


@pytest.mark.parametrize("provider", PROVIDERS)
def test_without_a_secret_there_is_no_such_address(provider: str, db: None, client: Client) -> None:
    assert client.post(f"/anymail/{provider}", "{}", content_type="application/json").status_code == 404


@pytest.mark.parametrize(
    ("secret_set", "domain", "there"),
    [("", "", False), (SECRET, "", False), ("", "in.onward.example", False), (SECRET, "in.onward.example", True)],
)
def test_the_address_exists_where_both_are_set(secret_set: str, domain: str, there: bool, settings: Any) -> None:
    settings.INBOUND_SECRET, settings.INBOUND_DOMAIN = secret_set, domain
    try:
        found = importlib.reload(urls).urlpatterns
        assert any(str(pattern.pattern) == "anymail/" for pattern in found) == there
    finally:
        settings.INBOUND_SECRET = settings.INBOUND_DOMAIN = ""
        importlib.reload(urls)
        clear_url_caches()
        set_urlconf(None)
