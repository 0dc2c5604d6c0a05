"""More ways to write, in Chromium: what is kept on Today, with a script and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Pin

pytestmark = pytest.mark.browser
MOMENTS = ("I doubt myself", "Something went wrong", "I can’t start")


def pin(page: Page, moment: str) -> None:
    page.get_by_role("button", name=f"Keep on Today ({moment})").click()


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_two_moments_stay_on_today(script: bool, ada: User, open_page: Callable[..., Page]) -> None:
    page = open_page(ada, java_script_enabled=script)
    page.goto("/ways/")
    first, second, third = MOMENTS
    for moment in (first, second):
        pin(page, moment)
        expect(page.get_by_role("button", name=f"On Today ({moment})", exact=True)).to_have_attribute(
            "aria-pressed", "true"
        )
    pin(page, third)
    expect(page.get_by_role("heading", name="Two stay at most. Which one makes room?")).to_be_visible()
    page.get_by_role("button", name=f"Take off {first}").click()
    expect(page.get_by_role("button", name=f"On Today ({third})", exact=True)).to_be_visible()
    page.goto("/today/")
    expect(page.locator(".pinned a")).to_have_text([second, third])
    page.get_by_role("link", name=second).click()
    expect(page.get_by_role("radio", name="Something hard")).to_be_checked()


def test_a_pin_keeps_the_focus_and_is_spoken(ada: User, ada_page: Page) -> None:
    ada_page.goto("/ways/")
    for moment, kept, said, pressed in [
        (MOMENTS[0], "Keep on Today", "On Today.", "true"),
        (MOMENTS[1], "Keep on Today", "On Today.", "true"),
        (MOMENTS[2], "Keep on Today", "Two stay at most. Which one makes room?", "false"),
        (MOMENTS[0], "On Today", "No longer on Today.", "false"),
    ]:
        button = ada_page.get_by_role("button", name=f"{kept} ({moment})", exact=True)
        name = button.get_attribute("id")
        button.press("Enter")
        # What is said may be what was said before; the button alone shows that the answer has come.
        expect(ada_page.locator(f"#{name}")).to_have_attribute("aria-pressed", pressed)
        expect(ada_page.locator("#say")).to_have_text(said)
        expect(ada_page.locator(f"#{name}")).to_be_focused()
    assert list(Pin.objects.of(ada).values_list("moment", flat=True)) == ["wrong"]


def test_a_second_pin_before_the_first_is_answered_keeps_both(ada: User, ada_page: Page) -> None:
    ada_page.goto("/ways/")
    with ada_page.expect_request("**/pin/"):
        pin(ada_page, MOMENTS[0])
    pin(ada_page, MOMENTS[1])
    expect(ada_page.get_by_role("button", name=f"On Today ({MOMENTS[1]})", exact=True)).to_be_visible()
    ada_page.reload()
    for moment in MOMENTS[:2]:
        expect(ada_page.get_by_role("button", name=f"On Today ({moment})", exact=True)).to_be_visible()
