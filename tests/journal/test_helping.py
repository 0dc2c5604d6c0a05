"""I help others: questions in place of the usual ones, a line before a session, and putting it down after one."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from journal.models import Entry, Helping, Sitting
from journal.prompts.composer import HELPING, USUAL
from journal.prompts.helping import IN_PLACE, turned
from journal.prompts.reframing import QUESTIONS
from tests import make
from tests.journal.pages import box, field, text_of

PAGE = "/ways/helping/"
HARD = "Lost the thread, and filled the silence with advice."
TAUGHT = "A silence is not mine alone to end."


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    with time_machine.travel(make.NOON):
        yield


def choose(client: Client, helping: str) -> Any:
    return client.post(PAGE, {"helping": helping})


# Whose questions


def test_the_page_says_plainly_that_no_client_is_named(ada_client: Client) -> None:
    page = text_of(ada_client.get(PAGE))
    assert "No client names, not even initials: nothing by which somebody could be found." in page
    assert field(ada_client.get(PAGE), "body") == "I don’t need to know yet."


def test_the_words_of_today_are_replaced_and_come_back(ada: User, bea_client: Client, ada_client: Client) -> None:
    def said(client: Client) -> tuple[bool, bool]:
        page = text_of(client.get("/today/"))
        usual, helping = ([str(text) for text in vars(words).values()] for words in (USUAL, HELPING))
        return all(text in page for text in usual), all(text in page for text in helping)

    assert said(ada_client) == (True, False)
    assert choose(ada_client, "1").status_code == 303
    choose(ada_client, "1")
    assert (said(ada_client), said(bea_client)) == ((False, True), (True, False))
    assert "Back to the usual questions" in text_of(ada_client.get(PAGE))
    assert choose(ada_client, "0").status_code == 303
    assert (said(ada_client), Helping.objects.of(ada).count()) == ((True, False), 0)


@pytest.mark.parametrize("helping", ["", "2"])
def test_what_cannot_be_read_is_422(helping: str, ada: User, ada_client: Client) -> None:
    assert choose(ada_client, helping).status_code == 422
    assert Helping.objects.of(ada).count() == 0


def test_the_line_is_kept_in_the_persons_own_words(ada: User, ada_client: Client) -> None:
    id = field(ada_client.get(PAGE), "id")
    ada_client.post("/entries/", {"id": id, "kind": "note", "body": "I can ask, and wait."})
    assert [(entry.kind, entry.body) for entry in Entry.objects.of(ada)] == [("note", "I can ask, and wait.")]


# Put it down


def begin(client: Client) -> str:
    answer = client.post("/sittings/")
    assert answer.status_code == 303
    return str(answer["Location"])


def test_it_begins_with_a_press_and_says_until_when(ada: User, ada_client: Client) -> None:
    page = ada_client.get(begin(ada_client))
    assert "Five minutes, until 12:05. Then it is enough, whatever stands here." in text_of(page)
    assert Entry.objects.of(ada).count() == 0


def test_where_the_zone_is_unknown_no_time_is_said(ada: User, ada_client: Client) -> None:
    ada.time_zone = ""
    ada.save()
    assert "Five minutes. Then it is enough, whatever stands here." in text_of(ada_client.get(begin(ada_client)))


def test_begun_twice_it_is_the_same_five_minutes(ada: User, ada_client: Client) -> None:
    first = begin(ada_client)
    with time_machine.travel(make.NOON + timedelta(minutes=4)):
        assert begin(ada_client) == first
    with time_machine.travel(make.NOON + timedelta(minutes=6)):
        assert begin(ada_client) != first
    assert Sitting.objects.of(ada).count() == 2


def test_it_ends_in_an_entry_with_its_lesson_and_is_closed(ada: User, ada_client: Client) -> None:
    place = begin(ada_client)
    answer = ada_client.post(place, {"body": HARD, "lesson": TAUGHT})
    assert (answer.status_code, answer["Location"]) == (303, place)
    entry = Entry.objects.of(ada).with_records().get()
    assert (entry.kind, entry.body, entry.lesson.lesson, entry.is_open) == ("setback", HARD, TAUGHT, False)
    page = text_of(ada_client.get(place))
    assert "Put down, with its lesson." in page
    assert "It is closed. Nothing more is asked about it." in page
    assert HARD in page
    assert "Look at it gently" not in page


def test_without_a_lesson_it_is_left_be(ada: User, ada_client: Client) -> None:
    place = begin(ada_client)
    ada_client.post(place, {"body": HARD, "lesson": " "})
    entry = Entry.objects.of(ada).with_records().get()
    assert (entry.has_lesson, entry.is_open, entry.acceptance.way) == (False, False, "be")
    assert "Put down. It is closed." in text_of(ada_client.get(place))


def test_after_the_five_minutes_it_can_still_be_put_down(ada: User, ada_client: Client) -> None:
    place = begin(ada_client)
    with time_machine.travel(make.NOON + timedelta(days=3)):
        assert "The five minutes are over. What stands here is enough." in text_of(ada_client.get(place))
        assert ada_client.post(place, {"body": HARD, "lesson": TAUGHT}).status_code == 303
    assert Entry.objects.of(ada).count() == 1


def test_put_down_twice_it_is_kept_once_and_other_words_are_not_lost(ada: User, ada_client: Client) -> None:
    place = begin(ada_client)
    for body in (HARD, HARD, "Another line."):
        ada_client.post(place, {"body": body, "lesson": TAUGHT})
    assert sorted(entry.body for entry in Entry.objects.of(ada)) == sorted([HARD, "Another line."])


def test_a_blank_page_keeps_the_lesson_in_the_box(ada: User, ada_client: Client) -> None:
    answer = ada_client.post(begin(ada_client), {"body": " ", "lesson": TAUGHT})
    assert answer.status_code == 422
    assert box(answer, "lesson") == TAUGHT
    assert "One word is enough. An empty page can’t be put down." in text_of(answer)
    assert Entry.objects.of(ada).count() == 0


def test_bea_neither_reads_nor_ends_it(ada: User, ada_client: Client, bea: User, bea_client: Client) -> None:
    place = begin(ada_client)
    ada_client.post(place, {"body": HARD, "lesson": TAUGHT})
    assert bea_client.get(place).status_code == 404
    assert bea_client.post(place, {"body": HARD, "lesson": TAUGHT}).status_code == 404
    assert bea_client.get(f"/sittings/{uuid4()}/").status_code == 404
    assert Entry.objects.of(bea).count() == 0


def test_two_presses_at_once_begin_once(ada: User, at_once: Callable[..., list[Any]]) -> None:
    begun = at_once(*[lambda: Sitting.begin(ada, make.NOON).pk] * 4)
    assert len(set(begun)) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_little(
    rows: int, ada: User, ada_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        Sitting.begin(ada, make.NOON + timedelta(hours=number)).put_down(make.NOON, body=f"{number}", lesson="")
    ada_client.get(PAGE)
    with django_assert_num_queries(3):
        ada_client.get(PAGE)


# Something hard, looked at gently


@pytest.mark.parametrize("step", ["happened", "friend", "lesson"])
def test_the_three_questions_are_turned(step: str, ada: User, ada_client: Client) -> None:
    address = f"/entries/{make.setback(ada, HARD).pk}/lesson/?step={step}"
    usual = text_of(ada_client.get(address))
    Helping.choose(ada, True)
    page = text_of(ada_client.get(address))
    words = IN_PLACE[step]
    said = [str(one) for name, one in words.items() if name != "starters"]
    said += [str(one) for one in words["starters"]] if step != "happened" else []
    assert [one for one in said if one not in page] == []
    assert [one for one in said if one in usual] == []
    assert ("A friend tells you:" in usual, "A friend tells you:" in page) == (step == "friend", False)


def test_what_has_no_other_words_stays_as_it_is() -> None:
    assert turned(QUESTIONS["forward"]) is QUESTIONS["forward"]
    assert turned(QUESTIONS["lesson"]).ask == QUESTIONS["lesson"].ask
