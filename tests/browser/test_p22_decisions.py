"""P22, before we meet, then and now: as somebody does them for the first time, and finds them a month later."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Entry
from tests import make

pytestmark = pytest.mark.browser
WHAT, TAUGHT = "Whether I take the night shifts.", "I knew before I asked."
ABOUT, AWAY = "Thursday, with the tutor", "One evening was enough."
OLD, NOW = "I’m there by accident.", "I ask before I am sure."
BOTH = pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])


def way(page: Page, moment: str) -> None:
    page.goto("/ways/")
    page.get_by_role("link", name=moment).click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


@BOTH
def test_p22_a_decision_is_worked_through_and_looked_at_again(
    script: bool, ada: User, open_page: Callable[..., Page]
) -> None:
    make.entry(ada, "Before.", now=timezone.now() - timedelta(days=1))
    page = open_page(ada, java_script_enabled=script)
    way(page, "I have to decide")
    for question, words in (
        ("What is to be decided?", WHAT),
        ("What could I do?", "All, half, none."),
        ("What do I want?", "Breakfast at home."),
        ("What is in the way?", "The list is made on Friday."),
    ):
        page.get_by_label(question).fill(words)
        press(page, "Carry on")
    page.get_by_label("What have I decided on?").fill("Half of them.")
    page.get_by_label("What did this teach me about deciding?").fill(TAUGHT)
    day = (timezone.now() + timedelta(days=30)).date().isoformat()
    page.get_by_label("A day to be asked: what do you know now?").fill(day)
    press(page, "Keep it all")
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        page = open_page(ada, java_script_enabled=script)
        page.goto("/today/")
        page.get_by_role("link", name="What do you know now?").click()
        page.get_by_label("What do you know now?", exact=True).fill("The summer was long enough.")
        press(page, "Keep this")
        for words in (WHAT, "Half of them.", TAUGHT, "The summer was long enough."):
            expect(page.get_by_text(words, exact=True).first).to_be_visible()
        page.goto("/entries/?kind=decision")
        expect(page.get_by_text("Half of them.")).to_be_visible()


def test_p22_it_may_stop_at_any_page(ada_page: Page) -> None:
    way(ada_page, "I have to decide")
    ada_page.get_by_label("What is to be decided?").fill(WHAT)
    press(ada_page, "Carry on")
    expect(ada_page.get_by_label("What could I do?")).to_be_focused()
    ada_page.get_by_label("What could I do?").fill("Two ways.")
    press(ada_page, "Good enough for today")
    expect(ada_page.get_by_text("Two ways.")).to_be_visible()
    ada_page.goto("/entries/")
    ada_page.get_by_role("link", name="Go on with it").click()
    expect(ada_page.get_by_label("What do I want?")).to_be_focused()


@BOTH
def test_before_we_meet_three_pages_come_along_and_a_line_goes_home(
    script: bool, ada: User, open_page: Callable[..., Page]
) -> None:
    for number in range(3):
        make.entry(ada, f"Page {number}.", now=timezone.now() - timedelta(days=number))
    page = open_page(ada, java_script_enabled=script)
    way(page, "With someone")
    page.get_by_role("link", name="Before we meet").click()
    page.get_by_label("What is it about?").fill(ABOUT)
    page.get_by_label("What would make it helpful?").fill("To speak of one evening.")
    press(page, "Keep this, and choose what to bring")
    for number in range(3):
        page.get_by_text(f"Page {number}.").click()
    press(page, "Bring these")
    page.get_by_role("link", name="Enough for today").click()
    for words in (ABOUT, "To speak of one evening.", "Page 0.", "Page 1.", "Page 2."):
        expect(page.get_by_text(words, exact=True).first).to_be_visible()
    page.get_by_label("What are you taking away?").fill(AWAY)
    press(page, "Keep this")
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        page = open_page(ada, java_script_enabled=script)
        page.goto("/entries/?kind=meeting")
        expect(page.get_by_text(AWAY)).to_be_visible()


def test_before_we_meet_prints_what_is_brought_and_nothing_to_press(ada: User, ada_page: Page) -> None:
    page = make.entry(ada, ABOUT, kind=Entry.Kind.MEETING, now=timezone.now())
    ada_page.goto(f"/entries/{page.pk}/meeting/")
    ada_page.emulate_media(media="print")
    expect(ada_page.get_by_text(ABOUT)).to_be_visible()
    for role in ("button", "textbox", "link", "navigation"):
        expect(ada_page.get_by_role(role)).to_have_count(0)  # type: ignore[arg-type]


@BOTH
def test_then_and_now_an_old_doubt_lies_beside_what_is_easier(
    script: bool, ada: User, open_page: Callable[..., Page]
) -> None:
    make.entry(ada, OLD, kind=Entry.Kind.DOUBT, now=timezone.now() - timedelta(days=200))
    page = open_page(ada, java_script_enabled=script)
    way(page, "I want to see how far I’ve come")
    page.get_by_role("link", name="Then and now").click()
    page.get_by_role("link", name=OLD).click()
    page.get_by_label("What is easier now?").fill(NOW)
    press(page, "Keep this")
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        page = open_page(ada, java_script_enabled=script)
        page.goto("/entries/?kind=then_now")
        for words in (OLD, NOW):
            expect(page.get_by_text(words, exact=True).first).to_be_visible()
