"""Deeds in one tap, what does one good after an effort, and which word something is for."""

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
MONTH = timedelta(days=31)
DEEDS = ["Showed up", "Began", "Tried something", "Asked for help", "Rested", "Said no", "Put it right"]
MORE = ["Opened up", "Came back", "It went wrong and I laughed", "Finished"]


@pytest.mark.parametrize("script", [True, False])
def test_p04_brave_small_moves_are_kept_with_one_tap(open_page: Callable[..., Page], ada: User, script: bool) -> None:
    page = open_page(ada, java_script_enabled=script)
    page.goto("/today/")
    expect(page.get_by_text("Or one tap, without words")).to_have_count(0)
    page.get_by_label("What did you do, or try, or leave alone today?").fill("Opened the letter.")
    page.get_by_role("button", name="Keep this").first.click()
    for deed in DEEDS:
        page.get_by_role("button", name=deed, exact=True).click()
        expect(page.locator("#entries .entry").first).to_contain_text(deed)
    for deed in MORE:
        if not page.get_by_role("button", name=deed, exact=True).is_visible():
            page.locator(".deeds summary").click()
        page.get_by_role("button", name=deed, exact=True).click()
        expect(page.locator("#entries .entry").first).to_contain_text(deed)
    assert sorted(entry.deed for entry in Entry.objects.of(ada) if entry.deed) == sorted(Entry.Deed.values)
    with time_machine.travel(timezone.now() + MONTH):
        later = open_page(ada, java_script_enabled=script)
        later.goto("/entries/")
        for deed in DEEDS + MORE:
            expect(later.locator(".entry").filter(has=later.get_by_text(deed, exact=True))).to_have_count(1)


@pytest.mark.parametrize("script", [True, False])
def test_p19_after_an_effort_one_line_of_the_own_list(open_page: Callable[..., Page], ada: User, script: bool) -> None:
    make.entry(ada, "A line.", now=timezone.now() - timedelta(days=1))
    page = open_page(ada, java_script_enabled=script)
    page.goto("/ways/")
    page.get_by_role("link", name="I can’t start").click()
    page.get_by_role("link", name="What does me good").click()
    page.get_by_label("Something that does you good").fill("Tea on the balcony")
    page.get_by_role("button", name="Add it").click()
    expect(page.locator(".own-list")).to_contain_text("Tea on the balcony")
    page.goto("/today/")
    expect(page.get_by_text("From your list:")).to_have_count(0)
    page.get_by_role("button", name="Rested", exact=True).click()
    expect(page.locator("#treat")).to_have_text("From your list: Tea on the balcony")
    with time_machine.travel(timezone.now() + MONTH):
        later = open_page(ada, java_script_enabled=script)
        later.goto("/today/")
        later.get_by_role("button", name="Showed up", exact=True).click()
        expect(later.locator("#treat")).to_have_text("From your list: Tea on the balcony")
        later.goto("/treats/")
        later.get_by_role("button", name="Put away").click()
        later.goto("/today/")
        expect(later.get_by_text("From your list:")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_p25_a_step_and_a_milestone_carry_a_word_that_matters(
    open_page: Callable[..., Page], ada: User, script: bool
) -> None:
    page = open_page(ada, java_script_enabled=script)
    page.goto("/ways/")
    page.get_by_role("link", name="I want to stop at good enough").click()
    page.get_by_role("link", name="What matters to me").click()
    for word in ("craft", "Lina"):
        page.get_by_label("A word, or two").fill(word)
        page.get_by_role("button", name="Add it").click()
    page.goto("/milestones/")
    page.get_by_label("What would you like to reach?").fill("A supper menu")
    page.get_by_label("Which of your words is this for?").select_option("craft")
    page.get_by_role("button", name="Begin, imperfectly").click()
    expect(page.locator(".title")).to_contain_text("For craft")
    page.goto("/steps/")
    page.get_by_label("Something small enough for a bad day").fill("Cook for Lina")
    page.get_by_text("With a permission").click()
    page.get_by_label("Which of your words is this for?").select_option("Lina")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("Cook for Lina").first).to_be_visible()
    with time_machine.travel(timezone.now() + MONTH):
        later = open_page(ada, java_script_enabled=script)
        later.goto("/matters/")
        later.get_by_role("link", name="craft").click()
        expect(later.get_by_role("link", name="A supper menu")).to_be_visible()
        later.goto("/matters/")
        later.get_by_role("link", name="Lina").click()
        expect(later.get_by_role("link", name="Cook for Lina")).to_be_visible()
