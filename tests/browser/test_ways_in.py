"""Passkeys, an app for codes, codes for a lost phone and codes by mail, as somebody uses them."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Entry
from tests.accounts.conftest import SECRET, code_in
from tests.browser.test_doors import LINE, clean, press

pytestmark = pytest.mark.browser
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


@pytest.fixture(autouse=True)
def no_limit_is_reached(transactional_db: None) -> None:
    cache.clear()


@pytest.fixture
def mail_leaves(settings: Any, live_server: Any) -> None:
    settings.EMAIL_URL = "smtp://mail.example:25"
    settings.ONWARD_URL = live_server.url
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
    settings.MFA_PASSKEY_SIGNUP_ENABLED = True


def with_passkeys(page: Page, verified: bool = True) -> Any:
    """A device that keeps passkeys and has seen its owner's finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | {"isUserVerified": verified}})
    return session


def sign_in(page: Page, user: User) -> None:
    page.goto("/account/login/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", SECRET)
    press(page, "Sign in")


def close_the_book(page: Page) -> None:
    page.goto("/account/logout/")
    press(page, "Close the book (sign out)")
    page.wait_for_url(lambda url: url.endswith("?closed"))


def shown_by_the_app(page: Page, step: int = 0) -> str:
    """What an app shows that was told the letters on the page; `step` half minutes from now."""
    secret = "".join(page.locator(".spelled code").all_inner_texts())
    return code_of(secret, step)


def code_of(secret: str, step: int) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def test_a_passkey_is_made_and_opens_the_journal(ada: User, open_page: Callable[..., Page]) -> None:
    page = open_page()
    with_passkeys(page)
    sign_in(page, ada)
    page.wait_for_url("**/today/")
    page.goto("/settings/sign-in/")
    assert clean(page) == []
    page.get_by_role("link", name="Add a passkey").click()
    page.wait_for_url("**/passkeys/")
    assert clean(page) == []
    press(page, "Add a passkey")
    page.wait_for_url("**/settings/sign-in/")
    expect(page.get_by_text("Kept. It opens your journal from now on.")).to_be_visible()
    expect(page.locator(".open-at li")).to_have_count(1)
    close_the_book(page)
    page.goto("/account/login/?next=/settings/look/")
    page.get_by_role("link", name="Use a passkey").click()
    assert clean(page) == []
    press(page, "Use a passkey")
    page.wait_for_url("**/settings/look/")


def test_an_app_is_asked_and_a_code_stands_in_for_it(ada: User, open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page, ada)
    page.wait_for_url("**/today/")
    page.goto("/settings/sign-in/")
    page.get_by_role("link", name="Set up an app").click()
    assert clean(page) == []
    secret = "".join(page.locator(".spelled code").all_inner_texts())
    page.fill("[name=code]", "000000")
    press(page, "Ask for codes from now on")
    expect(page.get_by_role("alert")).to_contain_text("That isn’t the code just now.")
    assert "".join(page.locator(".spelled code").all_inner_texts()) == secret
    page.fill("[name=code]", code_of(secret, -1))
    press(page, "Ask for codes from now on")
    page.wait_for_url("**/codes/")
    assert clean(page) == []
    codes = page.locator(".codes code").all_inner_texts()
    assert len(set(codes)) == 10
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert re.findall(r"^\d{8}$", download.value.path().read_text(), flags=re.M) == codes
    press(page, "I have them")
    expect(page.get_by_text("10 codes for a lost phone are left.")).to_be_visible()
    for given in (code_of(secret, 0), codes[3]):
        close_the_book(page)
        sign_in(page, ada)
        page.wait_for_url("**/account/login/second/")
        assert clean(page) == []
        page.fill("[name=code]", given)
        press(page, "Sign in")
        page.wait_for_url("**/today/")
    page.goto("/settings/sign-in/")
    expect(page.get_by_text("9 codes for a lost phone are left.")).to_be_visible()


