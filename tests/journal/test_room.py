"""How much one account may hold: told kindly, nothing lost, the way out always open."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.limits import Full
from accounts.models import User
from journal import inbox, room
from journal.models import Entry, Lesson
from tests import make
from tests.walks.crawl import text_of

FULL = "This book is full for now."


@pytest.fixture
def one_entry(settings: Any) -> None:
    settings.ONWARD_MOST_ENTRIES = 1


def post(client: Client, body: str, **more: Any) -> Any:
    return client.post("/entries/", {"id": str(uuid4()), "kind": "win", "body": body} | more)


def test_what_is_too_much_stays_in_the_form(one_entry: None, ada: User, ada_client: Client, bea_client: Client) -> None:
    assert post(ada_client, "The first.").status_code == 303
    answer = post(ada_client, "One too many.")
    assert (answer.status_code, FULL in text_of(answer), "One too many.</textarea>" in answer.content.decode()) == (
        422,
        True,
        True,
    )
    assert [entry.body for entry in Entry.objects.of(ada)] == ["The first."]
    assert post(bea_client, "Mine.").status_code == 303
    assert ada_client.get("/export/").status_code == 200


def test_a_swap_gets_the_form_alone(one_entry: None, ada: User, ada_client: Client) -> None:
    make.entry(ada)
    answer = ada_client.post("/entries/", {"kind": "win", "body": "One too many."}, headers={"HX-Request": "true"})
    assert (answer.status_code, "<!doctype" in answer.content.decode(), FULL in text_of(answer)) == (422, False, True)


def test_every_other_form_is_answered_with_its_words(one_entry: None, ada: User, ada_client: Client) -> None:
    make.entry(ada)
    answer = ada_client.post("/ways/doubt/", {"body": "I doubt it.", "id": str(uuid4())})
    assert (answer.status_code, "I doubt it." in text_of(answer)) == (422, True)
    assert "This book" in text_of(answer)
    swapped = ada_client.post(
        "/ways/doubt/", {"body": "I doubt it.", "id": str(uuid4())}, headers={"HX-Request": "true"}
    )
    assert (swapped.status_code, swapped.headers["HX-Retarget"]) == (422, "body")
    assert Entry.objects.of(ada).count() == 1


def test_the_same_form_twice_is_the_entry_that_stands(one_entry: None, ada: User, ada_client: Client) -> None:
    id = str(uuid4())
    answers = [ada_client.post("/entries/", {"id": id, "kind": "win", "body": "Once."}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert Entry.objects.of(ada).count() == 1


def test_bytes_count_too(ada: User, settings: Any) -> None:
    settings.ONWARD_MOST_MEGABYTES = 1
    make.entry(ada, "ä" * 500_000)
    with pytest.raises(Full):
        make.entry(ada, "ä" * 100_000)
    make.entry(ada, "Short.")
    assert Entry.objects.of(ada).count() == 2


def test_every_text_of_the_journal_counts_and_nobody_elses(ada: User, bea: User, settings: Any) -> None:
    settings.ONWARD_MOST_MEGABYTES = 1
    make.entry(bea, "ä" * 510_000)
    hard = make.setback(ada)
    room._known.clear()
    for name in ("lesson", "told_myself"):
        Lesson.objects.update_or_create(owner=ada, entry=hard, defaults={name: "ä" * 270_000})
    with pytest.raises(Full):
        make.entry(ada, "One more.")
    make.entry(bea, "Short.")


def test_what_another_thread_forgot_meanwhile_is_no_fault(
    ada: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = room._counted

    def and_forgotten(owner: User) -> room.Room:
        found = counted(owner)
        room._known.clear()
        return found

    monkeypatch.setattr(room, "_counted", and_forgotten)
    settings.ONWARD_MOST_ENTRIES = 0
    with pytest.raises(Full):
        make.entry(ada, "One more.")


def test_one_question_counts_every_noun(ada: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make.entry(ada)
    room._known.clear()
    with django_assert_num_queries(1):
        room.take(ada, "A line.")


def test_what_went_for_good_makes_room_at_once(one_entry: None, ada: User) -> None:
    kept = make.entry(ada)
    with pytest.raises(Full):
        make.entry(ada)
    kept.delete()
    make.entry(ada, "The next.")
    assert [entry.body for entry in Entry.objects.of(ada)] == ["The next."]


def test_what_comes_by_a_letter_comes_in(one_entry: None, ada: User) -> None:
    make.entry(ada)
    line = inbox.Line(uuid4(), "From the letter.")
    assert inbox.add_win(ada, line, make.NOON.date(), make.NOON) == 1
    assert inbox.add_proud(ada, [inbox.Line(uuid4(), "Proud.")], make.NOON.date(), make.NOON) == 1


def test_it_is_counted_once_and_then_costs_no_question(
    ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.entry(ada)
    with django_assert_num_queries(0):
        for _ in range(3):
            room.take(ada, "A line.")


def test_an_hour_later_it_is_counted_anew(ada: User, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    make.entry(ada)
    settings.ONWARD_MOST_ENTRIES = 1
    make.entry(ada, "Still by the old count.")
    monkeypatch.setattr(room.time, "monotonic", lambda clock=room.time.monotonic: clock() + 3601)
    with pytest.raises(Full):
        make.entry(ada)


def test_a_process_remembers_so_many_people_and_no_more(ada: User, bea: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_KNOWN", 1)
    make.entry(ada)
    make.entry(bea)
    assert (ada.pk in room._known, bea.pk in room._known) == (False, True)


def test_a_file_with_more_pages_than_there_is_room_for_waits(ada: User, ada_client: Client, settings: Any) -> None:
    id = make.brought(ada, "heliotrope")
    settings.ONWARD_MOST_ENTRIES = 0
    answer = ada_client.post(f"/import/{id}/approval/")
    assert (answer.status_code, "There is no room here for so many pages." in text_of(answer)) == (422, True)
    assert Entry.objects.of(ada).count() == 0
