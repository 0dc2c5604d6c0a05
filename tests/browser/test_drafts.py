"""What was typed and not kept: on another device, beside another form, put away and brought back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Draft, Entry

pytestmark = pytest.mark.browser
LINE = "Rang the landlord, and"


def write(page: Page, words: str = LINE, box: str = "#id_body") -> None:
    """Types, and stops for two seconds."""
    page.locator(box).press_sequentially(words)
    expect(page.locator(".as-draft")).to_have_text("Kept as a draft.")


@pytest.mark.parametrize("script", [True, False])
def test_what_was_begun_on_one_device_is_gone_on_with_on_another(
    open_page: Callable[..., Page], ada: User, script: bool
) -> None:
    phone, laptop = open_page(ada), open_page(ada, java_script_enabled=script)
    phone.goto("/today/")
    phone.get_by_text("Something hard").click()
    write(phone)
    assert phone.locator("#say").inner_text() == ""
    laptop.goto("/today/")
    expect(laptop.get_by_text("This is what you were writing on")).to_be_visible()
    expect(laptop.locator("#id_body")).to_have_value(LINE)
    expect(laptop.get_by_label("Something hard")).to_be_checked()
    laptop.locator("#id_body").fill(LINE + " it went well.")
    laptop.get_by_role("button", name="Keep this").click()
    expect(laptop.locator("#entries .entry")).to_have_count(1)
    laptop.reload()
    expect(laptop.locator("#id_body")).to_have_value("")
    assert [(one.kind, one.body) for one in Entry.objects.of(ada)] == [("setback", LINE + " it went well.")]
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("script", [True, False])
def test_it_is_put_away_and_brought_back(open_page: Callable[..., Page], ada: User, script: bool) -> None:
    first = open_page(ada)
    first.goto("/today/")
    write(first)
    page = open_page(ada, java_script_enabled=script)
    page.goto("/today/")
    page.get_by_role("button", name="Put it away").click()
    expect(page.get_by_role("heading", name="Put away")).to_be_visible()
    expect(page.get_by_text(LINE)).to_be_visible()
    page.goto("/today/")
    expect(page.locator("#id_body")).to_have_value("")
    page.goto("/drafts/")
    page.get_by_role("link", name="Look at it").click()
    page.get_by_role("button", name="Bring it back").click()
    page.get_by_role("link", name="Go on with it on its page").click()
    expect(page.locator("#id_body")).to_have_value(LINE)


def test_words_on_a_page_that_is_left_at_once_are_kept_too(open_page: Callable[..., Page], ada: User) -> None:
    page = open_page(ada)
    page.goto("/encouragements/")
    page.locator("textarea").first.fill("You stayed with it.")
    page.goto("/today/")
    page.goto("/encouragements/")
    expect(page.locator("textarea").first).to_have_value("You stayed with it.")
    assert [one.texts for one in Draft.objects.of(ada)] == [["You stayed with it."]]
