"""Taking back, for thirty days."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from journal import pruning
from journal.models import Answer, Entry, Lesson, Removal, Revision
from tests import make
from tests.journal.pages import text_of, words_of

pytestmark = pytest.mark.usefixtures("noon")
HTMX = {"HX-Request": "true"}
TODAY = {"HX-Request": "true", "HX-Current-URL": "http://testserver/today/"}
LINE = "Opened the letter from the bank."


def test_what_is_taken_back_is_nowhere_but_among_what_was_taken_back(ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, LINE)
    answer = ada_client.post(f"/entries/{entry.pk}/deletion/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/entries/removed/")
    shown = {address: LINE in words_of(ada_client.get(address)) for address in ("/today/", "/entries/removed/")}
    assert shown == {"/today/": False, "/entries/removed/": True}
    assert ada_client.get(f"/entries/{entry.pk}/").headers["Location"] == "/entries/removed/"


def test_what_was_taken_back_says_until_when(ada: User, ada_client: Client) -> None:
    make.entry(ada, LINE).remove(make.NOON)
    assert "Of 20 November 2026. Here until 20 December." in text_of(ada_client.get("/entries/removed/"))


def test_what_is_put_back_stands_where_it_stood(ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, LINE, themes=["bank"])
    entry.remove(make.NOON)
    answer = ada_client.post(f"/entries/{entry.pk}/restoration/")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/entries/{entry.pk}/")
    assert LINE in words_of(ada_client.get("/today/"))
    assert "bank" in words_of(ada_client.get("/today/"))
    assert Removal.objects.count() == 0


def test_taking_back_twice_is_once_and_the_first_day_counts(ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, LINE)
    ada_client.post(f"/entries/{entry.pk}/deletion/")
    with time_machine.travel(make.NOON + timedelta(days=3)):
        assert ada_client.post(f"/entries/{entry.pk}/deletion/").status_code == 303
    assert Removal.objects.get().at == make.NOON


def test_a_change_puts_back_what_was_taken_back_in_another_tab(ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, LINE)
    entry.remove(make.NOON)
    assert ada_client.post(f"/entries/{entry.pk}/", {"version": 1, "body": "Read it."}).status_code == 303
    assert [kept.body for kept in Entry.objects.of(ada)] == ["Read it."]


@pytest.mark.parametrize("address", ["deletion", "restoration"])
def test_nothing_happens_on_a_visit(address: str, ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, LINE)
    assert ada_client.get(f"/entries/{entry.pk}/{address}/").status_code == 405
    assert Entry.objects.of(ada).count() == 1


@pytest.mark.parametrize("address", ["deletion", "restoration"])
def test_somebody_else_takes_nothing_back(address: str, ada: User, bea_client: Client) -> None:
    stands, gone = make.entry(ada, LINE), make.entry(ada, "Gone.")
    gone.remove(make.NOON)
    for entry in (stands, gone):
        assert bea_client.post(f"/entries/{entry.pk}/{address}/").status_code == 404
    assert ([one.body for one in Entry.objects.of(ada)], Removal.objects.count()) == ([LINE], 1)
    assert "Gone." not in words_of(bea_client.get("/entries/removed/"))


# By htmx


def test_on_a_page_it_becomes_a_line_that_can_be_undone(ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, LINE)
    answer = ada_client.post(f"/entries/{entry.pk}/deletion/", headers=HTMX)
    assert answer.status_code == 200
    assert text_of(answer) == "Taken back. Put it back Taken back."
    assert f'action="/entries/{entry.pk}/restoration/"' in words_of(answer)
    assert "autofocus" in words_of(answer)
    assert 'id="thread"' not in words_of(answer)


def test_put_back_on_a_page_it_is_the_entry_again(ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, LINE)
    entry.remove(make.NOON)
    answer = ada_client.post(f"/entries/{entry.pk}/restoration/", headers=HTMX)
    assert (LINE in words_of(answer), 'id="thread"' in words_of(answer)) == (True, False)
    assert '<div id="say" hx-swap-oob="innerHTML">Put back.</div>' in words_of(answer)


def test_on_today_the_thread_follows(ada: User, ada_client: Client) -> None:
    for days in (1, 2, 3):
        make.entry(ada, on=make.NOON.date() - timedelta(days=days))
    entry = make.entry(ada, LINE)
    beads = []
    for address in ("deletion", "restoration"):
        answer = words_of(ada_client.post(f"/entries/{entry.pk}/{address}/", headers=TODAY))
        assert 'id="thread" hx-swap-oob="true"' in answer
        beads.append(answer.count("bead bead--leaf"))
    assert beads == [3, 4]


# After thirty days


@pytest.mark.parametrize(("after", "left"), [(timedelta(days=30), 1), (timedelta(days=30, microseconds=1), 0)])
def test_after_thirty_days_it_goes_for_good(after: timedelta, left: int, ada: User) -> None:
    make.entry(ada, LINE).remove(make.NOON)
    make.entry(ada, "Stands.")
    pruning.tick(make.NOON + after)
    assert Entry.kept_by(ada).count() == 1 + left
    assert [entry.body for entry in Entry.objects.of(ada)] == ["Stands."]


def test_what_goes_takes_all_of_its_own_along_and_nothing_else(ada: User) -> None:
    make.one_of_each(ada, "heliotrope")
    gone = Entry.objects.of(ada).filter(kind__in=["setback", "doubt"])
    stays = set(Entry.objects.of(ada).exclude(kind__in=["setback", "doubt"]))
    for entry in gone:
        entry.change(1, body="Other words.")
        entry.remove(make.NOON)
    pruning.tick(make.NOON + timedelta(days=31))
    assert set(Entry.kept_by(ada)) == stays
    left = [model.objects.of(ada).count() for model in (Lesson, Answer, Revision)]
    assert left == [0, 0, 0]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_much_for_three_as_for_one(
    rows: int, ada: User, ada_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ada_client.get("/entries/removed/")
    for number in range(rows):
        make.setback(ada, f"Line {number}.", themes=["bank"]).remove(make.NOON)
    with django_assert_num_queries(10):
        ada_client.get("/entries/removed/")
