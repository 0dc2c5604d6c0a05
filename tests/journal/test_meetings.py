"""Before we meet: what would make it helpful, what to bring; afterwards, what is taken away."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from journal import takeaways
from journal.models import Brought, Entry, Lesson, Meeting, Revision
from tests import make
from tests.journal.pages import text_of

ABOUT, HELPFUL, AWAY = "Thursday, with the tutor", "To speak about one evening only.", "The evening was an evening."


@pytest.fixture
def meeting(ada: User) -> Entry:
    entry = make.entry(ada, ABOUT, kind=Entry.Kind.MEETING)
    Meeting.write(entry, helpful=HELPFUL)
    return entry


def place(entry: Entry, name: str = "meeting") -> str:
    return f"/entries/{entry.pk}/{name}/"


def kept(user: User) -> list[tuple[str, str, str]]:
    rows = Meeting.objects.of(user).select_related("entry").order_by("created_at")
    return [(row.entry.body, row.helpful, row.takeaway) for row in rows]


@pytest.mark.parametrize(("do", "name"), [("bring", "brought"), ("enough", "meeting"), ("", "meeting")])
def test_it_is_kept_and_leads_on(do: str, name: str, ada: User, ada_client: Client) -> None:
    form = {"id": str(uuid4()), "body": ABOUT, "helpful": HELPFUL, "do": do}
    answers = [ada_client.post("/meetings/new/", form) for _ in range(2)]
    [entry] = Entry.objects.of(ada)
    assert [(one.status_code, one["Location"]) for one in answers] == [(303, place(entry, name))] * 2
    assert kept(ada) == [(ABOUT, HELPFUL, "")]


def test_without_a_word_what_it_is_about_nothing_is_kept(ada: User, ada_client: Client) -> None:
    page = ada_client.post("/meetings/new/", {"body": "", "helpful": HELPFUL})
    assert (page.status_code, HELPFUL in text_of(page)) == (422, True)
    assert not Entry.objects.of(ada).exists()


def test_what_is_brought_stands_whole_on_its_page(meeting: Entry, ada_client: Client) -> None:
    hard = make.setback(meeting.owner, "The sauce split. " * 90)
    Lesson.write(hard, lesson="Asking is part of the recipe.")
    Brought.lay(meeting, [hard])
    page = text_of(ada_client.get(place(meeting)))
    assert [words in page for words in (ABOUT, HELPFUL, hard.body.strip(), "Asking is part of the recipe.")] == [
        True
    ] * 4


def test_afterwards_a_line_is_taken_away(meeting: Entry, bea: User, ada_client: Client) -> None:
    assert ada_client.post(place(meeting), {"takeaway": AWAY})["Location"] == place(meeting)
    assert kept(meeting.owner) == [(ABOUT, HELPFUL, AWAY)]
    Meeting.write(make.entry(bea, ABOUT, kind="meeting"), takeaway="Of bea.")
    assert [one.words for one in takeaways.taken(meeting.owner)[0]] == [AWAY]
    assert AWAY in text_of(ada_client.get("/entries/", {"kind": "meeting"}))
    assert "One page before a meeting" in text_of(
        ada_client.post("/entries/search/", {"q": "evening was", "kind": "meeting"})
    )


def test_the_last_one_waits_where_the_next_begins_until_something_is_taken_away(
    meeting: Entry, ada_client: Client, bea_client: Client
) -> None:
    said = f"You were here before: {ABOUT} . What are you taking away?"
    assert said in text_of(ada_client.get("/meetings/new/"))
    assert said in text_of(ada_client.post("/meetings/new/", {"body": " "}))
    assert ABOUT not in text_of(bea_client.get("/meetings/new/"))
    ada_client.post(place(meeting), {"takeaway": AWAY})
    assert ABOUT not in text_of(ada_client.get("/meetings/new/"))


def test_what_is_written_over_stays_among_the_earlier_words(meeting: Entry, ada_client: Client) -> None:
    ada_client.post(place(meeting), {"helpful": "Tea."})
    assert [one.words for one in Revision.objects.of(meeting.owner)] == [{"helpful": HELPFUL}]


@pytest.mark.parametrize("kind", ["win", "setback", "doubt", "decision"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_else_is_a_meeting(kind: str, method: str, ada: User, ada_client: Client) -> None:
    assert getattr(ada_client, method)(place(make.entry(ada, kind=kind)), {"takeaway": AWAY}).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_is_there(method: str, meeting: Entry, bea_client: Client) -> None:
    answer = getattr(bea_client, method)(place(meeting), {"takeaway": AWAY})
    assert (answer.status_code, ABOUT in text_of(answer)) == (404, False)
    assert kept(meeting.owner) == [(ABOUT, HELPFUL, "")]


@pytest.mark.parametrize("rows", [1, 3])
def test_its_page_costs_the_same_however_much_is_brought(
    rows: int, meeting: Entry, ada_client: Client, django_assert_num_queries: Any
) -> None:
    Brought.lay(meeting, [make.entry(meeting.owner, f"Page {number}.", themes=["study"]) for number in range(rows)])
    ada_client.get("/today/")
    with django_assert_num_queries(7):
        ada_client.get(place(meeting))
