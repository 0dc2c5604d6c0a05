"""What lies beside a doubt or a meeting: chosen from one's own pages, found by words."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from journal.models import Answer, Brought, Entry, Evidence, Lesson
from journal.models.laid import TooMany
from tests import make
from tests.journal.pages import text_of, words_of

HTMX = {"HX-Request": "true"}
WIN = "Explained the second model to three people."


@pytest.fixture
def doubt(ada: User) -> Entry:
    return make.entry(ada, "I’m there by accident.", kind=Entry.Kind.DOUBT)


@pytest.fixture
def meeting(ada: User) -> Entry:
    return make.entry(ada, "Thursday", kind=Entry.Kind.MEETING)


@pytest.fixture
def win(ada: User) -> Entry:
    return make.entry(ada, WIN)


def place(page: Entry, more: str = "") -> str:
    return f"/entries/{page.pk}/{'brought' if page.kind == Entry.Kind.MEETING else 'evidence'}/{more}"


def lesson(ada: User) -> Entry:
    entry = make.setback(ada)
    Lesson.write(entry, lesson="Asking is part of the recipe.")
    return entry


def beside(page: Entry) -> list[Entry]:
    return list((Brought if page.kind == Entry.Kind.MEETING else Evidence).beside(page))


# Choosing


def test_several_are_pinned_in_one_press_and_each_once(doubt: Entry, win: Entry, ada_client: Client) -> None:
    proud = make.entry(doubt.owner, "Asked a question aloud.", kind=Entry.Kind.PROUD)
    for _ in range(2):
        answer = ada_client.post(place(doubt), {"entry": [str(win.pk), str(proud.pk)]})
        assert (answer.status_code, answer["Location"]) == (303, place(doubt))
    assert {entry.pk for entry in beside(doubt)} == {win.pk, proud.pk}
    assert Evidence.objects.of(doubt.owner).count() == 2
    page = text_of(ada_client.get(f"/entries/{doubt.pk}/"))
    assert [words in page for words in (WIN, "Asked a question aloud.")] == [True] * 2


def test_the_latest_are_offered_before_anything_is_looked_for(doubt: Entry, win: Entry, ada_client: Client) -> None:
    taught, open_, note = (
        lesson(doubt.owner),
        make.setback(doubt.owner, "It rained."),
        make.entry(doubt.owner, kind="note"),
    )
    page = ada_client.get(place(doubt))
    assert {entry.pk for entry in page.context["offered"]} == {win.pk, taught.pk}
    assert (open_.body in text_of(page), note.body in text_of(page)) == (False, False)


def test_words_find_what_is_older_and_stand_in_no_address(doubt: Entry, win: Entry, ada_client: Client) -> None:
    for number in range(9):
        make.entry(doubt.owner, f"Another win, {number}.", on=make.NOON.date() + timedelta(days=1))
    assert WIN not in text_of(ada_client.get(place(doubt)))
    page = ada_client.post(place(doubt, "search/"), {"q": "secönd mod"})
    assert (page.status_code, [entry.pk for entry in page.context["offered"]]) == (200, [win.pk])
    assert "secönd" not in page.request["PATH_INFO"] + page.request["QUERY_STRING"]
    part = ada_client.post(place(doubt, "search/"), {"q": "second"}, headers=HTMX)
    assert (WIN in text_of(part), "<html" in part.content.decode()) == (True, False)


def test_nothing_found_says_so(doubt: Entry, win: Entry, ada_client: Client) -> None:
    page = text_of(ada_client.post(place(doubt, "search/"), {"q": "zebra"}))
    assert "Nothing kept with that word. A shorter one finds more." in page
    assert WIN not in page


@pytest.mark.parametrize("words", ["zebra", "Another"])
def test_what_is_ticked_stays_ticked_while_other_words_are_looked_for(
    words: str, doubt: Entry, win: Entry, bea: User, ada_client: Client
) -> None:
    make.entry(doubt.owner, "Another win.")
    ticks = [str(win.pk), str(make.entry(bea).pk), "none"]
    page = ada_client.post(place(doubt, "search/"), {"q": words, "entry": ticks}, headers=HTMX)
    assert re.findall(r'value="([^"]*)" checked', page.content.decode()) == [str(win.pk)]
    assert ("Nothing kept with that word." in text_of(page)) is (words == "zebra")


def test_too_much_to_look_for_is_422(doubt: Entry, ada_client: Client) -> None:
    assert ada_client.post(place(doubt, "search/"), {"q": "a" * 201}).status_code == 422


def test_a_search_that_is_reloaded_leads_back(doubt: Entry, ada_client: Client) -> None:
    assert ada_client.get(place(doubt, "search/"))["Location"] == place(doubt)


def test_a_doubt_is_kept_and_its_evidence_looked_for_in_one_press(ada: User, ada_client: Client) -> None:
    answer = ada_client.post("/ways/doubt/", {"body": "I’m there by accident.", "do": "evidence"})
    assert answer["Location"] == place(Entry.objects.of(ada).get())


# Taking off


def test_what_is_taken_off_can_be_put_back_and_stays_in_the_journal(
    doubt: Entry, win: Entry, ada_client: Client
) -> None:
    Evidence.lay(doubt, [win])
    answer = ada_client.post(place(doubt), {"off": str(win.pk)})
    assert (answer.status_code, answer["Location"]) == (303, f"{place(doubt)}?off={win.pk}")
    assert beside(doubt) == []
    assert "Put it back" in text_of(ada_client.get(answer["Location"]))
    ada_client.post(place(doubt), {"entry": str(win.pk)})
    assert "Put it back" not in text_of(ada_client.get(answer["Location"]))
    assert (beside(doubt), Entry.objects.of(doubt.owner).filter(pk=win.pk).exists()) == ([win], True)


@pytest.mark.parametrize("off", ["", "nothing", "7b3f8a52-3c9d-4b2b-9d3c-111111111111"])
def test_an_odd_address_offers_nothing_back(off: str, doubt: Entry, ada_client: Client) -> None:
    page = ada_client.get(place(doubt), {"off": off})
    assert (page.status_code, "Put it back" in text_of(page)) == (200, False)


def test_what_was_taken_back_no_longer_lies_there(doubt: Entry, win: Entry, ada_client: Client) -> None:
    Evidence.lay(doubt, [win])
    win.remove(make.NOON)
    assert WIN not in text_of(ada_client.get(f"/entries/{doubt.pk}/"))
    win.restore()
    assert WIN in text_of(ada_client.get(f"/entries/{doubt.pk}/"))


# How many


def test_three_fit_into_a_meeting_and_the_fourth_is_told_so(meeting: Entry, ada_client: Client) -> None:
    four = [make.entry(meeting.owner, f"Page {number}.") for number in range(4)]
    page = ada_client.post(place(meeting), {"entry": [str(one.pk) for one in four]})
    assert page.status_code == 422
    assert "Three fit into one meeting." in text_of(page)
    assert page.content.decode().count(" checked") == 4
    assert beside(meeting) == []
    assert ada_client.post(place(meeting), {"entry": [str(one.pk) for one in four[:3]]}).status_code == 303
    assert ada_client.post(place(meeting), {"entry": str(four[3].pk)}).status_code == 422
    both = {"entry": str(four[3].pk), "off": str(four[0].pk)}
    assert ada_client.post(place(meeting), both).status_code == 303
    assert {entry.pk for entry in beside(meeting)} == {one.pk for one in four[1:]}


def test_four_at_once_are_three(ada: User, at_once: Callable[..., list[Any]]) -> None:
    meeting = make.entry(ada, "Thursday", kind=Entry.Kind.MEETING)
    four = [make.entry(ada, f"Page {number}.") for number in range(4)]

    def found_room(entry: Entry) -> bool:
        try:
            Brought.lay(meeting, [entry])
        except TooMany:
            return False
        return True

    assert sorted(at_once(*[partial(found_room, one) for one in four])) == [False, True, True, True]


# Whose


def test_only_what_speaks_for_somebody_is_pinned_to_a_doubt(doubt: Entry, ada_client: Client) -> None:
    other = make.entry(doubt.owner, "Another doubt.", kind=Entry.Kind.DOUBT)
    for entry in (other, doubt, make.setback(doubt.owner)):
        assert ada_client.post(place(doubt), {"entry": str(entry.pk)}).status_code == 422
    assert beside(doubt) == []


@pytest.mark.parametrize("name", ["entry", "off"])
def test_what_is_somebody_elses_is_not_laid_there(name: str, doubt: Entry, bea: User, ada_client: Client) -> None:
    theirs = make.entry(bea, "Of bea alone.")
    page = ada_client.post(place(doubt), {name: str(theirs.pk)})
    assert (page.status_code, theirs.body in text_of(page), beside(doubt)) == (422, False, [])


def test_an_id_that_is_none_is_422(doubt: Entry, ada_client: Client) -> None:
    assert ada_client.post(place(doubt), {"entry": "nothing"}).status_code == 422


@pytest.mark.parametrize("more", ["", "search/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_a_doubt_or_a_meeting_has_a_picker(
    method: str, more: str, doubt: Entry, meeting: Entry, win: Entry, ada_client: Client, bea_client: Client
) -> None:
    for client, page, name in (
        (ada_client, win, "evidence"),
        (ada_client, meeting, "evidence"),
        (ada_client, doubt, "brought"),
        (bea_client, doubt, "evidence"),
        (bea_client, meeting, "brought"),
    ):
        answer = getattr(client, method)(f"/entries/{page.pk}/{name}/{more}", {"q": "model", "entry": str(win.pk)})
        assert (answer.status_code, WIN in text_of(answer)) == (404, False)


# How much is asked of the database


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_the_same_however_much_there_is(
    rows: int, doubt: Entry, ada_client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        Evidence.lay(doubt, [make.entry(doubt.owner, f"Pinned {number}.", themes=["study"])])
        make.entry(doubt.owner, f"Offered {number}.", themes=["study"])
    Answer.write(doubt, answer="I was asked.")
    ada_client.get("/today/")
    with django_assert_num_queries(10):
        ada_client.get(place(doubt))
    with django_assert_num_queries(12):
        ada_client.get(f"/entries/{doubt.pk}/")


def test_a_letter_to_later_is_not_offered_and_cannot_be_brought(meeting: Entry, ada_client: Client) -> None:
    closed = make.letter(meeting.owner, "Dear me, heliotrope.")
    assert "heliotrope" not in words_of(ada_client.get(place(meeting)))
    assert "heliotrope" not in words_of(ada_client.post(place(meeting, "search/"), {"q": "dear"}))
    ada_client.post(place(meeting), {"entry": str(closed.pk)})
    assert beside(meeting) == []
