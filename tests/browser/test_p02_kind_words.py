"""P2, P18, P20 and the page for heavy days, by hand, and found again a month later."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from tests import make

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
KIND = "You are allowed to be someone who is learning."
Open = Callable[..., Page]


def kept_days(user: User, *ago: int) -> None:
    for back in ago:
        make.entry(user, f"Day {back}.", now=timezone.now() - timedelta(days=back))


@BOTH
def test_p02_a_kind_line_is_kept_and_comes_back_a_month_later(script: bool, ada: User, open_page: Open) -> None:
    kept_days(ada, 8, 3, 1)
    page = open_page(ada, java_script_enabled=script)
    page.goto("/today/")
    page.get_by_label("What did you do, or try, or leave alone today?").fill("Rang the bank.")
    page.get_by_label("And to yourself?").fill(KIND)
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("#entries").get_by_text(KIND)).to_be_visible()
    said = timezone.now()
    with time_machine.travel(said + timedelta(days=31)):
        later = open_page(ada, java_script_enabled=script)
        later.goto("/today/")
        back = later.get_by_role("region", name="You said this in")
        expect(back).to_contain_text(KIND)
        back.get_by_role("button", name="Put it away").click()
        expect(later.get_by_role("region", name="You said this in")).to_have_count(0)
        later.goto("/entries/")
        expect(later.get_by_text(KIND)).to_be_visible()


@BOTH
def test_p02_the_button_beneath_the_kind_line_keeps_both(script: bool, ada: User, open_page: Open) -> None:
    kept_days(ada, 8, 3, 1)
    page = open_page(ada, java_script_enabled=script)
    page.goto("/today/")
    page.get_by_label("What did you do, or try, or leave alone today?").fill("Rang the bank.")
    page.get_by_label("And to yourself?").fill(KIND)
    page.get_by_role("button", name="Keep both").click()
    expect(page.locator("#entries").get_by_text(KIND)).to_be_visible()


# A Wednesday late in September has the longest date there is.
LONGEST = datetime(2027, 9, 29, 19, tzinfo=UTC)


@pytest.mark.parametrize("days", [(), (8, 3, 1)], ids=["newcomer", "with the kind line"])
def test_on_a_phone_the_main_button_is_near_the_thumb(days: tuple[int, ...], ada: User, open_page: Open) -> None:
    with time_machine.travel(LONGEST):
        kept_days(ada, *days)
        page = open_page(ada, viewport={"width": 390, "height": 844})
        page.goto("/today/")
        page.evaluate("document.fonts.ready")
        expect(page.get_by_label("And to yourself?")).to_have_count(1 if days else 0)
        box = page.get_by_role("button", name="Keep this").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 600


def test_p02_not_for_me_leaves_what_is_typed(ada: User, ada_page: Page) -> None:
    kept_days(ada, 8, 3, 1)
    ada_page.goto("/today/")
    ada_page.get_by_label("What did you do, or try, or leave alone today?").fill("Half a line")
    ada_page.locator("#to-yourself").get_by_role("button", name="Not for me").click()
    expect(ada_page.locator("#say")).to_have_text("It won’t be asked again.")
    expect(ada_page.get_by_label("What did you do, or try, or leave alone today?")).to_have_value("Half a line")
    ada_page.goto("/today/")
    expect(ada_page.get_by_label("And to yourself?")).to_have_count(0)


@BOTH
def test_p18_coming_back_after_a_month_and_writing_to_a_day_before(script: bool, ada: User, open_page: Open) -> None:
    kept_days(ada, 3, 2, 1)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        page = open_page(ada, java_script_enabled=script)
        page.goto("/today/")
        expect(page.locator("#thread")).to_have_text("Welcome back. The thread held.")
        page.get_by_text("For another day, or with a theme").click()
        day = (timezone.now() - timedelta(days=12)).date()
        page.get_by_label("Which day").fill(day.isoformat())
        page.get_by_label("What did you do, or try, or leave alone today?").fill("Slept, and that was it.")
        page.get_by_role("button", name="Keep this").click()
        expect(page.get_by_text("Slept, and that was it.").first).to_be_visible()
        page.goto(f"/entries/?month={day:%Y-%m}")
        expect(page.get_by_text("Slept, and that was it.")).to_be_visible()
        page.goto("/today/")
        expect(page.locator("#thread .bead")).to_have_count(1)


@BOTH
def test_p20_a_letter_waits_for_its_day(script: bool, ada: User, open_page: Open) -> None:
    kept_days(ada, 3, 2, 1)
    page = open_page(ada, java_script_enabled=script)
    page.goto("/ways/")
    page.get_by_role("link", name="I want to see how far I’ve come").click()
    page.get_by_role("link", name="A letter to later").click()
    page.get_by_label("What would you like to tell yourself?").fill("Is the tree still there?")
    day = (timezone.now() + timedelta(days=30)).date()
    page.get_by_label("To be opened on").fill(day.isoformat())
    page.get_by_role("button", name="Keep and close").click()
    expect(page.get_by_text("A letter to later, closed until")).to_be_visible()
    expect(page.get_by_text("Is the tree still there?")).to_have_count(0)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        later = open_page(ada, java_script_enabled=script)
        later.goto("/today/")
        later.get_by_role("link", name="See the letter").click()
        later.get_by_role("button", name="Open the letter").click()
        expect(later.get_by_text("Is the tree still there?").first).to_be_visible()
        later.goto("/entries/?kind=letter")
        expect(later.get_by_text("Is the tree still there?")).to_be_visible()


@BOTH
def test_p20_kind_words_of_others_are_there_on_a_heavy_day(script: bool, ada: User, open_page: Open) -> None:
    page = open_page(ada, java_script_enabled=script)
    page.goto("/ways/")
    page.get_by_role("link", name="With someone").click()
    page.get_by_role("link", name="Kind words from others").click()
    page.get_by_label("What did they say, or write?").fill("You stayed with it.")
    page.get_by_label("From whom").fill("Lina")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("You stayed with it.")).to_be_visible()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        later = open_page(ada, java_script_enabled=script)
        later.goto("/today/")
        later.get_by_role("link", name="If today is too heavy").click()
        expect(later.get_by_text("You stayed with it.")).to_be_visible()


@BOTH
def test_heavy_page_is_written_on_a_good_day_and_opens_first_on_a_heavy_one(
    script: bool, ada: User, open_page: Open
) -> None:
    page = open_page(ada, java_script_enabled=script)
    page.goto("/ways/")
    page.get_by_role("link", name="With someone").click()
    page.get_by_role("link", name="My page for heavy days").click()
    page.get_by_label("What helps me").fill("The bench by the harbour.")
    page.get_by_label("Whom I can call").fill("Lina, +351 555 0100")
    page.get_by_label("What I want to remember").fill("I have had mornings since.")
    page.get_by_role("button", name="Keep this").click()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        later = open_page(ada, java_script_enabled=script)
        later.goto("/today/")
        later.get_by_role("link", name="If today is too heavy").click()
        expect(later.get_by_role("heading", level=2)).to_have_text(["My own lines", "A person can help now"])
        expect(later.get_by_role("link", name="Call +351 555 0100")).to_have_attribute("href", "tel:+3515550100")
        expect(later.get_by_text("I have had mornings since.")).to_be_visible()
