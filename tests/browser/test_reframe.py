"""Something hard, looked at gently, in Chromium: focus, speech, the way back, and the same without a script."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from journal.models import Entry, Lesson
from tests import make

pytestmark = pytest.mark.browser
HARD = "The sauce split in the middle of service."
KIND = "You had two stations and no hands."
TAUGHT = "Asking for a hand is part of the recipe."


@pytest.fixture
def hard(ada: User) -> Entry:
    return make.setback(ada, HARD, now=timezone.now())


def open_at(page: Page, entry: Entry, step: str = "") -> None:
    page.goto(f"/entries/{entry.pk}/lesson/" + (f"?step={step}" if step else ""))


def carry_on(page: Page) -> None:
    page.get_by_role("button", name="Carry on").click()


def walk(page: Page) -> None:
    """From Today to its lesson, as it is meant."""
    page.goto("/today/?kind=setback")
    page.get_by_role("textbox", name="What happened? Plainly, as you’d tell a friend.").fill(HARD)
    page.get_by_role("button", name="Keep it, and look at it gently").click()
    page.get_by_role("textbox", name="What would you say to them?").fill(KIND)
    carry_on(page)
    page.get_by_role("textbox", name="What is this teaching me?").fill(TAUGHT)
    page.get_by_label("A word or two for the index at the back").fill("asking for help")
    page.get_by_role("button", name="Keep the lesson").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kept, with its lesson.")
    for words in (HARD, KIND, TAUGHT, "asking for help"):
        expect(page.get_by_text(words)).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_something_hard_becomes_a_lesson(script: bool, ada: User, open_page: Callable[..., Page]) -> None:
    walk(open_page(ada, java_script_enabled=script))
    entry = Entry.objects.of(ada).with_records().get()
    assert (entry.body, entry.lesson.kind_words, entry.lesson.lesson) == (HARD, KIND, TAUGHT)


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_who_goes_back_comes_to_the_question_before(script: bool, ada: User, open_page: Callable[..., Page]) -> None:
    page = open_page(ada, java_script_enabled=script)
    page.goto("/today/?kind=setback")
    page.get_by_role("textbox", name="What happened? Plainly, as you’d tell a friend.").fill(HARD)
    page.get_by_role("button", name="Keep it, and look at it gently").click()
    page.get_by_role("textbox", name="What would you say to them?").fill(KIND)
    carry_on(page)
    expect(page.get_by_role("textbox", name="What is this teaching me?")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("textbox", name="What would you say to them?")).to_have_value(KIND)


def test_each_question_has_the_focus_and_says_where_it_stands(hard: Entry, ada_page: Page) -> None:
    open_at(ada_page, hard)
    expect(ada_page.get_by_label("What would you say to them?")).to_be_focused()
    carry_on(ada_page)
    expect(ada_page.get_by_label("What is this teaching me?")).to_be_focused()
    expect(ada_page.locator("#say")).to_have_text("The third, and last.")
    expect(ada_page).to_have_title("What is this teaching me? · Onward")
    expect(ada_page).to_have_url(re.compile(r"/lesson/\?step=lesson$"))
    ada_page.get_by_role("button", name="Keep the lesson").click()
    expect(ada_page).to_have_url(re.compile("/today/$"))


def test_the_last_heading_has_the_focus(hard: Entry, ada_page: Page) -> None:
    open_at(ada_page, hard)
    ada_page.get_by_label("What would you say to them?").fill(KIND)
    ada_page.get_by_role("button", name="Keep and close").click()
    expect(ada_page.get_by_role("heading", level=1)).to_be_focused()
    expect(ada_page.get_by_role("heading", level=1)).to_have_text("Kept.")


@pytest.mark.parametrize("script", [True, False])
def test_the_way_back_keeps_what_was_typed(hard: Entry, open_page: Callable[..., Page], script: bool) -> None:
    page = open_page(hard.owner, java_script_enabled=script)
    open_at(page, hard, "lesson")
    page.get_by_label("What is this teaching me?").fill("Half a thought")
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page.get_by_label("What would you say to them?")).to_be_focused()
    carry_on(page)
    expect(page.get_by_label("What is this teaching me?")).to_have_value("Half a thought")


@pytest.mark.parametrize("script", [True, False])
def test_a_longer_look_keeps_what_was_typed(hard: Entry, open_page: Callable[..., Page], script: bool) -> None:
    page = open_page(hard.owner, java_script_enabled=script)
    open_at(page, hard, "lesson")
    page.get_by_label("What is this teaching me?").fill("Half a thought")
    page.get_by_text("Look longer").click()
    page.get_by_role("button", name="A way forward, in four short lines").click()
    page.get_by_label("What would you like instead?").fill("To ask early.")
    page.get_by_role("button", name="Keep it all").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kept, with its lesson.")
    lesson = Lesson.objects.of(hard.owner).get()
    assert (lesson.lesson, lesson.goal) == ("Half a thought", "To ask early.")


def test_the_browsers_own_way_back_shows_what_was_kept(hard: Entry, ada_page: Page) -> None:
    open_at(ada_page, hard)
    ada_page.get_by_label("What would you say to them?").fill(KIND)
    carry_on(ada_page)
    expect(ada_page.get_by_label("What is this teaching me?")).to_be_focused()
    with ada_page.expect_event("load"):  # htmx keeps no page to go back to, so the browser asks for it again
        ada_page.go_back()
    expect(ada_page.get_by_text("You said, to a friend:")).to_be_visible()
    assert KIND not in ada_page.evaluate("JSON.stringify([localStorage, sessionStorage])")


def test_it_was_only_hard_and_that_can_be_undone(hard: Entry, ada_page: Page) -> None:
    open_at(ada_page, hard, "lesson")
    ada_page.get_by_role("button", name="It was only hard.").click()
    expect(ada_page.locator(".entry .said")).to_have_text("It was only hard.")
    ada_page.goto(f"/entries/{hard.pk}/")
    ada_page.get_by_role("button", name="Undo").click()
    expect(ada_page.get_by_role("link", name="Look at it gently")).to_be_visible()


def test_the_person_has_their_own_word_for_enough(ada: User, hard: Entry, ada_page: Page) -> None:
    ada.enough = User.Enough.STOP
    ada.save()
    for step in ("happened", "friend", "lesson", "forward"):
        open_at(ada_page, hard, step)
        expect(ada_page.get_by_role("button", name="I’ll stop here")).to_be_visible()


def test_words_that_could_not_be_sent_stay_in_the_box(hard: Entry, open_page: Callable[..., Page], ada: User) -> None:
    page = open_page(ada)
    open_at(page, hard)
    page.get_by_label("What would you say to them?").fill(KIND)
    page.route("**/lesson/**", lambda route: route.abort())
    carry_on(page)
    expect(page.get_by_text("Not kept yet. Your words are still here.")).to_be_visible()
    expect(page.get_by_label("What would you say to them?")).to_have_value(KIND)
    page.unroute("**/lesson/**")
    carry_on(page)
    expect(page.get_by_text(KIND)).to_be_visible()
    open_page.trouble.clear()  # type: ignore[attr-defined]  # The refused request is the test.


def test_nothing_can_be_typed_that_the_answer_would_overwrite(hard: Entry, ada_page: Page) -> None:
    open_at(ada_page, hard)
    waiting: list[Route] = []
    ada_page.route("**/lesson/**", lambda route: waiting.append(route))
    carry_on(ada_page)
    expect(ada_page.get_by_label("What would you say to them?")).to_be_disabled()
    waiting[0].continue_()
    expect(ada_page.get_by_label("What is this teaching me?")).to_be_focused()


def test_leave_it_be_and_undo(hard: Entry, ada_page: Page) -> None:
    ada_page.goto("/today/")
    ada_page.get_by_role("button", name="Leave it be").click()
    undo = ada_page.locator(f"#entry-{hard.pk} form[action$='/acceptance/'] button")
    expect(undo).to_have_text("Undo")
    expect(undo).to_be_focused()
    expect(ada_page.locator("#say")).to_have_text("Left be.")
    undo.click()
    expect(ada_page.get_by_role("button", name="Leave it be")).to_be_visible()
    expect(ada_page.locator("#say")).to_have_text("Open again.")


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_a_doubt_and_its_answer(script: bool, ada: User, open_page: Callable[..., Page]) -> None:
    page = open_page(ada, java_script_enabled=script)
    page.goto("/ways/")
    page.get_by_role("link", name="I doubt myself").click()
    page.get_by_role("button", name="Keep both sides").click()
    expect(page.get_by_role("textbox", name="The doubt")).to_have_attribute("aria-invalid", "true")
    page.get_by_role("textbox", name="The doubt").fill("What is left of me?")
    page.get_by_role("button", name="Keep both sides").click()
    page.get_by_role("link", name="Turn the page").click()
    page.get_by_role("textbox", name="The other side of the page").fill("The dough is.")
    page.get_by_role("button", name="Keep this side").click()
    expect(page.get_by_text("The dough is.")).to_be_visible()
    expect(page.locator("header", has_text="A doubt, and its answer")).to_be_visible()
