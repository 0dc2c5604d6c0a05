"""A line beneath what was just kept, by hand; said no to, it is not there a month later."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from tests import make

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
SAID = "If a doubt comes, there are two facing pages"
Open = Callable[..., Page]


def keep(page: Page, line: str) -> None:
    page.goto("/today/")
    page.get_by_label("What did you do, or try, or leave alone today?").fill(line)
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("#entries").get_by_text(line)).to_be_visible()


@BOTH
def test_a_practice_offers_itself_once_and_not_for_me_is_remembered(script: bool, ada: User, open_page: Open) -> None:
    for back in (3, 2, 1):
        make.entry(ada, f"Day {back}.", now=timezone.now() - timedelta(days=back))
    page = open_page(ada, java_script_enabled=script)
    keep(page, "Rang the bank.")
    line = page.locator(".offering")
    expect(line).to_contain_text(SAID)
    line.get_by_role("button", name="Not for me").click()
    expect(line).to_contain_text("It won’t offer itself again.")
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        later = open_page(ada, java_script_enabled=script)
        keep(later, "Rang the bank again.")
        expect(later.get_by_text(SAID)).to_have_count(0)


def test_its_link_leads_to_where_the_practice_lives(ada: User, ada_page: Page) -> None:
    for back in (3, 2, 1):
        make.entry(ada, f"Day {back}.", now=timezone.now() - timedelta(days=back))
    keep(ada_page, "Rang the bank.")
    ada_page.get_by_role("link", name="See the two pages").click()
    expect(ada_page).to_have_url("http://" + ada_page.url.split("/")[2] + "/ways/doubt/")
