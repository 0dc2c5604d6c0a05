"""Every page answers and every form posts without a script, whatever stands in the journal."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import Staff, User
from tests import make
from tests.accounts.test_ways_in import code_of, set_up_app, sign_in
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
START += ["/place/", "/settings/sign-in/", "/account/logout/"]
# What somebody sees who is not signed in.
STRANGERS = ["/", "/words/", "/help/", "/place/", "/offline/", "/hidden/", "/left/", "/letters/sample/"]
STRANGERS += ["/account/login/", "/account/login/passkey/", "/account/login/code/", "/account/signup/"]
STRANGERS += ["/account/password/reset/", "/account/password/reset/done/", "/account/confirm-email/"]
STRANGERS += ["/account/inactive/", "/u/nobody-has-this/"]
# Doors are changed only a moment after somebody proved who they are; some of it only once there is an app for codes.
PROVEN = ["/settings/sign-in/", "/settings/sign-in/passkeys/", "/settings/sign-in/app/"]
WITH_AN_APP = ["/settings/sign-in/", "/settings/sign-in/app/deletion/", "/settings/sign-in/codes/"]
WITH_AN_APP += ["/account/reauthenticate/code/"]
# Only for staff, once they have shown a second factor.
OPERATORS = ["/operator/"]
# 409: two forms of one page change the same row, and the second one is told so.
TAKEN = {200, 302, 303, 409, 422}


Walked = list[tuple[str, Any, Page]]


def leave_out(address: str) -> bool:
    return "/static/" in address


@pytest.fixture(scope="module")
def once(standing: None) -> Walked:
    """Every page of somebody with a row of every noun, asked for once: reading changes nothing."""
    zoe = User.objects.create_user("zoe@example.com", "a long enough secret", time_zone="Europe/Lisbon")
    zoe.name = "Heliotrope"
    zoe.save()
    make.one_of_each(zoe, "heliotrope")
    client = Client()
    client.force_login(zoe)
    return list(walk(client, START, leave_out))


@pytest.fixture
def walked(once: Walked, db: None) -> Walked:
    return once


@pytest.fixture
def walker(walked: Walked) -> Client:
    client = Client()
    client.force_login(User.objects.get(email="zoe@example.com"))
    return client


def forms(walked: Walked) -> list[tuple[str, Form]]:
    found: dict[tuple[str, str, str], tuple[str, Form]] = {}
    for address, _, page in walked:
        for form in page.forms:
            names = ",".join(one.name for one in form.fields)
            found.setdefault((form.method, form.action, names), (address, form))
    return list(found.values())


def test_every_page_that_a_link_leads_to_answers(walked: Walked) -> None:
    answers = {address: answer.status_code for address, answer, _ in walked}
    assert {address: code for address, code in answers.items() if code not in (200, 302, 303)} == {}
    assert len(answers) > 20


@pytest.mark.parametrize("words", ["Rested, and it helped.", ""], ids=["with words", "left blank"])
def test_every_form_can_be_sent_as_it_stands(words: str, walked: Walked, walker: Client) -> None:
    refused = []
    for address, form in forms(walked):
        for path, data in form.posts(words):
            if path.startswith("/account/logout/") or any(one.kind == "password" for one in form.fields):
                continue
            # Each is sent to the journal as the page showed it: what one takes back, another still changes.
            before = transaction.savepoint()
            answer = walker.get(path, data) if form.method == "get" else walker.post(path, data)
            text_of(answer)
            transaction.savepoint_rollback(before)
            if answer.status_code not in TAKEN:
                refused.append((address, path, answer.status_code))
    assert refused == []


def test_every_link_and_form_stays_here(walked: Walked) -> None:
    away = []
    for address, _, page in walked:
        targets = page.links + [form.action for form in page.forms]
        away += [(address, to) for to in targets if urlsplit(to).netloc or not re.match(r"/|tel:|mailto:", to)]
    assert away == []


def test_what_a_form_misses_is_said_on_the_page_and_not_by_the_browser(walked: Walked) -> None:
    """In our words, and for as long as somebody needs. A win for a milestone alone is left to the browser: what answers
    it is another page.
    """
    bubbles = set()
    for address, answer, _ in walked:
        for form in re.findall(r"<form\b.*?</form>", text_of(answer), flags=re.S):
            tag, _, inside = form.partition(">")
            asks = re.search(r"<(?:input|textarea|select)\b[^>]*\srequired\b", inside)
            if asks and "novalidate" not in tag and 'name="back" value="milestone"' not in inside:
                bubbles.add((address, asks[0]))
    assert bubbles == set()


def test_no_page_names_a_person_or_their_words_in_its_title(walked: Walked) -> None:
    for address, answer, _ in walked:
        titles = re.findall(r"<title>(.*?)</title>", text_of(answer), flags=re.S)
        assert not any("heliotrope" in title.lower() for title in titles), address


def test_every_id_on_a_page_stands_once(walked: Walked) -> None:
    for address, answer, _ in walked:
        ids = re.findall(r'\sid="([^"]*)"', text_of(answer))
        assert sorted(ids) == sorted(set(ids)), address


def all_found(client: Client, start: list[str]) -> list[tuple[str, int, int]]:
    """What was answered at each address itself, without going on from it, and how often something can be done there."""
    asked = [(address, client.get(address)) for address in start]
    pages = [(address, answer.status_code, Page(address, text_of(answer))) for address, answer in asked]
    return [(address, code, len(page.links) + len(page.forms)) for address, code, page in pages]


def test_every_page_of_a_stranger_answers_and_leads_on(client: Client, db: None) -> None:
    assert [one for one in all_found(client, STRANGERS) if one[1] != 200 or not one[2]] == []
    away = [answer.status_code for _, answer, _ in walk(client, STRANGERS, leave_out)]
    assert set(away) <= {200, 302, 303}


def test_every_page_of_the_doors_answers_and_leads_on(ada: User) -> None:
    """A door is changed by whoever has just proved who they are, in a browser at a name that passkeys can belong to."""
    client, key = Client(SERVER_NAME="localhost"), make.passkey(ada)
    sign_in(client)
    first = all_found(client, [*PROVEN, f"/settings/sign-in/passkeys/{key.pk}/deletion/"])
    secret = set_up_app(client)
    second = all_found(client, WITH_AN_APP)
    Staff.objects.create(owner=ada, since=make.NOON)
    client.post("/account/reauthenticate/code/", {"code": code_of(secret)})
    found = first + second + all_found(client, OPERATORS)
    assert [one for one in found if one[1] != 200 or not one[2]] == []


def test_the_walk_sees_a_form_and_a_link() -> None:
    page = Page("/x/", '<a href="../y/">y</a><form method="post" action="/z/"><textarea name="t">old</textarea></form>')
    assert page.links == ["/y/"]
    assert list(page.forms[0].posts("new")) == [("/z/", {"t": "new"})]
