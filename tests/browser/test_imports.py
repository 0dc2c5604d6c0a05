"""A file from elsewhere, brought along by hand: with a script and without, and found again a month later."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.importing import work
from journal.models import Entry, Import

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
Open = Callable[..., Page]
DAYS = "2026-03-01\nThe dough rose after all.\n2026-03-04\nRang the bank.\n"


def choose(page: Page, content: str, name: str = "diary.txt", source: str = "text") -> None:
    page.goto("/settings/privacy/")
    page.get_by_role("link", name="Choose a file…").click()
    page.locator(f"input[name=source][value={source}]").check()
    page.get_by_label("The file").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content.encode()})
    page.get_by_role("button", name="Look through it").click()


@BOTH
def test_a_file_is_seen_kept_and_found_a_month_later(script: bool, ada: User, open_page: Open) -> None:
    page = open_page(ada, java_script_enabled=script)
    choose(page, DAYS)
    expect(page.get_by_role("heading", name="What is in it")).to_be_visible()
    expect(page.get_by_text("From 1 March 2026 to 4 March 2026.")).to_be_visible()
    expect(page.get_by_text("The dough rose after all.")).to_be_visible()
    page.get_by_role("button", name="Keep these").click()
    expect(page.get_by_role("heading", name="It is with you")).to_be_visible()
    with time_machine.travel(timezone.now() + timedelta(days=28)):
        later = open_page(ada, java_script_enabled=script)
        later.goto("/entries/?month=2026-03")
        expect(later.get_by_text("Rang the bank.")).to_be_visible()
        later.goto("/import/")
        later.get_by_role("link", name="See it").click()
        later.get_by_text("Take it out again").click()
        later.get_by_role("button", name="Take all of it out").click()
        expect(later.get_by_role("heading", name="Taken out again")).to_be_visible()
        later.goto("/entries/?month=2026-03")
        expect(later.get_by_text("Rang the bank.")).to_have_count(0)


@BOTH
def test_a_file_that_cannot_be_read_says_why(script: bool, ada: User, open_page: Open) -> None:
    page = open_page(ada, java_script_enabled=script)
    choose(page, "[]", "another.json", "onward")
    expect(page.get_by_role("heading", name="Nothing was kept")).to_be_visible()
    page.get_by_role("link", name="Another file").click()
    expect(page.locator("input[name=source][value=onward]")).to_be_checked()


def test_the_page_follows_while_somebody_else_works_at_it(ada: User, open_page: Open) -> None:
    now = timezone.now()
    incoming = Import.take_in(ada, now, source="text", name="diary.txt", pieces=[DAYS.encode()])
    page = open_page(ada)
    page.goto(f"/import/{incoming.pk}/")
    expect(page.get_by_role("progressbar", name="Being looked through")).to_be_visible()
    work.tick(now)
    expect(page.get_by_role("button", name="Keep these")).to_be_visible()
    expect(page.locator("#say")).to_have_text("Waits for your word.")
    assert Entry.objects.of(ada).count() == 0
