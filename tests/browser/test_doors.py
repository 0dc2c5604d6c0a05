"""The doors in a browser: with and without scripts, with and without a session, and words that outlive one."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Entry
from tests.accounts.conftest import SECRET, code_in
from tests.browser.test_axe import RULES

pytestmark = pytest.mark.browser
LINE = "I stopped before it was finished, and went to bed."


@pytest.fixture(autouse=True)
def no_limit_is_reached(transactional_db: None) -> None:
    cache.clear()


@pytest.fixture
def mail_leaves(settings: Any) -> None:
    settings.EMAIL_URL = "smtp://mail.example:25"
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True


def clean(page: Page) -> list[str]:
    """axe is a script: it looks only where scripts run."""
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{page.url}: {one['id']} {one['nodes'][0]['target']}" for one in found]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_sign_up_is_mended_and_taken(scripts: bool, open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=scripts, timezone_id="Europe/Lisbon")
    page.goto("/")
    page.fill("[name=first_line]", LINE)
    page.fill("[name=email]", "ada@example")
    page.fill("[name=password1]", "a secre")
    press(page, "Start my journal")
    assert page.get_by_role("heading", name="Two small things before we open it").is_visible()
    # A browser moves the focus with its first picture of the page: a moment after the words are there.
    expect(page.locator("#errors")).to_be_focused()
    assert page.input_value("[name=first_line]") == LINE
    assert page.input_value("[name=password1]") == ""
    assert not scripts or clean(page) == []
    page.fill("[name=email]", "ada@example.com")
    page.fill("[name=password1]", SECRET)
    press(page, "Start my journal")
    page.wait_for_url("**/today/")
    ada = User.objects.get()
    assert ada.time_zone == ("Europe/Lisbon" if scripts else "")
    assert [entry.body for entry in Entry.objects.of(ada)] == [LINE]


def test_a_code_opens_the_journal(open_page: Callable[..., Page], mail_leaves: Any) -> None:
    page = open_page()
    page.goto("/")
    page.fill("[name=first_line]", LINE)
    page.fill("[name=email]", "ada@example.com")
    page.fill("[name=password1]", SECRET)
    press(page, "Start my journal")
    page.wait_for_url("**/account/confirm-email/")
    assert clean(page) == []
    page.fill("[name=code]", "BCDF-GHJK")
    press(page, "Go on")
    assert page.get_by_role("link", name="That isn’t the code. The one in the newest mail counts.").is_visible()
    assert clean(page) == []
    page.fill("[name=code]", code_in(mail.outbox[0]))
    press(page, "Go on")
    page.wait_for_url("**/today/")
    assert page.get_by_text(LINE).is_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_words_outlive_the_session(scripts: bool, ada: User, open_page: Callable[..., Page]) -> None:
    page = open_page(ada, java_script_enabled=scripts)
    page.goto("/settings/name/")
    page.fill("[name=name]", "Nadia, or so")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    press(page, "Keep this name")
    assert page.get_by_role("heading", name="The book had closed").is_visible()
    assert page.get_by_label("What you wrote").input_value() == "Nadia, or so"
    assert not scripts or clean(page) == []
    page.fill("[name=login]", ada.email)
    page.fill("[name=password]", SECRET)
    press(page, "Sign in, and go on")
    assert page.get_by_role("heading", name="The book is open again").is_visible()
    assert not scripts or clean(page) == []
    press(page, "Send it again")
    page.wait_for_url("**/settings/look/")
    ada.refresh_from_db()
    assert ada.name == "Nadia, or so"


def test_words_outlive_a_token(ada: User, open_page: Callable[..., Page]) -> None:
    page = open_page(ada)
    page.goto("/settings/name/")
    page.fill("[name=name]", "Nadia, or so")
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    press(page, "Keep this name")
    assert page.get_by_role("heading", name="Once more, please").is_visible()
    assert clean(page) == []
    press(page, "Send it again")
    page.wait_for_url("**/settings/look/")
    ada.refresh_from_db()
    assert ada.name == "Nadia, or so"


@pytest.mark.parametrize("lost", ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME"])
def test_words_of_a_swap_come_to_a_page_too(lost: str, ada: User, open_page: Callable[..., Page]) -> None:
    """The composer is swapped in place; a refusal of its words has to be more than a line above it."""
    page = open_page(ada)
    page.goto("/today/", wait_until="networkidle")
    page.fill("[name=body]", LINE)
    page.context.clear_cookies(name=getattr(settings, lost))
    press(page, "Keep this")
    page.wait_for_url("**/entries/")
    assert page.get_by_label("What you wrote").first.input_value() == LINE
    if lost == "SESSION_COOKIE_NAME":
        page.fill("[name=login]", ada.email)
        page.fill("[name=password]", SECRET)
        press(page, "Sign in, and go on")
        page.get_by_role("heading", name="The book is open again").wait_for()
    press(page, "Send it again")
    page.wait_for_url("**/today/")
    assert [entry.body for entry in Entry.objects.of(ada)] == [LINE]
    open_page.trouble[:] = [line for line in open_page.trouble if "Error Code 403" not in line]  # type: ignore[attr-defined]


def test_signing_out_leaves_nothing_behind(ada: User, open_page: Callable[..., Page]) -> None:
    page = open_page(ada)
    page.goto("/settings/privacy/", wait_until="networkidle")
    page.goto("/account/logout/", wait_until="networkidle")
    page.evaluate("localStorage.setItem('x', '1')")
    press(page, "Close the book (sign out)")
    page.wait_for_url(lambda url: url.endswith("?closed"), wait_until="networkidle")
    assert page.evaluate("localStorage.length") == 0
    assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"] == settings.SESSION_COOKIE_NAME] == []
    page.evaluate("history.go(-2)")
    page.wait_for_url("**/account/login/?next=/settings/privacy/")
