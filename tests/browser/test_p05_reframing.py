"""P5, P6, P7 and P21 as somebody does them for the first time, and what is found of them a month later."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Entry, Step
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])]
HARD = "The sauce split in the middle of service."
KIND = "You had two stations and no hands."
TAUGHT = "Asking for a hand is part of the recipe."
MONTH = timedelta(days=31)
Open = Callable[..., Page]


def at(now: datetime) -> Any:
    """The server's clock; it goes on."""
    return time_machine.travel(now, tick=True)


def something_hard(page: Page, words: str = HARD) -> None:
    page.goto("/today/?kind=setback")
    page.get_by_role("textbox", name="What happened? Plainly, as you’d tell a friend.").fill(words)
    page.get_by_role("button", name="Keep it, and look at it gently").click()
    # Today has an “If nothing comes” of its own, which a press before the next page is there would open.
    expect(page.get_by_role("textbox", name="What would you say to them?")).to_be_visible()


def say_to_a_friend(page: Page, words: str = KIND) -> None:
    page.get_by_role("textbox", name="What would you say to them?").fill(words)
    page.get_by_role("button", name="Carry on").click()


def keep_the_lesson(page: Page, words: str = TAUGHT, theme: str = "") -> None:
    page.get_by_role("textbox", name="What is this teaching me?").fill(words)
    if theme:
        page.get_by_label("A word or two for the index at the back").fill(theme)
    page.get_by_role("button", name="Keep the lesson").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kept, with its lesson.")


def test_p05_something_hard_becomes_a_lesson_and_ones_own_kind_words_come_back(
    script: bool, ada: User, open_page: Open
) -> None:
    with at(make.NOON):
        page = open_page(ada, java_script_enabled=script)
        something_hard(page)
        say_to_a_friend(page)
        keep_the_lesson(page)
    with at(make.NOON + MONTH):
        page = open_page(ada, java_script_enabled=script)
        page.goto("/entries/")
        for words in (HARD, KIND, TAUGHT):
            expect(page.get_by_text(words)).to_be_visible()
        something_hard(page, "The tram left without me.")
        page.get_by_text("If nothing comes").click()
        expect(page.get_by_text("You said this in November.")).to_be_visible()
        page.get_by_role("button", name="Say it again").click()
        expect(page.get_by_role("textbox", name="What would you say to them?")).to_have_value(KIND)
        page.get_by_text("If nothing comes").click()
        page.get_by_role("button", name="Put it away").click()
        expect(page.get_by_text("Put away. It stays where you wrote it")).to_be_visible()
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("You said this in November.")).to_be_visible()


def test_p05_it_was_only_hard_is_kept_whole(script: bool, ada: User, open_page: Open) -> None:
    with at(make.NOON):
        page = open_page(ada, java_script_enabled=script)
        something_hard(page)
        say_to_a_friend(page)
        page.get_by_role("button", name="It was only hard.").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Kept.")
    with at(make.NOON + MONTH):
        page = open_page(ada, java_script_enabled=script)
        page.goto("/entries/")
        expect(page.locator(".entry .said")).to_have_text("It was only hard.")
        expect(page.get_by_role("link", name="Look at it gently")).to_have_count(0)


def test_p06_looking_longer_ends_in_one_small_step(script: bool, ada: User, open_page: Open) -> None:
    with at(make.NOON):
        for number in range(5):
            make.entry(ada, f"Line {number}.", now=make.NOON - timedelta(days=number + 1))
        page = open_page(ada, java_script_enabled=script)
        something_hard(page)
        say_to_a_friend(page)
        page.get_by_role("textbox", name="What is this teaching me?").fill(TAUGHT)
        if not script:  # A link alone sends nothing: what was typed is kept first.
            page.get_by_role("button", name="Keep the lesson").click()
            page.goto(f"/entries/{Entry.objects.get(kind='setback').pk}/lesson/?step=lesson")
        page.get_by_text("Look longer").click()
        page.get_by_role("button", name="What did I tell myself?").click()
        page.get_by_role("textbox", name="What did I tell myself?").fill("That I am slow.")
        page.get_by_role("button", name="Keep this, and go back to the lesson").click()
        page.get_by_text("Look longer").click()
        page.get_by_role("button", name="A way forward, in four short lines").click()
        page.get_by_label("What would you like instead?").fill("To ask early.")
        page.get_by_label("One small thing, and when").fill("Friday: ask Karim.")
        expect(page.get_by_role("checkbox", name="Make it my small step on Today")).to_be_checked()
        page.get_by_role("button", name="Keep it all").click()
        for words in (TAUGHT, "That I am slow.", "To ask early."):
            expect(page.get_by_text(words)).to_be_visible()
    with at(make.NOON + MONTH):
        page = open_page(ada, java_script_enabled=script)
        page.goto("/today/")
        expect(page.locator("#small-step").get_by_text("Friday: ask Karim.")).to_be_visible()
        assert Step.objects.of(ada).count() == 1


