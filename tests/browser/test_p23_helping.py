"""P23: whoever helps others is asked other questions, reads one line before a session, and puts a hard one down."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Entry
from tests.browser.test_axe import troubles

pytestmark = pytest.mark.browser
HARD = "Lost the thread, and filled the silence with advice."
TAUGHT = "A silence is not mine alone to end."


def put_it_down(page: Page) -> None:
    """As a new user would: from More ways to write."""
    page.goto("/ways/")
    page.get_by_role("link", name="I help others").click()
    page.get_by_role("button", name="Ask me as somebody who helps").click()
    expect(page.get_by_label("One line, to read before the door opens")).to_have_value("I don’t need to know yet.")
    page.get_by_role("button", name="Put it down").click()
    page.get_by_label("What went off plan?").fill(HARD)
    page.get_by_label("What is this teaching me?").fill(TAUGHT)
    page.get_by_role("button", name="Put it down").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Put down, with its lesson.")
    page.get_by_role("link", name="Back to today").click()
    expect(page.get_by_label("How did you stay present, or come back to it?")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_p23_a_helper_puts_it_down_and_finds_it_again_a_month_later(
    script: bool, ada: User, open_page: Callable[..., Page]
) -> None:
    put_it_down(open_page(ada, java_script_enabled=script))
    assert Entry.objects.of(ada).get().body == HARD
    with time_machine.travel(datetime.now(UTC) + timedelta(days=31)):
        page = open_page(ada, java_script_enabled=script)
        page.goto("/entries/")
        expect(page.get_by_text(HARD)).to_be_visible()
        expect(page.get_by_text(TAUGHT)).to_be_visible()
        page.goto("/today/?kind=setback")
        expect(page.get_by_text("What went off plan? Yourself in the room, without names.")).to_be_visible()
        page.goto("/ways/helping/")
        page.get_by_role("button", name="Back to the usual questions").click()
        page.goto("/today/")
        expect(page.get_by_label("What did you do, or try, or leave alone today?")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_while_it_is_put_down(width: int, ada: User, open_page: Callable[..., Page]) -> None:
    page = open_page(ada, viewport={"width": width, "height": 850})
    page.goto("/ways/helping/")
    page.get_by_role("button", name="Put it down").click()
    place = page.url
    assert troubles(page, place, width) == []
    page.get_by_label("What went off plan?").fill(HARD)
    page.get_by_role("button", name="Put it down").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Put down.")
    assert troubles(page, place, width) == []
