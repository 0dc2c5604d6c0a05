"""What is written beside a milestone: the standard behind it, and GROW, whose way forward becomes a step."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from accounts.sealed import Sealed
from journal.models import LongerLook, Milestone, Standard, Step
from tests import make
from tests.journal.pages import text_of, words_of

GROW = {"goal": "To cook for friends.", "reality": "I am tired.", "options": "Soup.", "way_forward": "Soup, Friday"}
STANDARD = {"serves": "The seasoning.", "stops": "At the garnish."}


@pytest.fixture
def menu(ada: User) -> Milestone:
    return Milestone.keep(ada, make.NOON, title="A supper menu")


def told(sheet: Any) -> dict[str, str]:
    return {name: getattr(sheet, name) for name in sheet.WORDS}


def post(client: Client, menu: Milestone, noun: str, **words: Any) -> Any:
    return client.post(f"/milestones/{menu.pk}/{noun}/", words)


@pytest.mark.parametrize(("noun", "model", "words"), [("standard", Standard, STANDARD), ("look", LongerLook, GROW)])
def test_it_is_kept_and_stands_in_its_boxes(
    menu: Milestone, ada_client: Client, noun: str, model: Any, words: dict[str, str]
) -> None:
    for _ in range(2):
        answer = post(ada_client, menu, noun, version="0", **words)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/milestones/{menu.pk}/#{noun}")
    assert told(model.objects.get()) == words
    page = words_of(ada_client.get(f"/milestones/{menu.pk}/"))
    for text in words.values():
        assert (f"{text}</textarea>" in page, f'<dd dir="auto">{text}</dd>' in page) == (True, True)


@pytest.mark.parametrize("noun", ["standard", "look"])
def test_nothing_written_makes_no_row(menu: Milestone, ada_client: Client, noun: str) -> None:
    assert post(ada_client, menu, noun, serves="", goal=" ").status_code == 303
    assert (Standard.objects.count(), LongerLook.objects.count()) == (0, 0)
    assert "<dl" not in words_of(ada_client.get(f"/milestones/{menu.pk}/"))


@pytest.mark.parametrize("read", ["0", "1"])
def test_two_tabs_lose_no_word(menu: Milestone, ada_client: Client, read: str) -> None:
    post(ada_client, menu, "standard", version="0", serves="The first tab.")
    post(ada_client, menu, "standard", version="1", serves="The first tab, again.")
    answer = post(ada_client, menu, "standard", version=read, serves="The second tab.")
    assert answer.status_code == 409
    page = words_of(answer)
    assert "The second tab.</textarea>" in page
    assert '<dt>Where does this standard serve you?</dt><dd dir="auto">The first tab, again.</dd>' in page
    assert Standard.objects.get().serves == "The first tab, again."
    assert post(ada_client, menu, "standard", version="2", serves="The second tab.").status_code == 303


def test_what_is_not_sent_stays(menu: Milestone, ada_client: Client) -> None:
    post(ada_client, menu, "look", **GROW)
    post(ada_client, menu, "look", goal="Another.")
    assert told(LongerLook.objects.get()) == GROW | {"goal": "Another."}


def test_the_way_forward_becomes_a_step_in_one_press(menu: Milestone, ada_client: Client) -> None:
    id = str(uuid4())
    for _ in range(2):
        answer = post(ada_client, menu, "look", do="step", step=id, version="0", **GROW)
        assert answer.headers["Location"] == f"/milestones/{menu.pk}/#step-{id}"
    assert [(str(step.pk), step.title) for step in menu.steps.all()] == [(id, "Soup, Friday")]
    assert LongerLook.objects.get().way_forward == "Soup, Friday"


def test_a_blank_way_forward_makes_no_step(menu: Milestone, ada_client: Client) -> None:
    answer = post(ada_client, menu, "look", do="step", goal="To cook.", way_forward=" \n")
    assert answer.headers["Location"] == f"/milestones/{menu.pk}/#look"
    assert Step.objects.count() == 0


def test_a_way_forward_of_two_lines_is_a_step_of_one(menu: Milestone, ada_client: Client) -> None:
    post(ada_client, menu, "look", do="step", way_forward="Soup,\non Friday")
    assert menu.steps.get().title == "Soup, on Friday"


@pytest.mark.parametrize("noun", ["standard", "look"])
def test_nobody_writes_beside_what_is_somebody_elses(menu: Milestone, bea_client: Client, noun: str) -> None:
    assert post(bea_client, menu, noun, serves="Mine.", goal="Mine.").status_code == 404
    assert (Standard.objects.count(), LongerLook.objects.count()) == (0, 0)


def test_what_cannot_be_opened_stays_and_is_not_written_over(menu: Milestone, ada: User, ada_client: Client) -> None:
    post(ada_client, menu, "standard", **STANDARD)
    Standard.objects.update(serves=Sealed(b"\x01\x01" + bytes(40)))
    assert "This can’t be opened; kept as it is." in text_of(ada_client.get(f"/milestones/{menu.pk}/"))
    answer = post(ada_client, menu, "standard", serves="Over it.")
    assert answer.status_code == 409
    assert "Over it.</textarea>" in words_of(answer)
    assert Standard.objects.get().text_of("stops") == "At the garnish."


def test_a_version_that_is_none_keeps_the_words_in_the_box(menu: Milestone, ada_client: Client) -> None:
    answer = post(ada_client, menu, "standard", version="x", serves="Here.")
    assert answer.status_code == 422
    assert "Here.</textarea>" in words_of(answer)
