"""This week in Chromium: one line at a time, one tap, and the same without a script."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Entry, Week
from journal.models.week import monday_of
from tests import make

pytestmark = pytest.mark.browser
FIRST, SECOND, THIRD = "One thing I’m proud of", "Another, if it comes", "And another, if it comes"


def blossoms(page: Page) -> int:
    return page.locator("#proud .branch use").count() - 1


def test_one_line_at_a_time(ada: User, ada_page: Page) -> None:
    ada_page.goto("/weeks/")
    assert blossoms(ada_page) == 0
    for count, (name, after) in enumerate([(FIRST, SECOND), (SECOND, THIRD)], start=1):
        ada_page.get_by_role("textbox", name=name, exact=True).fill(f"Line {count}.")
        ada_page.get_by_role("button", name="Keep this week").click()
        expect(ada_page.get_by_role("textbox", name=after, exact=True)).to_be_focused()
        expect(ada_page.locator(".branch .new")).to_have_attribute("href", f"/static/img/branch.svg#bloom-{count}")
        assert blossoms(ada_page) == count
    expect(ada_page.locator("#say")).to_have_text("Kept.")
    ada_page.get_by_role("textbox", name=THIRD, exact=True).fill("Line 3.")
    ada_page.get_by_role("button", name="Keep this week").click()
    expect(ada_page.get_by_role("heading", name="Three things I’m proud of")).to_be_focused()
    monday = monday_of(timezone.now().date())
    assert [entry.body for entry in Week.proud(ada, monday)] == ["Line 1.", "Line 2.", "Line 3."]


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_one_tap_names_what_was_kept_and_keeps_what_was_typed(
    script: bool, ada: User, open_page: Callable[..., Page]
) -> None:
    make.entry(ada, "Opened the letter.", now=timezone.now())
    page = open_page(ada, java_script_enabled=script)
    page.goto("/weeks/")
    page.get_by_role("textbox", name=FIRST).fill("Typed.")
    page.get_by_role("button", name="Opened the letter.").click()
    expect(page.get_by_role("textbox", name=FIRST, exact=True)).to_have_value("Typed.")
    expect(page.get_by_role("textbox", name=SECOND, exact=True)).to_have_value("Opened the letter.")
    expect(page.get_by_role("button", name="Opened the letter.")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_a_line_is_changed_and_taken_back(script: bool, ada: User, open_page: Callable[..., Page]) -> None:
    page = open_page(ada, java_script_enabled=script)
    page.goto("/weeks/")
    for words in ("Slept.", "Slept.\nNine hours."):
        page.get_by_role("textbox", name=FIRST, exact=True).fill(words)
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.get_by_role("button", name="Keep this week").click()
        expect(page.get_by_role("textbox", name=FIRST, exact=True)).to_have_value(words)
        page.wait_for_load_state()
    page.reload()
    expect(page.get_by_role("textbox", name=FIRST, exact=True)).to_have_value("Slept.\nNine hours.")
    assert Entry.objects.of(ada).count() == 1
    page.get_by_role("textbox", name=FIRST, exact=True).fill("")
    page.get_by_role("button", name="Keep this week").click()
    expect(page.get_by_role("textbox", name=FIRST, exact=True)).to_have_value("")
    expect(page.locator("#proud .branch use")).to_have_count(1)
    assert [entry.body for entry in Entry.objects.removed(ada)] == ["Slept.\nNine hours."]


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_what_is_taken_along_lies_open_afterwards(script: bool, ada: User, open_page: Callable[..., Page]) -> None:
    make.entry(ada, "Long ago.", kind=Entry.Kind.PROUD, on=make.NOON.date().replace(year=2025))
    page = open_page(ada, java_script_enabled=script)
    page.goto("/weeks/")
    page.get_by_text("A longer look").click()
    page.get_by_role("textbox", name="What are you taking with you?").fill("Ask on Fridays.")
    page.get_by_role("textbox", name=FIRST, exact=True).fill("Slept.")
    page.get_by_role("button", name="Keep this", exact=True).click()
    expect(page.get_by_role("textbox", name=FIRST, exact=True)).to_have_value("Slept.")
    expect(page.get_by_role("textbox", name="What are you taking with you?")).to_have_value("Ask on Fridays.")
    assert [entry.body for entry in Entry.objects.of(ada).newest_first()][:1] == ["Slept."]
    page.reload()
    expect(page.get_by_role("textbox", name="What are you taking with you?")).to_have_value("Ask on Fridays.")


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_a_line_is_kept_and_what_is_taken_along_stays_in_its_box(
    script: bool, ada: User, open_page: Callable[..., Page]
) -> None:
    make.entry(ada, "Long ago.", kind=Entry.Kind.PROUD, on=make.NOON.date().replace(year=2025))
    page = open_page(ada, java_script_enabled=script)
    page.goto("/weeks/")
    page.get_by_text("A longer look").click()
    page.get_by_role("textbox", name="What are you taking with you?").fill("Ask on Fridays.")
    page.get_by_role("textbox", name=FIRST, exact=True).fill("Slept.")
    page.get_by_role("button", name="Keep this week").click()
    expect(page.locator("#proud .branch use")).to_have_count(2)
    expect(page.get_by_role("textbox", name="What are you taking with you?")).to_have_value("Ask on Fridays.")
    page.get_by_role("textbox", name="One small step").fill("Find the number.")
    page.get_by_role("textbox", name="One small step").press("Enter")
    expect(page.get_by_text("It waits on Today.")).to_be_visible()
    expect(page.get_by_role("textbox", name="What are you taking with you?")).to_have_value("Ask on Fridays.")


def test_lines_that_could_not_be_sent_stay_in_the_box(ada: User, open_page: Callable[..., Page]) -> None:
    page = open_page(ada)
    page.goto("/weeks/")
    page.get_by_role("textbox", name=FIRST, exact=True).fill("Slept.")
    page.route("**/weeks/**", lambda route: route.abort())
    page.get_by_role("button", name="Keep this week").click()
    expect(page.get_by_text("Not kept yet. Your words are still here.")).to_be_visible()
    expect(page.get_by_role("textbox", name=FIRST, exact=True)).to_have_value("Slept.")
    open_page.trouble.clear()  # type: ignore[attr-defined]  # The refused request is the test.