def test_a_journal_begins_with_a_passkey_and_no_password(open_page: Callable[..., Page], mail_leaves: Any) -> None:
    page = open_page()
    with_passkeys(page)
    page.goto("/")
    page.fill("[name=first_line]", LINE)
    page.fill("[name=email]", "ada@example.com")
    press(page, "Without a password: with a passkey")
    page.wait_for_url("**/account/confirm-email/")
    page.fill("[name=code]", code_in(mail.outbox[0]))
    press(page, "Go on")
    page.wait_for_url("**/account/signup/passkey/making/")
    assert clean(page) == []
    press(page, "Make the passkey, and open")
    page.wait_for_url("**/today/")
    ada = User.objects.get()
    assert not ada.has_usable_password()
    assert [entry.body for entry in Entry.objects.of(ada)] == [LINE]
    close_the_book(page)
    page.goto("/account/login/passkey/")
    press(page, "Use a passkey")
    page.wait_for_url("**/today/")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_code_by_mail_opens_the_journal(
    scripts: bool, ada: User, open_page: Callable[..., Page], mail_leaves: Any
) -> None:
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
    page = open_page(java_script_enabled=scripts)
    page.goto("/account/login/?next=/settings/look/")
    page.get_by_role("link", name="Send me a code").click()
    assert not scripts or clean(page) == []
    page.fill("[name=email]", ada.email)
    press(page, "Send me a code")
    page.wait_for_url("**/account/login/code/confirm/**")
    assert not scripts or clean(page) == []
    page.fill("[name=code]", code_in(mail.outbox[0]))
    press(page, "Go on")
    page.wait_for_url("**/settings/look/")


AT_ONCE = """addEventListener("DOMContentLoaded", () =>
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true })))"""


def test_escape_twice_covers_the_page_until_a_press(ada: User, ada_page: Page) -> None:
    ada_page.goto("/today/")
    ada_page.add_init_script(AT_ONCE)  # one, on a page that has just come
    ada_page.goto("/today/", wait_until="networkidle")
    cover = ada_page.locator("dialog.cover")
    expect(cover).to_be_hidden()
    ada_page.fill("[name=body]", LINE)
    ada_page.wait_for_timeout(800)
    ada_page.keyboard.press("Escape")
    ada_page.wait_for_timeout(800)
    ada_page.keyboard.press("Escape")
    expect(cover).to_be_hidden()
    ada_page.keyboard.press("Escape")
    expect(cover).to_be_visible()
    assert clean(ada_page) == []
    for _ in range(3):
        ada_page.keyboard.press("Escape")
    expect(cover).to_be_visible()
    press(ada_page, "Press to go on")
    expect(cover).to_be_hidden()
    assert ada_page.input_value("[name=body]") == LINE
    ada.hide_by_key = False
    ada.save()
    ada_page.goto("/settings/look/", wait_until="networkidle")
    for _ in range(2):
        ada_page.keyboard.press("Escape")
    expect(cover).to_be_hidden()
    summary = ada_page.locator("details.menu summary")
    summary.click()
    ada_page.get_by_role("link", name="Cover the page").click()
    expect(cover).to_be_visible()
    ada_page.keyboard.press("Enter")
    expect(cover).to_be_hidden()
    expect(summary).to_be_focused()


def test_a_menu_that_is_left_closes(ada_page: Page) -> None:
    ada_page.goto("/settings/look/", wait_until="networkidle")
    menu = ada_page.locator("details.menu")
    menu.locator("summary").press("Enter")
    menu.get_by_role("button", name="Close the book (sign out)").focus()
    expect(menu).to_have_attribute("open", "")
    ada_page.keyboard.press("Tab")
    expect(menu).not_to_have_attribute("open", "")


def test_a_page_that_is_left_alone_closes_and_its_words_come_along(ada: User, open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page, ada)
    page.wait_for_url("**/today/")
    press(page, "Others use it too")
    page.wait_for_url("**/today/")
    page.clock.install()
    page.goto("/today/", wait_until="networkidle")
    page.fill("[name=body]", LINE)
    page.clock.fast_forward("16:00")
    expect(page.get_by_role("heading", name="Still you?")).to_be_visible()
    assert not page.get_by_text(LINE).is_visible()
    page.fill("[name=password]", SECRET)
    press(page, "Go on")
    expect(page.get_by_role("heading", name="The book is open again")).to_be_visible()
    press(page, "Send it again")
    page.wait_for_url("**/today/")
    assert [entry.body for entry in Entry.objects.of(ada)] == [LINE]
