"""If nothing comes, in Chromium: the question, the focus, what is spoken; and that what was typed stays."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Declined
from journal.prompts.questions import deck
from tests import make

pytestmark = pytest.mark.browser
WORDS = "Opened the letter"


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
@pytest.mark.parametrize("place", ["/today/", "/ways/doubt/"])
def test_a_question_another_and_never_this_one(
    place: str, script: bool, ada: User, open_page: Callable[..., Page]
) -> None:
    make.entry(ada, "Before.", now=timezone.now())
    page = open_page(ada, java_script_enabled=script)
    page.goto(place)
    page.locator("#id_body").fill(WORDS)
    page.get_by_role("button", name="If nothing comes").click()
    shown = page.locator(".ask")
    expect(shown).to_be_focused()
    first = shown.inner_text()
    page.get_by_role("button", name="Another", exact=True).click()
    expect(shown).not_to_have_text(first)
    second = shown.inner_text()
    page.get_by_role("button", name="Never this one").click()
    expect(page.get_by_text("That one won’t come again.").first).to_be_visible()
    expect(shown).not_to_have_text(second)
    expect(page.locator("#id_body")).to_have_value(WORDS)
    assert WORDS not in page.url
    words = deck("win" if place == "/today/" else "doubt")
    assert [str(words[one.question]) for one in Declined.objects.of(ada)] == [second]
    page.get_by_role("link", name="What you put away").click()
    page.get_by_role("button", name="Let it come back").click()
    expect(page.get_by_text("None is put away.")).to_be_visible()


def test_another_keeps_the_focus_and_is_spoken(ada: User, ada_page: Page) -> None:
    make.entry(ada, "Before.", now=timezone.now())
    ada_page.goto("/today/")
    ada_page.get_by_role("button", name="If nothing comes").press("Enter")
    shown = ada_page.locator(".ask")
    expect(ada_page.locator("#say")).to_have_text(shown.inner_text())
    first = shown.inner_text()
    ada_page.get_by_role("button", name="Another", exact=True).press("Enter")
    expect(shown).not_to_have_text(first)
    expect(ada_page.get_by_role("button", name="Another", exact=True)).to_be_focused()
    expect(ada_page.locator("#say")).to_have_text(shown.inner_text())
    expect(ada_page.locator("#id_body")).to_be_enabled()


def test_the_question_goes_when_the_words_are_kept(ada: User, ada_page: Page) -> None:
    make.entry(ada, "Before.", now=timezone.now())
    ada_page.goto("/today/")
    ada_page.get_by_role("button", name="If nothing comes").click()
    expect(ada_page.locator(".ask")).to_be_focused()
    ada_page.locator("#id_body").fill(WORDS)
    ada_page.get_by_role("button", name="Keep this").click()
    expect(ada_page.get_by_text(WORDS)).to_be_visible()
    expect(ada_page.get_by_role("button", name="If nothing comes")).to_be_visible()
    expect(ada_page.locator(".ask")).to_have_count(0)
