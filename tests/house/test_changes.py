"""Every address, walked from the resolver: nothing changes by being read, and no change is taken without its token or
from another site's page."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests import make
from tests.house.test_access import ALL, CANARY, CLOSED, leads_to_the_door

CHANGE = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', re.I)
# That somebody is here, and how often a page was asked for.
BESIDE = {"django_session", "usersessions_usersession", "cache"}
# The address itself is the key, or a machine asks: there is no token to have.
# Another program on the device hands in a text: it is shown in the composer, and nothing is kept of it.
SHOWN_ALONE = "journal:share"
WITHOUT_TOKEN = {"reminders:answer", "reminders:answer.thanks", "reminders:stop", "policy_reports", SHOWN_ALONE}
# RFC 8058: a mail provider posts from its own pages.
FROM_ELSEWHERE = {"reminders:stop"}


@pytest.fixture(scope="module")
def kept(standing: None) -> dict[str, str]:
    return make.one_of_each(make.ada(), CANARY)


@pytest.fixture
def strict(kept: dict[str, str], db: None) -> Client:
    """Ada, with tokens checked."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(email="ada@example.com"))
    return client


def filled(route: str, rows: dict[str, str]) -> str:
    def row(match: "re.Match[str]") -> str:
        return rows.get(route[: match.start()].rstrip("/").rsplit("/", 1)[-1], "x")

    return "/" + re.sub(r"<[^>]+>", row, route)


def changed(queries: CaptureQueriesContext) -> set[str]:
    found = (CHANGE.match(query["sql"]) for query in queries.captured_queries)
    return {match[2] for match in found if match} - BESIDE


def read(answer: Any) -> None:
    if answer.streaming:
        b"".join(answer.streaming_content)


def test_nothing_changes_by_being_read(strict: Client, kept: dict[str, str]) -> None:
    for page in ("/today/", "/account/email/"):  # allauth’s own row of an address that an operator gave is made once
        strict.get(page)
    wrong = {}
    for name, route, _ in ALL:
        for method in ("get", "head", "options"):
            with CaptureQueriesContext(connection) as queries:
                read(getattr(strict, method)(filled(route, kept)))
            if tables := changed(queries):
                wrong[name, method] = tables
    assert wrong == {}


def test_no_change_is_taken_without_its_token(strict: Client, kept: dict[str, str]) -> None:
    taken = {}
    for name, route, _ in ALL:
        with CaptureQueriesContext(connection) as queries:
            answer = strict.post(filled(route, kept), {"kind": "win", "body": "x"})
        if name not in WITHOUT_TOKEN and (answer.status_code not in CLOSED or changed(queries)):
            taken[name] = (answer.status_code, changed(queries))
    assert taken == {}


def test_no_change_is_taken_from_another_sites_page(kept: dict[str, str], db: None) -> None:
    client = Client()  # whose token is right, for all that is asked
    client.force_login(User.objects.get(email="ada@example.com"))
    taken = {}
    for name, route, _ in ALL:
        for method in ("post", "put", "patch", "delete"):
            with CaptureQueriesContext(connection) as queries:
                answer = getattr(client, method)(filled(route, kept), headers={"Sec-Fetch-Site": "cross-site"})
            if name not in FROM_ELSEWHERE and (answer.status_code != 403 or len(queries)):
                taken[name, method] = answer.status_code
    assert taken == {}


def test_the_walk_sees_a_change(strict: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        make.entry(User.objects.get(email="ada@example.com"))
    assert "journal_entry" in changed(queries)
    assert leads_to_the_door(Client().get("/today/"))
