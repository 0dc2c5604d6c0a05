"""P14: a doubt, what speaks against it from one's own pages, and what really happened, a month later."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from journal.models import Entry
from tests import make

pytestmark = pytest.mark.browser
DOUBT, WIN = "I’m there by accident.", "Explained the second model to three people."
LATER = "They asked me for the drawing again."
BOTH = pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])


def kept_days(user: User) -> None:
    """Somebody who has written before."""
    for back in range(1, 13):
        make.entry(user, f"Day {back}.", now=timezone.now() - timedelta(days=back))
    make.entry(user, WIN, now=timezone.now() - timedelta(days=20))


@BOTH
def test_p14_a_doubt_gets_its_answer_its_evidence_and_what_really_happened(
    script: bool, ada: User, open_page: Callable[..., Page]
) -> None:
    kept_days(ada)
    page = open_page(ada, java_script_enabled=script)
    page.goto("/ways/")
    page.get_by_role("link", name="I doubt myself").click()
    page.get_by_label("The doubt").fill(DOUBT)
    page.get_by_label("The other side of the page").fill("Three people asked me.")
    page.get_by_text("Look longer").click()
    page.get_by_text("school", exact=True).click()
    page.get_by_label("What would still be true of me?").fill("I read for pleasure.")
    day = (timezone.now() + timedelta(days=30)).date().isoformat()
    page.get_by_label("A day to be asked: what really happened?").fill(day)
    page.get_by_role("button", name="Keep this, and look in your pages").click()
    page.get_by_text("Day 1.").click()
    page.get_by_role("searchbox", name="Find it in your pages").fill("second mod")
    page.get_by_role("button", name="Find").click()
    page.get_by_text(WIN).click()
    page.get_by_role("button", name="Pin these").click()
    pinned = page.get_by_role("region", name="Pinned beside the doubt")
    expect(pinned.get_by_text(WIN)).to_be_visible()
    expect(pinned.get_by_text("Day 1.")).to_be_visible()
    assert "second" not in page.url
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        a_month_later(open_page(ada, java_script_enabled=script))


def test_what_is_ticked_while_words_are_looked_for_stays_ticked(ada: User, ada_page: Page) -> None:
    kept_days(ada)
    doubt = make.entry(ada, DOUBT, kind=Entry.Kind.DOUBT)
    waiting: list[Route] = []
    ada_page.route("**/evidence/search/", lambda route: waiting.append(route))
    ada_page.goto(f"/entries/{doubt.pk}/evidence/")
    with ada_page.expect_request(lambda request: request.method == "POST"):
        ada_page.get_by_role("searchbox", name="Find it in your pages").fill("day")
    ada_page.get_by_text("Day 2.").click()
    waiting.pop().continue_()
    expect(ada_page.get_by_role("heading", name="Found")).to_be_visible()
    expect(ada_page.get_by_role("checkbox", name="Day 2.")).to_be_checked()


@BOTH
def test_enter_in_a_line_keeps_both_sides(script: bool, ada: User, open_page: Callable[..., Page]) -> None:
    page = open_page(ada, java_script_enabled=script)
    page.goto("/ways/doubt/")
    page.get_by_label("The doubt").fill(DOUBT)
    page.get_by_text("Look longer").click()
    page.get_by_label("What is this guarding?").fill("My sleep.")
    page.get_by_label("What is this guarding?").press("Enter")
    page.wait_for_url("**/today/")
    expect(page.get_by_text(DOUBT)).to_be_visible()
    page.get_by_role("link", name="Turn the page").click()
    expect(page.get_by_label("What is this guarding?")).to_have_value("My sleep.")
    page.get_by_label("What is this guarding?").press("Enter")
    page.wait_for_url(re.compile(r"/entries/[0-9a-f-]{36}/$"))


def a_month_later(page: Page) -> None:
    page.goto("/today/")
    asked = page.get_by_role("region", name="You wanted to be asked")
    expect(asked).to_contain_text(DOUBT)
    asked.get_by_role("link", name="What really happened?").click()
    page.get_by_label("What really happened?", exact=True).fill(LATER)
    page.get_by_role("button", name="Keep this").click()
    for words in (DOUBT, "Three people asked me.", "school", "I read for pleasure.", WIN, LATER):
        expect(page.get_by_text(words, exact=True).first).to_be_visible()
    page.goto("/today/")
    expect(page.get_by_role("region", name="You wanted to be asked")).to_have_count(0)
    page.goto("/entries/?kind=doubt")
    expect(page.get_by_text(DOUBT)).to_be_visible()


def test_words_are_found_while_they_are_typed(ada: User, ada_page: Page) -> None:
    kept_days(ada)
    doubt = make.entry(ada, DOUBT, kind=Entry.Kind.DOUBT, now=timezone.now())
    ada_page.goto(f"/entries/{doubt.pk}/evidence/")
    expect(ada_page.get_by_text(WIN)).to_have_count(0)
    ada_page.get_by_role("searchbox", name="Find it in your pages").press_sequentially("second mo")
    expect(ada_page.get_by_text(WIN)).to_be_visible()
    expect(ada_page.locator("#say")).to_have_text("Found.")
    expect(ada_page).to_have_url(re.compile(r"/evidence/$"))


def test_what_is_taken_off_can_be_put_back(ada: User, ada_page: Page) -> None:
    kept_days(ada)
    doubt = make.entry(ada, DOUBT, kind=Entry.Kind.DOUBT, now=timezone.now())
    ada_page.goto(f"/entries/{doubt.pk}/evidence/")
    ada_page.get_by_text("Day 1.").click()
    ada_page.get_by_role("button", name="Pin these").click()
    ada_page.get_by_role("button", name="Take it off").click()
    expect(ada_page.get_by_role("button", name="Put it back")).to_be_focused()
    ada_page.keyboard.press("Enter")
    expect(ada_page.get_by_role("button", name="Take it off")).to_have_count(1)
