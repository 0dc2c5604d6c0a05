"""Taking a copy along: choosing, seeing what it will hold, locking it; with and without a script."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pyzipper
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from tests import make
from tests.browser.test_axe import WIDTHS, troubles

pytestmark = pytest.mark.browser
PASSWORD = "a long enough secret"
PHRASE = "four tangerine words"
OPENED = "/export/?format=day_one&kind=win&locked=1"


def sign_in(page: Page, user: User) -> None:
    page.goto("/account/login/")
    page.locator("[name=login]").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/today/")


def lock(page: Page) -> None:
    page.get_by_text("With a passphrase").click()
    page.get_by_label("Passphrase", exact=True).fill(PHRASE)
    page.get_by_label("The same once more").fill(PHRASE)


def taken(page: Page) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my copy").click()
    return Path(download.value.path())


def unlocked(path: Path) -> Any:
    with pyzipper.AESZipFile(path) as archive:
        archive.setpassword(PHRASE.encode())
        return json.loads(archive.read(archive.namelist()[0]))


def test_a_copy_of_a_part_is_chosen_seen_and_locked(ada: User, open_page: Callable[..., Page]) -> None:
    make.entry(ada, "Served soup.", themes=["kitchen"])
    make.setback(ada, "The sauce split.", themes=["kitchen"])
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page, ada)
    page.goto("/export/")
    preview = page.locator("#preview")
    expect(preview).to_contain_text("Hard things")
    page.get_by_text("Only some of it").click()
    page.get_by_label("Wins").check()
    expect(preview).not_to_contain_text("Hard things")
    expect(preview).to_contain_text("Wins")
    lock(page)
    assert [entry["body"] for entry in unlocked(taken(page))["entries"]] == ["Served soup."]
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        sign_in(page, ada)
        page.goto("/export/")
        lock(page)
        assert len(unlocked(taken(page))["entries"]) == 2
    assert [address for address in asked if "tangerine" in address] == []


def test_without_a_script_it_looks_first(ada: User, open_page: Callable[..., Page]) -> None:
    make.entry(ada, "Served soup.")
    make.setback(ada, "The sauce split.")
    page = open_page(java_script_enabled=False)
    sign_in(page, ada)
    page.goto("/export/")
    page.get_by_text("Only some of it").click()
    page.get_by_label("Hard things").check()
    lock(page)
    page.get_by_role("button", name="Look first").click()
    expect(page.locator("#preview")).not_to_contain_text("Wins")
    expect(page.get_by_label("Hard things")).to_be_checked()
    assert "tangerine" not in page.url + page.content()
    assert [entry["body"] for entry in json.loads(taken(page).read_text())["entries"]] == ["The sauce split."]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_where_all_of_it_is_open(
    width: str, theme: Any, ada: User, open_page: Callable[..., Page]
) -> None:
    make.entry(ada, "Served soup.", themes=["kitchen", "x" * 60, "مطبخ"])
    page = open_page(ada, color_scheme=theme, viewport={"width": WIDTHS[width], "height": 850})
    assert troubles(page, OPENED, WIDTHS[width]) == []
    assert page.locator("details.more[open]").count() == 3
