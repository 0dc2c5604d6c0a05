"""P24: “What is this teaching me?”, and on no page that a setback passes a sentence asks what somebody did wrong."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Entry
from tests.house.test_words import shaming

pytestmark = pytest.mark.browser
HARD = "Heliotrope split in the middle of service."
KIND = "Heliotrope had two stations and no hands."
TAUGHT = "Heliotrope is to be asked for early."
# Questions about whose doing it was: none of these is for us to ask.
BLAME = re.compile(r"\b(wrong|fault|blame|avoid(ed)?|prevent(ed)?|better next time|why did(n’t)? you)\b", re.I)
# A person says so of what happened; nobody asks it of them.
SAID = ("Something went wrong", "It went wrong and I laughed")


def printed(page: Page) -> list[str]:
    """Each sentence on the page, also where it is folded, and what a screen reader is told."""
    words = page.evaluate("""() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), said = [];
      while (walker.nextNode()) said.push(walker.currentNode.textContent);
      for (const one of document.querySelectorAll('[aria-label],[placeholder],[title]'))
        said.push(one.ariaLabel || '', one.getAttribute('placeholder') || '', one.title || '');
      return said;
    }""")
    return [line for text in [*words, page.title()] if (line := " ".join(text.split()))]


def troubles(page: Page) -> list[str]:
    ours = [line for line in printed(page) if "Heliotrope" not in line and line.strip("()") not in SAID]
    assert len(ours) > 3
    return [line for line in ours if BLAME.search(line)] + shaming(ours)


@pytest.mark.parametrize("helping", [False, True], ids=["as usual", "as somebody who helps"])
def test_p24_no_page_that_a_setback_passes_asks_what_one_did_wrong(
    helping: bool, ada: User, open_page: Callable[..., Page]
) -> None:
    page, found = open_page(ada), []
    if helping:
        page.goto("/ways/helping/")
        found += troubles(page)
        page.get_by_role("button", name="Ask me as somebody who helps").click()
    page.goto("/ways/")
    found += troubles(page)
    page.get_by_role("link", name="Something went wrong").click()
    found += troubles(page)
    page.locator("#id_body").fill(HARD)
    page.get_by_role("button", name="Keep it, and look at it gently").click()
    page.get_by_label("What would you say to them?").fill(KIND)
    found += troubles(page)
    page.get_by_role("button", name="Carry on").click()
    page.get_by_label("What is this teaching me?").fill(TAUGHT)
    found += troubles(page)
    page.get_by_role("button", name="Keep the lesson").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kept, with its lesson.")
    found += troubles(page)
    place = f"/entries/{Entry.objects.of(ada).get().pk}/"
    with time_machine.travel(datetime.now(UTC) + timedelta(days=31)):
        page = open_page(ada)
        for address in ("/entries/", place, f"{place}lesson/?step=happened", f"{place}lesson/?step=forward", "/today/"):
            page.goto(address)
            found += troubles(page)
        page.goto("/entries/")
        expect(page.get_by_text("What it’s teaching me")).to_be_visible()
        expect(page.get_by_text(TAUGHT)).to_be_visible()
    assert found == []


def test_the_walk_would_see_it(ada_page: Page) -> None:
    ada_page.goto("/today/")
    ada_page.evaluate("document.querySelector('h1').textContent = 'What did I do wrong?'")
    assert "What did I do wrong?" in troubles(ada_page)
