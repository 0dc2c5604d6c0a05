from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from journal.models import Answer, Entry, Revision
from tests import make

DOUBT = "If I let the standards go, I’m not sure what is left of me."
OTHER = "Karim asked me to teach him the dough."


def kept(user: User) -> list[tuple[str, str, str]]:
    entries = Entry.objects.of(user).select_related("answer").order_by("created_at")
    return [(entry.kind, entry.body, entry.answer.answer if hasattr(entry, "answer") else "") for entry in entries]


@pytest.fixture
def doubt(ada: User) -> Entry:
    return make.entry(ada, DOUBT, kind=Entry.Kind.DOUBT)


def place(entry: Entry) -> str:
    return f"/entries/{entry.pk}/answer/"


# Both sides at once


@pytest.mark.parametrize("do", ["", "enough"])
def test_both_sides_are_kept(do: str, ada: User, ada_client: Client) -> None:
    answer = ada_client.post("/ways/doubt/", {"id": str(uuid4()), "body": DOUBT, "answer": OTHER, "do": do})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today/")
    assert kept(ada) == [("doubt", DOUBT, OTHER)]
    today = ada_client.get("/today/").content.decode()
    assert DOUBT in today
    assert OTHER in today


def test_the_other_side_may_stay_blank(ada: User, ada_client: Client) -> None:
    ada_client.post("/ways/doubt/", {"body": DOUBT, "answer": " "})
    assert kept(ada) == [("doubt", DOUBT, "")]
    assert not Answer.objects.of(ada).exists()


@pytest.mark.parametrize("answer", ["", OTHER])
def test_without_a_doubt_nothing_is_kept_and_the_other_side_stays_in_the_form(
    answer: str, ada: User, ada_client: Client
) -> None:
    page = ada_client.post("/ways/doubt/", {"body": "  ", "answer": answer})
    assert page.status_code == 422
    assert "This side is still blank. One word is enough." in page.content.decode()
    assert answer in page.content.decode()
    assert kept(ada) == []


def test_the_same_form_sent_twice_is_one_doubt(ada: User, ada_client: Client) -> None:
    form = {"id": str(uuid4()), "body": DOUBT, "answer": OTHER}
    for _ in range(2):
        ada_client.post("/ways/doubt/", form)
    assert kept(ada) == [("doubt", DOUBT, OTHER)]
    assert not Revision.objects.of(ada).exists()


def test_going_back_and_answering_otherwise_loses_neither(ada: User, ada_client: Client) -> None:
    form = {"id": str(uuid4()), "body": DOUBT}
    ada_client.post("/ways/doubt/", form | {"answer": OTHER})
    ada_client.post("/ways/doubt/", form | {"answer": "I like the work itself."})
    assert kept(ada) == [("doubt", DOUBT, "I like the work itself.")]
    assert [one.words for one in Revision.objects.of(ada)] == [{"answer": OTHER}]


def test_an_id_of_somebody_else_is_not_taken(ada: User, bea: User, bea_client: Client) -> None:
    theirs = make.entry(ada, DOUBT, kind=Entry.Kind.DOUBT)
    bea_client.post("/ways/doubt/", {"id": str(theirs.pk), "body": DOUBT, "answer": OTHER})
    assert (kept(ada), kept(bea)) == ([("doubt", DOUBT, "")], [("doubt", DOUBT, OTHER)])


def test_a_new_page_has_an_id_of_its_own(ada_client: Client) -> None:
    ids = [ada_client.get("/ways/doubt/").context["form"]["id"].value() for _ in range(2)]
    assert ids[0] != ids[1]


# The other side of a page that stands


def test_a_doubt_is_answered_later(doubt: Entry, ada_client: Client) -> None:
    assert DOUBT in ada_client.get(place(doubt)).content.decode()
    answer = ada_client.post(place(doubt), {"answer": OTHER})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/entries/{doubt.pk}/")
    assert kept(doubt.owner) == [("doubt", DOUBT, OTHER)]


def test_an_answer_can_be_changed_and_the_earlier_one_stays(doubt: Entry, ada_client: Client) -> None:
    for words in (OTHER, "I like the work itself.", ""):
        ada_client.post(place(doubt), {"answer": words})
    assert kept(doubt.owner) == [("doubt", DOUBT, "")]
    page = ada_client.get(f"/entries/{doubt.pk}/").content.decode()
    assert OTHER in page
    assert "I like the work itself." in page


def test_a_post_without_an_answer_leaves_it_alone(doubt: Entry, ada_client: Client) -> None:
    Answer.write(doubt, answer=OTHER)
    assert ada_client.post(place(doubt), {"do": "enough"}).status_code == 303
    assert kept(doubt.owner) == [("doubt", DOUBT, OTHER)]


@pytest.mark.parametrize("kind", ["win", "setback", "note", "proud"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_a_doubt_is_answered(kind: str, method: str, ada: User, ada_client: Client) -> None:
    assert getattr(ada_client, method)(place(make.entry(ada, kind=kind)), {"answer": OTHER}).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_answers_it(method: str, doubt: Entry, bea_client: Client) -> None:
    assert getattr(bea_client, method)(place(doubt), {"answer": OTHER}).status_code == 404
    assert kept(doubt.owner) == [("doubt", DOUBT, "")]


@pytest.mark.parametrize("path", ["/ways/doubt/", "answer"])
def test_other_methods_are_refused(path: str, doubt: Entry, ada_client: Client) -> None:
    path = place(doubt) if path == "answer" else path
    assert [getattr(ada_client, name)(path).status_code for name in ("put", "patch", "delete")] == [405] * 3


def test_a_title_says_nothing_of_what_was_written(doubt: Entry, ada_client: Client) -> None:
    assert "standards" not in ada_client.get(place(doubt)).content.decode().split("</title>")[0]


# How much is asked of the database


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_however_much_there_is(
    count: int, ada: User, ada_client: Client, django_assert_num_queries: object
) -> None:
    entries = [make.entry(ada, f"Doubt {number}", kind=Entry.Kind.DOUBT) for number in range(count)]
    for entry in entries:
        Answer.write(entry, answer=OTHER)
    ada_client.get("/ways/")
    with django_assert_num_queries(2):  # type: ignore[operator]
        ada_client.get("/ways/doubt/")
    with django_assert_num_queries(5):  # type: ignore[operator]
        ada_client.get(place(entries[0]))
