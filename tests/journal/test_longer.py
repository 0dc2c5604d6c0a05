"""A doubt, looked at longer: its folded questions, and what is asked once on a day that was named."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from journal.models import Decision, Doubt, Entry, Revision, Revisit
from tests import make
from tests.journal.pages import field, text_of

pytestmark = pytest.mark.usefixtures("noon")
BODY = "If I say no, they’ll stop asking me."
TODAY = make.NOON.date()
IN_A_MONTH = TODAY + timedelta(days=30)
LONGER = {
    "whose": "school",
    "fear": "That nobody rings.",
    "guard": "Being the reliable one.",
    "still_true": "I like the work.",
}
LATER = "They asked again in spring."


@pytest.fixture
def doubt(ada: User) -> Entry:
    return make.entry(ada, BODY, kind=Entry.Kind.DOUBT)


@pytest.fixture
def decision(ada: User) -> Entry:
    entry = make.entry(ada, "Whether I stay.", kind=Entry.Kind.DECISION)
    Decision.write(entry, decided="I stay until May.")
    return entry


def said(entry: Entry) -> dict[str, str]:
    row = Doubt.objects.of(entry.owner).get(entry=entry)
    return {name: getattr(row, name) for name in Doubt.WORDS}


def place(entry: Entry) -> str:
    return f"/entries/{entry.pk}/revisit/"


def asked(user: User) -> list[tuple[date | None, str]]:
    return [(row.on, row.known) for row in Revisit.objects.of(user).order_by("created_at")]


# The folded questions


def test_they_are_kept_with_a_new_doubt(ada: User, ada_client: Client) -> None:
    form = {"id": str(uuid4()), "body": BODY, "on": IN_A_MONTH.isoformat()} | LONGER
    for _ in range(2):
        assert ada_client.post("/ways/doubt/", form).status_code == 303
    entry = Entry.objects.of(ada).get()
    assert (said(entry), asked(ada)) == (LONGER, [(IN_A_MONTH, "")])
    page = text_of(ada_client.get(f"/entries/{entry.pk}/"))
    assert [words in page for words in ("school", *list(LONGER.values())[1:])] == [True] * 4


def test_left_blank_they_make_no_row(ada: User, ada_client: Client) -> None:
    ada_client.post("/ways/doubt/", {"body": BODY, "fear": " ", "on": ""})
    assert not Doubt.objects.of(ada).exists()
    assert asked(ada) == []


def test_they_can_be_answered_later_and_only_what_is_sent_is_written(doubt: Entry, ada_client: Client) -> None:
    ada_client.post(f"/entries/{doubt.pk}/answer/", LONGER)
    ada_client.post(f"/entries/{doubt.pk}/answer/", {"fear": "That it is quiet."})
    assert said(doubt) == LONGER | {"fear": "That it is quiet."}
    assert [one.words for one in Revision.objects.of(doubt.owner)] == [{"fear": "That nobody rings."}]
    assert field(ada_client.get(f"/entries/{doubt.pk}/answer/"), "guard") == LONGER["guard"]


@pytest.mark.parametrize("odd", [{"whose": "theirs"}, {"on": TODAY.isoformat()}, {"on": "some day"}])
def test_what_cannot_be_taken_is_422_and_every_word_stays(odd: dict[str, str], ada: User, ada_client: Client) -> None:
    page = ada_client.post("/ways/doubt/", {"body": BODY, "answer": "Maybe not."} | LONGER | odd)
    assert page.status_code == 422
    assert [words in text_of(page) for words in (BODY, "Maybe not.")] == [True] * 2
    assert field(page, "fear") == LONGER["fear"]
    assert not Entry.objects.of(ada).exists()


def test_search_finds_them_and_shows_where(doubt: Entry, ada_client: Client) -> None:
    Doubt.write(doubt, **LONGER)
    Revisit.write(doubt, known=LATER)
    for word, asked_there in (("reliable", "What is this guarding?"), ("spring", "What really happened?")):
        page = text_of(ada_client.post("/entries/search/", {"q": word}))
        assert ("One thing" in page, asked_there in page, word in page) == (True, True, True)
    assert "One thing" not in text_of(ada_client.post("/entries/search/", {"q": "school"}))


# Asked once


def test_today_asks_from_the_day_on_that_was_named(doubt: Entry, client_of: Callable[[User], Client]) -> None:
    make.entry(doubt.owner, "Another day.", on=TODAY - timedelta(days=3))
    client_of(doubt.owner).post(place(doubt), {"on": IN_A_MONTH.isoformat()})
    for days, asks in ((0, False), (29, False), (30, True), (41, True)):
        with time_machine.travel(make.NOON + timedelta(days=days), tick=False):
            page = text_of(client_of(doubt.owner).get("/today/"))
            assert ("What really happened?" in page, BODY in page and days > 0) == (asks, asks)


@pytest.fixture
def due(doubt: Entry) -> Entry:
    make.entry(doubt.owner, "Another day.", on=TODAY - timedelta(days=3))
    Revisit.ask(doubt, TODAY)
    return doubt


def test_answered_it_is_not_asked_again(due: Entry, ada_client: Client) -> None:
    assert "What really happened?" in text_of(ada_client.get("/today/"))
    answer = ada_client.post(place(due), {"known": LATER})
    assert (answer.status_code, answer["Location"]) == (303, f"/entries/{due.pk}/")
    assert LATER in text_of(ada_client.get(f"/entries/{due.pk}/"))
    assert "What really happened?" not in text_of(ada_client.get("/today/"))


def test_put_away_it_is_not_asked_again(due: Entry, ada_client: Client) -> None:
    answer = ada_client.post(place(due), {"do": "away", "back": "today"})
    assert (answer.status_code, answer["Location"]) == (303, "/today/")
    assert "What really happened?" not in text_of(ada_client.get("/today/"))
    assert asked(due.owner) == []


def test_what_was_written_is_kept_all_the_same(due: Entry, ada_client: Client) -> None:
    ada_client.post(place(due), {"do": "away", "known": LATER, "on": "some day"})
    assert asked(due.owner) == [(TODAY, LATER)]


def test_an_answer_is_not_put_away(due: Entry, ada_client: Client) -> None:
    Revisit.write(due, known=LATER)
    ada_client.post(place(due), {"do": "away"})
    assert asked(due.owner) == [(TODAY, LATER)]


def test_an_answer_that_is_taken_out_stays_among_the_earlier_words(due: Entry, ada_client: Client) -> None:
    ada_client.post(place(due), {"known": LATER})
    ada_client.post(place(due), {"known": ""})
    assert asked(due.owner) == []
    assert LATER in text_of(ada_client.get(f"/entries/{due.pk}/"))
    assert "What really happened?" not in text_of(ada_client.get("/today/"))


def test_a_day_can_be_changed_and_taken_out(doubt: Entry, ada_client: Client) -> None:
    for day in (IN_A_MONTH, IN_A_MONTH + timedelta(days=1)):
        ada_client.post(place(doubt), {"on": day.isoformat()})
    assert asked(doubt.owner) == [(IN_A_MONTH + timedelta(days=1), "")]
    ada_client.post(place(doubt), {"on": "", "known": ""})
    assert asked(doubt.owner) == []


def test_a_day_that_is_here_is_422_but_the_one_that_was_named_may_stay(due: Entry, ada_client: Client) -> None:
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    page = ada_client.post(place(due), {"on": yesterday, "known": LATER})
    assert (page.status_code, LATER in text_of(page)) == (422, True)
    assert ada_client.post(place(due), {"on": TODAY.isoformat(), "known": LATER}).status_code == 303
    assert asked(due.owner) == [(TODAY, LATER)]


def test_of_a_doubt_that_was_taken_back_nothing_is_asked(due: Entry, ada_client: Client) -> None:
    due.remove(make.NOON)
    assert "What really happened?" not in text_of(ada_client.get("/today/"))
    assert ada_client.get(place(due)).status_code == 404


def test_a_decision_is_asked_otherwise_and_never_whether_it_was_right(decision: Entry, ada_client: Client) -> None:
    page = text_of(ada_client.get(place(decision)))
    assert ("What do you know now?" in page, "I stay until May." in page) == (True, True)
    ada_client.post(place(decision), {"known": "That May is long."})
    assert asked(decision.owner) == [(None, "That May is long.")]


@pytest.mark.parametrize("kind", ["win", "setback", "note", "proud", "meeting", "then_now"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_else_is_asked_about(kind: str, method: str, ada: User, ada_client: Client) -> None:
    assert getattr(ada_client, method)(place(make.entry(ada, kind=kind)), {"known": LATER}).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_is_asked(method: str, due: Entry, bea_client: Client) -> None:
    assert getattr(bea_client, method)(place(due), {"known": LATER}).status_code == 404
    assert BODY not in text_of(bea_client.get("/today/"))
    assert asked(due.owner) == [(TODAY, "")]


@pytest.mark.parametrize("rows", [1, 3])
def test_its_pages_ask_the_same_however_much_there_is(
    rows: int, ada: User, ada_client: Client, django_assert_num_queries: Any
) -> None:
    entries = [make.entry(ada, f"{BODY} {number}", kind=Entry.Kind.DOUBT) for number in range(rows)]
    for entry in entries:
        Doubt.write(entry, **LONGER)
        Revisit.ask(entry, TODAY)
    ada_client.get("/today/")
    with django_assert_num_queries(5):
        ada_client.get(place(entries[0]))
