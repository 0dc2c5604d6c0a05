"""Did anything come of it? When an old lesson asks, and what is kept of the answer."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from journal.models import Acceptance, Entry, Lesson, Revision, Sequel
from tests import make
from tests.journal.pages import box, text_of

pytestmark = pytest.mark.usefixtures("noon")
NOON, TODAY = make.NOON, make.NOON.date()
ASKED = "Did anything come of it?"
HTMX = {"HX-Request": "true"}


def lesson(owner: User, ago: int = 91, words: str = "Ask for a hand.") -> Entry:
    then = NOON - timedelta(days=ago)
    entry = make.setback(owner, "The sauce split.", on=then.date(), now=then)
    Lesson.write(entry, lesson=words)
    return entry


def place(entry: Entry) -> str:
    return f"/entries/{entry.pk}/sequel/"


def asks(client: Client) -> bool:
    return ASKED in text_of(client.get("/today/"))


@pytest.mark.parametrize(("ago", "asked"), [(90, False), (91, True), (97, True), (98, False), (400, False)])
def test_a_lesson_asks_after_three_months_for_a_week(ago: int, asked: bool, ada: User, ada_client: Client) -> None:
    lesson(ada, ago)
    assert asks(ada_client) is asked


def test_it_shows_what_was_written(ada: User, ada_client: Client) -> None:
    lesson(ada)
    page = text_of(ada_client.get("/today/"))
    assert "Ask for a hand. You wrote this about 21 August." in page


def test_nothing_but_a_lesson_of_ones_own_asks(ada: User, bea: User, ada_client: Client) -> None:
    lesson(bea)
    lesson(ada).remove(NOON)
    make.setback(ada, "Open.", on=TODAY - timedelta(days=91), now=NOON - timedelta(days=91))
    make.entry(ada, "A win.", on=TODAY - timedelta(days=91), now=NOON - timedelta(days=91))
    make.entry(ada, "Yesterday.", on=TODAY - timedelta(days=1))
    assert not asks(ada_client)


@pytest.mark.parametrize("way", Acceptance.Way.values)
def test_what_was_only_hard_is_not_asked_about_again(way: str, ada: User, ada_client: Client) -> None:
    Acceptance.accept(lesson(ada), way)
    assert not asks(ada_client)


def test_what_was_written_lately_for_a_day_long_ago_does_not_ask(ada: User, ada_client: Client) -> None:
    entry = make.setback(ada, "The sauce split.", on=TODAY - timedelta(days=91), now=NOON)
    Lesson.write(entry, lesson="Ask.")
    assert not asks(ada_client)


def test_never_after_something_hard_that_day(ada: User, ada_client: Client) -> None:
    lesson(ada)
    answer = ada_client.post("/entries/", {"kind": "setback", "body": "Rain.", "deed": ""}, headers=HTMX)
    assert '<div id="sequel" hx-swap-oob="true"></div>' in answer.content.decode()
    assert not asks(ada_client)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert asks(ada_client)


def test_one_a_week(ada: User, ada_client: Client) -> None:
    first, second = lesson(ada, 93), lesson(ada, 91, "Sleep on it.")
    assert "Ask for a hand." in text_of(ada_client.get("/today/"))
    ada_client.post(place(first), {"do": "blank", "back": "today"})
    assert not asks(ada_client)
    with time_machine.travel(NOON + timedelta(days=6), tick=False):
        assert not asks(ada_client)
        lesson(ada, 85, "A third.")
    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        assert asks(ada_client)
    assert not hasattr(Entry.objects.get(pk=second.pk), "sequel")


def test_what_came_of_it_stands_beside_the_lesson(ada: User, ada_client: Client) -> None:
    entry = lesson(ada)
    for _ in range(2):
        answer = ada_client.post(place(entry), {"came_of_it": "Karim and I swap on Fridays."}, follow=True)
    assert "What came of it Karim and I swap on Fridays." in text_of(answer)
    assert Sequel.objects.of(ada).get().way == "told"
    assert box(ada_client.get(place(entry)), "came_of_it") == "Karim and I swap on Fridays."
    assert not asks(ada_client)
    found = ada_client.post("/entries/search/", {"q": "swap"}, headers=HTMX)
    assert "Karim and I" in text_of(found)


def test_words_written_over_stay_among_the_earlier(ada: User, ada_client: Client) -> None:
    entry = lesson(ada)
    for words in ("We swap.", "We swap on Fridays."):
        ada_client.post(place(entry), {"came_of_it": words})
    assert [one.words for one in Revision.objects.of(ada)] == [{"came_of_it": "We swap."}]


def test_leaving_it_blank_keeps_no_words_and_loses_none(ada: User, ada_client: Client) -> None:
    entry = lesson(ada)
    ada_client.post(place(entry), {"came_of_it": "We swap."})
    ada_client.post(place(entry), {"do": "blank", "back": "today"})
    assert (Sequel.objects.of(ada).get().came_of_it, Sequel.objects.of(ada).get().way) == ("We swap.", "told")


def test_not_for_me_is_remembered_and_can_be_undone(ada: User, ada_client: Client) -> None:
    entry, _other = lesson(ada), lesson(ada, 40)
    answer = ada_client.post(place(entry), {"do": "never", "back": "today"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today/")
    with time_machine.travel(NOON + timedelta(days=52), tick=False):
        ada_client.force_login(ada)
        assert not asks(ada_client)
        assert "isn’t for you" in text_of(ada_client.get(place(entry)))
        ada_client.post(place(entry), {"do": "again", "came_of_it": ""})
        assert asks(ada_client)


@pytest.mark.parametrize(("did", "said"), [("blank", "Left blank."), ("never", "It won’t be asked again.")])
def test_the_card_says_what_was_pressed(did: str, said: str, ada: User, ada_client: Client) -> None:
    answer = ada_client.post(place(lesson(ada)), {"do": did}, headers=HTMX)
    assert text_of(answer) == f"{said} {said}"


def test_long_afterwards_it_can_be_written_on_the_lessons_own_page(ada: User, ada_client: Client) -> None:
    assert f'href="{place(entry := lesson(ada, 400))}"' in ada_client.get(f"/entries/{entry.pk}/").content.decode()
    assert place(young := lesson(ada, 10)) not in ada_client.get(f"/entries/{young.pk}/").content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_ones_own_lesson_has_such_a_page(method: str, ada: User, ada_client: Client, bea_client: Client) -> None:
    entry, unread = lesson(ada), make.setback(ada)
    words: dict[str, Any] = {"came_of_it": "Bea was here."}
    assert getattr(bea_client, method)(place(entry), words).status_code == 404
    assert getattr(ada_client, method)(place(unread), words).status_code == 404
    assert not Sequel.objects.exists()
