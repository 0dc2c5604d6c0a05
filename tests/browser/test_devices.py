"""Where the book is open: closed somewhere else it asks there for the way in again; everywhere, here too."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.test_takeout import sign_in

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_a_book_is_closed_on_another_device_and_then_everywhere(script: bool, ada: User, open_page: Open) -> None:
    here, phone = open_page(java_script_enabled=script), open_page(java_script_enabled=script, user_agent=PHONE)
    sign_in(phone, ada)
    sign_in(here, ada)
    here.goto("/settings/privacy/")
    here.get_by_role("link", name="Devices and access").first.click()
    there = here.get_by_role("listitem").filter(has_text="Safari on iPhone").first
    there.get_by_role("button", name="Close it (Safari on iPhone)").click()
    expect(here.get_by_text("Closed there.")).to_be_visible()
    expect(here.get_by_role("button", name="Close it (Safari on iPhone)")).to_have_count(0)
    phone.goto("/today/")
    expect(phone).to_have_url(re.compile("/account/login/"))
    sign_in(phone, ada)
    here.goto("/settings/devices/")
    here.get_by_role("button", name="Close it everywhere, here too").click()
    for page in (here, phone):
        page.goto("/today/")
        expect(page).to_have_url(re.compile("/account/login/"))
