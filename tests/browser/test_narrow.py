"""A narrow screen, and words that do not break: nothing is pushed off the page."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Milestone
from tests import make

ONE_WORD = "Donaudampfschifffahrtsgesellschaftskapitän" * 3
PAGES = ["/today/", "/entries/", "/milestones/", "/weeks/", "/settings/reminders/"]


@pytest.fixture
def long_page(open_page: Any, ada: User) -> Page:
    """ada at 320 px; all that she wrote, and her name, is one word."""
    ada.name = ONE_WORD[:100]
    ada.save(update_fields=["name"])
    for kind in ("win", "setback", "doubt", "proud"):
        make.entry(ada, kind=kind, body=ONE_WORD, now=timezone.now())
    Milestone.keep(ada, timezone.now(), title=ONE_WORD, why="", good_enough=ONE_WORD)
    page: Page = open_page(ada, viewport={"width": 320, "height": 700})
    return page


def test_one_long_word_never_widens_a_page(long_page: Page) -> None:
    wide = {}
    for path in PAGES:
        long_page.goto(path)
        wide[path] = long_page.evaluate("document.documentElement.scrollWidth")
    assert wide == dict.fromkeys(PAGES, 320)


def test_the_menu_closes_with_escape_and_its_last_line_looks_like_the_others(long_page: Page) -> None:
    long_page.goto("/today/")
    summary = long_page.locator(".menu > summary")
    summary.press("Enter")
    close = long_page.get_by_role("button", name="Close the book (sign out)")
    expect(close).to_have_css("border-top-width", "0px")
    expect(close).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    close.press("Escape")
    expect(close).to_be_hidden()
    expect(summary).to_be_focused()
