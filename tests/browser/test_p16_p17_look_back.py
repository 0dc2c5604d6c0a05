"""Looking back: what was kept is found again, and what repeats itself is seen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Entry
from tests import make

pytestmark = pytest.mark.browser


def kept(owner: User, body: str, *ago: int) -> None:
    for days in ago:
        now = timezone.now() - timedelta(days=days)
        make.entry(owner, body, now=now, on=now.date())


@pytest.mark.parametrize("script", [True, False])
def test_p17_what_was_kept_a_month_ago_comes_back_and_one_can_be_put_away(
    open_page: Callable[..., Page], ada: User, script: bool
) -> None:
    page = open_page(ada, java_script_enabled=script)
    page.goto("/today/")
    page.get_by_label("What did you do, or try, or leave alone today?").fill("Rang the bank.")
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("#entries")).to_contain_text("Rang the bank.")
    month_before = timezone.now().date() - timedelta(days=31)
    Entry.objects.of(ada).update(local_date=month_before)
    page.goto("/today/")
    page.get_by_role("link", name="Look back").click()
    expect(page.get_by_role("heading", name="The year")).to_be_visible()
    good = page.locator("#good-one")
    expect(good).to_contain_text("Rang the bank.")
    page.get_by_role("button", name="Not this one again").click()
    expect(page.locator("main").get_by_text("It won’t come back by itself.")).to_be_visible()
    expect(page.get_by_text("Rang the bank.")).to_have_count(0)
    page.locator(".almanac li a").first.click()
    expect(page.get_by_text("Rang the bank.")).to_be_visible()


def test_p16_a_pattern_is_a_sentence_with_its_bars(ada_page: Page, ada: User) -> None:
    kept(ada, "A line.", *range(7, 7 * 60, 7))
    ada_page.goto("/look-back/?pattern=weekday")
    shapes = ada_page.locator("#shapes")
    expect(shapes.locator("figcaption")).to_contain_text("holds the most")
    expect(shapes.locator("li")).to_have_count(7)
    assert Axe().run(ada_page).response["violations"] == []