def test_p06_something_to_put_right_becomes_a_step_afterwards(script: bool, ada: User, open_page: Open) -> None:
    with at(make.NOON):
        hard = make.setback(ada, HARD)
        page = open_page(ada, java_script_enabled=script)
        page.goto(f"/entries/{hard.pk}/lesson/?step=lesson")
        page.get_by_text("Look longer").click()
        page.get_by_role("button", name="Is there something to put right with someone?").click()
        page.get_by_role("textbox").fill("Tell Lena that it was the hour.")
        page.get_by_role("checkbox", name="Make it my small step on Today").uncheck()
        page.get_by_role("button", name="Good enough for today").click()
        expect(page.get_by_text("Tell Lena that it was the hour.")).to_be_visible()
    with at(make.NOON + MONTH):
        page = open_page(ada, java_script_enabled=script)
        page.goto(f"/entries/{hard.pk}/")
        page.get_by_role("button", name="Make putting it right a small step").click()
        expect(page.get_by_text("It is a small step now.")).to_be_visible()
        assert [step.title for step in Step.objects.of(ada)] == ["Tell Lena that it was the hour."]


def test_p07_themes_are_ones_own_words_and_an_index_at_the_back(script: bool, ada: User, open_page: Open) -> None:
    for number in range(3):
        with at(make.NOON + number * MONTH):
            page = open_page(ada, java_script_enabled=script)
            something_hard(page, f"Hard thing {number}.")
            say_to_a_friend(page)
            if number == 0:
                keep_the_lesson(page, f"Lesson {number}.", "asking for help")
            else:
                page.get_by_text("asking for help", exact=True).locator("visible=true").click()
                keep_the_lesson(page, f"Lesson {number}.")
    with at(make.NOON + 3 * MONTH):
        page = open_page(ada, java_script_enabled=script)
        page.goto("/lessons/")
        expect(page.locator(".back-index li")).to_have_text("asking for help, 20 Nov 2026, 21 Dec 2026, 21 Jan")
        page.get_by_role("link", name="asking for help").click()
        expect(page.get_by_text("Three entries since November 2026, each with a lesson.")).to_be_visible()
        expect(page.get_by_text("Lesson 1.")).to_be_visible()
        page.get_by_text("Change the word").click()
        page.get_by_label("In another word").fill("asking")
        page.get_by_role("button", name="Keep it so").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("asking")


def test_p21_what_was_taken_away_is_collected(script: bool, ada: User, open_page: Open) -> None:
    with at(make.NOON):
        page = open_page(ada, java_script_enabled=script)
        something_hard(page)
        say_to_a_friend(page)
        keep_the_lesson(page)
        for days in (0, 7):
            make.entry(ada, f"Proud {days}.", kind="proud", on=make.NOON.date() - timedelta(days=days))
        page.goto("/weeks/2026-W47/")
        page.get_by_text("A longer look").click()
        page.get_by_label("What are you taking with you?").fill("Small is early.")
        with page.expect_navigation():
            page.locator("#longer").get_by_role("button", name="Keep this").click()
        expect(page.get_by_label("What are you taking with you?")).to_have_value("Small is early.")
    with at(make.NOON + MONTH):
        page = open_page(ada, java_script_enabled=script)
        page.goto("/lessons/")
        for words in (TAUGHT, "Small is early."):
            expect(page.locator("#taken").locator("..").get_by_text(words).first).to_be_visible()


def test_p05_an_old_lesson_asks_once_whether_anything_came_of_it(script: bool, ada: User, open_page: Open) -> None:
    with at(make.NOON):
        page = open_page(ada, java_script_enabled=script)
        something_hard(page)
        say_to_a_friend(page)
        keep_the_lesson(page)
    with at(make.NOON + timedelta(days=92)):
        page = open_page(ada, java_script_enabled=script)
        page.goto("/today/")
        card = page.locator("#sequel")
        expect(card.get_by_text(TAUGHT)).to_be_visible()
        card.get_by_role("link", name="Write a line").click()
        page.get_by_role("textbox", name="Did anything come of it?").fill("Karim and I swap on Fridays.")
        page.get_by_role("button", name="Keep this").click()
        expect(page.get_by_text("Karim and I swap on Fridays.")).to_be_visible()
    with at(make.NOON + timedelta(days=92) + MONTH):
        page = open_page(ada, java_script_enabled=script)
        page.goto("/today/")
        expect(page.locator("#sequel")).to_be_empty()
        page.goto("/entries/")
        page.get_by_role("link", name="Change", exact=True).last.click()
        expect(page.get_by_text("Karim and I swap on Fridays.")).to_be_visible()
