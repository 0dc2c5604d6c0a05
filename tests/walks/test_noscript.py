"""Every page answers and every form posts without a script, whatever stands in the journal."""

import re
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import User
from tests import make
from tests.walks.crawl import Form, Page, text_of, walk

START = [
    "/today/",
    "/entries/",
    "/milestones/",
    "/lessons/",
    "/ways/",
    "/settings/privacy/",
    "/settings/devices/",
    "/settings/look/",
    "/settings/name/",
]
START += [
    "/settings/reminders/",
    "/export/",
    "/import/",
    "/words/",
    "/help/",
    "/account/email/",
    "/account/password/change/",
]
START += ["/measures/", "/measures/new/", "/import/", "/drafts/"]
START += ["/entries/removed/", "/replies/", "/account/sessions/", "/account/reauthenticate/"]
# 409: two forms of one page change the same row, and the second one is told so.
TAKEN = {200, 302, 303, 409, 422}


def leave_out(address: str) -> bool:
    return "/static/" in address


@pytest.fixture
def full(ada: User) -> User:
    make.one_of_each(ada, "heliotrope")
    return ada


def forms(client: Client) -> list[tuple[str, Form]]:
    found: dict[tuple[str, str, str], tuple[str, Form]] = {}
    for address, _, page in walk(client, START, leave_out):
        for form in page.forms:
            names = ",".join(one.name for one in form.fields)
            found.setdefault((form.method, form.action, names), (address, form))
    return list(found.values())


def test_every_page_that_a_link_leads_to_answers(full: User, ada_client: Client) -> None:
    answers = {address: answer.status_code for address, answer, _ in walk(ada_client, START, leave_out)}
    assert {address: code for address, code in answers.items() if code not in (200, 302, 303)} == {}
    assert len(answers) > 20


@pytest.mark.parametrize("words", ["Rested, and it helped.", ""], ids=["with words", "left blank"])
def test_every_form_can_be_sent_as_it_stands(words: str, full: User, ada_client: Client) -> None:
    refused = []
    for address, form in forms(ada_client):
        for path, data in form.posts(words):
            if path.startswith("/account/logout/") or any(one.kind == "password" for one in form.fields):
                continue
            # Each is sent to the journal as the page showed it: what one takes back, another still changes.
            before = transaction.savepoint()
            answer = ada_client.get(path, data) if form.method == "get" else ada_client.post(path, data)
            text_of(answer)
            transaction.savepoint_rollback(before)
            if answer.status_code not in TAKEN:
                refused.append((address, path, answer.status_code))
    assert refused == []


def test_every_link_and_form_stays_here(full: User, ada_client: Client) -> None:
    away = []
    for address, _, page in walk(ada_client, START, leave_out):
        targets = page.links + [form.action for form in page.forms]
        away += [(address, to) for to in targets if urlsplit(to).netloc or not re.match(r"/|tel:|mailto:", to)]
    assert away == []


def test_no_page_names_a_person_or_their_words_in_its_title(full: User, ada_client: Client) -> None:
    full.name = "Heliotrope"
    full.save()
    for address, answer, _ in walk(ada_client, START, leave_out):
        titles = re.findall(r"<title>(.*?)</title>", text_of(answer), flags=re.S)
        assert not any("heliotrope" in title.lower() for title in titles), address


def test_every_id_on_a_page_stands_once(full: User, ada_client: Client) -> None:
    for address, answer, _ in walk(ada_client, START, leave_out):
        ids = re.findall(r'\sid="([^"]*)"', text_of(answer))
        assert sorted(ids) == sorted(set(ids)), address


def test_the_walk_sees_a_form_and_a_link() -> None:
    page = Page("/x/", '<a href="../y/">y</a><form method="post" action="/z/"><textarea name="t">old</textarea></form>')
    assert page.links == ["/y/"]
    assert list(page.forms[0].posts("new")) == [("/z/", {"t": "new"})]
