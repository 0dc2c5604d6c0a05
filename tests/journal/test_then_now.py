"""Then and now: one old doubt or lesson beside what is easier by now."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from journal.models import Entry, Lesson, ThenNow
from tests import make
from tests.journal.pages import text_of

pytestmark = pytest.mark.usefixtures("noon")
TODAY = make.NOON.date()
OLD, NOW = "I’m there by accident.", "I ask before I am sure."


@pytest.fixture
def old(ada: User) -> Entry:
    return make.entry(ada, OLD, kind=Entry.Kind.DOUBT, on=TODAY - timedelta(days=200))


def place(entry: Entry) -> str:
    return f"/entries/{entry.pk}/then-and-now/"


def test_old_doubts_and_lessons_are_offered_the_oldest_first(old: Entry, bea: User, ada_client: Client) -> None:
    ada = old.owner
    taught = make.setback(ada, "It split.", on=TODAY - timedelta(days=300))
    Lesson.write(taught, lesson="Asking is part of it.")
    make.entry(ada, "A young doubt.", kind=Entry.Kind.DOUBT, on=TODAY - timedelta(days=89))
    make.entry(ada, "An old win.", on=TODAY - timedelta(days=200))
    make.setback(ada, "An open one.", on=TODAY - timedelta(days=200))
    make.entry(bea, "Of bea.", kind=Entry.Kind.DOUBT, on=TODAY - timedelta(days=200))
    page = ada_client.get("/then-and-now/")
    assert [entry.pk for entry in page.context["offered"]] == [taught.pk, old.pk]


def test_an_old_lesson_is_told_with_what_it_teaches(ada: User, ada_client: Client) -> None:
    taught = make.setback(ada, "It split.", on=TODAY - timedelta(days=300))
    Lesson.write(taught, lesson="Asking is part of it.")
    assert "A setback, and its lesson · 24 January 2026 · Asking is part of it." in text_of(
        ada_client.get("/then-and-now/")
    )


def test_what_lies_beside_a_now_leaves_the_list_to_the_others(old: Entry, ada_client: Client) -> None:
    ada_client.post(place(old), {"body": NOW})
    assert [entry.pk for entry in ada_client.get("/then-and-now/").context["offered"]] == [old.pk]
    other = make.entry(old.owner, "I never finish.", kind=Entry.Kind.DOUBT, on=TODAY - timedelta(days=120))
    assert [entry.pk for entry in ada_client.get("/then-and-now/").context["offered"]] == [other.pk]
    found = ada_client.post("/then-and-now/search/", {"q": "accident"})
    assert [entry.pk for entry in found.context["offered"]] == [old.pk]
    Entry.objects.get(kind=Entry.Kind.THEN_NOW).remove(make.NOON)
    assert [entry.pk for entry in ada_client.get("/then-and-now/").context["offered"]] == [old.pk, other.pk]


def test_it_says_so_where_there_is_none_yet(ada_client: Client) -> None:
    assert "There is none yet; it can wait." in text_of(ada_client.get("/then-and-now/"))


def test_words_find_one_and_stand_in_no_address(old: Entry, ada_client: Client) -> None:
    make.entry(old.owner, "Another accident.", kind=Entry.Kind.DOUBT)
    page = ada_client.post("/then-and-now/search/", {"q": "accident"})
    assert [entry.pk for entry in page.context["offered"]] == [old.pk]
    part = ada_client.post("/then-and-now/search/", {"q": "zebra"}, headers={"HX-Request": "true"})
    assert ("A shorter one finds more." in text_of(part), "<html" in part.content.decode()) == (True, False)
    assert ada_client.get("/then-and-now/search/")["Location"] == "/then-and-now/"


def test_both_stand_side_by_side_and_nothing_is_copied(old: Entry, ada_client: Client) -> None:
    assert OLD in text_of(ada_client.get(place(old)))
    form = {"id": str(uuid4()), "body": NOW}
    for _ in range(2):
        answer = ada_client.post(place(old), form)
    [kept] = Entry.objects.of(old.owner).filter(kind=Entry.Kind.THEN_NOW)
    assert (answer.status_code, answer["Location"]) == (303, f"/entries/{kept.pk}/")
    assert [(row.entry_id, row.old_id) for row in ThenNow.objects.of(old.owner)] == [(kept.pk, old.pk)]
    old.change(1, body="I was there by accident.")
    for address in (f"/entries/{kept.pk}/", "/entries/?kind=then_now", "/today/"):
        page = text_of(ada_client.get(address))
        assert ("I was there by accident." in page, NOW in page) == (True, True), address


@pytest.mark.parametrize("gone", ["taken back", "deleted"])
def test_without_the_old_page_the_new_one_stays(gone: str, old: Entry, ada_client: Client) -> None:
    ada_client.post(place(old), {"body": NOW})
    old.remove(make.NOON) if gone == "taken back" else old.delete()
    page = text_of(ada_client.get("/entries/"))
    assert (NOW in page, OLD in page) == (True, False)


def test_without_a_word_nothing_is_kept(old: Entry, ada_client: Client) -> None:
    assert ada_client.post(place(old), {"body": " "}).status_code == 422
    assert not ThenNow.objects.of(old.owner).exists()


@pytest.mark.parametrize("kind", ["win", "setback", "note", "decision"])
def test_only_a_doubt_or_a_lesson_is_laid_beside_it(kind: str, ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, kind=kind)
    assert [ada_client.get(place(entry)).status_code, ada_client.post(place(entry), {"body": NOW}).status_code] == [
        404,
        404,
    ]


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_elses_page_is_opened(method: str, old: Entry, bea: User, bea_client: Client) -> None:
    answer = getattr(bea_client, method)(place(old), {"body": NOW})
    assert (answer.status_code, OLD in text_of(answer)) == (404, False)
    assert not Entry.objects.of(bea).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_its_pages_cost_the_same_however_much_there_is(
    rows: int, old: Entry, ada_client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        one = make.entry(old.owner, f"{OLD} {number}", kind=Entry.Kind.DOUBT, on=TODAY - timedelta(days=150))
        ThenNow.lay(make.entry(old.owner, NOW, kind=Entry.Kind.THEN_NOW), one)
    ada_client.get("/today/")
    with django_assert_num_queries(5):
        ada_client.get("/then-and-now/")
    with django_assert_num_queries(6):
        ada_client.get("/entries/")
