"""P21 and “before we meet”: what is brought to a meeting goes along on paper, and is found again a month later."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Page, expect

from accounts.models import User
from tests import make
from tests.browser.test_axe import troubles
from tests.reading import printed

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_p21_three_pages_are_taken_to_a_session(script: bool, ada: User, open_page: Callable[..., Page]) -> None:
    make.entry(ada, "Asked for help with the form.")
    page = open_page(ada, java_script_enabled=script)
    page.goto("/meetings/new/")
    page.get_by_label("What is it about?").fill("Thursday, the plan.")
    page.get_by_role("button", name="Keep this, and choose what to bring").click()
    page.get_by_label("Asked for help with the form.").check()
    page.get_by_role("button", name="Bring these").click()
    page.get_by_role("link", name="Back to the page").click()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=31)):
        again = open_page(ada, java_script_enabled=script)
        again.goto(page.url)
        with again.expect_download() as coming:
            again.get_by_role("button", name="Three pages, as a PDF").click()
        assert coming.value.suggested_filename == "onward.pdf"
        [text] = printed(Path(coming.value.path()).read_bytes())
        assert ("Thursday, the plan." in text, "Asked for help with the form." in text) == (True, True)
        expect(again.get_by_role("heading", name="On paper")).to_be_visible()
        assert not script or troubles(again, page.url, 1280) == []
