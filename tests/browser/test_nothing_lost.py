"""The nine ways to lose what was typed: after each the words stand on the page or in a draft, and are kept once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Entry
from tests.running import Running

pytestmark = pytest.mark.browser
LINE = "You stayed with it, <b>all</b> of it. 🌿"
SECRET = "a long enough secret"
BREAKS = "The disk said no."
UNREACHED = ("net::ERR_", "htmx:", "Service Worker registration blocked")
COUNT = "from journal.models import Entry; print(Entry.objects.count())"


def expired(page: Page, ada: User) -> None:
    Session.objects.all().delete()


def signed_out_elsewhere(page: Page, ada: User) -> None:
    """In another tab of this browser: its cookies go."""
    other = page.context.new_page()
    other.goto("/account/logout/")
    other.get_by_role("main").get_by_role("button").click()
    other.wait_for_url(lambda url: url.endswith("?closed"))
    other.close()


def signed_in_in_another_tab(page: Page, ada: User) -> None:
    """The token is a new one, and so is the session."""
    signed_out_elsewhere(page, ada)
    other = page.context.new_page()
    other.goto("/account/login/")
    sign_in(other)
    other.wait_for_url("/today/")
    other.close()


def password_changed(page: Page, ada: User) -> None:
    ada.set_password(SECRET + " of today")
    ada.save()


def token_lost(page: Page, ada: User) -> None:
    page.context.clear_cookies(name="csrftoken")


def sign_in(page: Page, secret: str = SECRET) -> None:
    page.get_by_label("Email").fill("ada@example.com")
    page.get_by_label("Password").fill(secret)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


SHUT = {"expired": expired, "signed out elsewhere": signed_out_elsewhere, "password changed": password_changed}
STALE = {"signed in in another tab": signed_in_in_another_tab, "token lost": token_lost}


def begin(open_page: Callable[..., Page], ada: User, script: bool, place: str = "/encouragements/") -> Page:
    page = open_page(ada, java_script_enabled=script)
    page.goto(place)
    page.locator("textarea").first.fill(LINE)
    return page


def press(page: Page) -> None:
    page.locator("form:has(textarea) .actions button[type=submit]").first.click()


def kept(ada: User) -> list[str]:
    return [entry.body for entry in Entry.objects.of(ada)]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("way", SHUT)
def test_a_door_that_closed_costs_no_word(way: str, script: bool, open_page: Callable[..., Page], ada: User) -> None:
    page = begin(open_page, ada, script, "/today/" if way == "expired" else "/encouragements/")
    SHUT[way](page, ada)
    press(page)
    expect(page.get_by_role("heading", name="The book had closed")).to_be_visible()
    expect(page.locator("textarea")).to_have_value(LINE)
    sign_in(page, SECRET + (" of today" if way == "password changed" else ""))
    expect(page.locator("textarea")).to_have_value(LINE)
    expect(page.get_by_text("The journal of ada@example.com is open here")).to_be_visible()
    assert kept(ada) == []
    press(page)
    expect(page.get_by_text(LINE).first).to_be_visible()
    assert kept(ada) == [LINE]
    open_page.trouble.clear()  # type: ignore[attr-defined]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("way", STALE)
def test_a_token_that_is_out_of_date_costs_none(
    way: str, script: bool, open_page: Callable[..., Page], ada: User
) -> None:
    page = begin(open_page, ada, script, "/today/" if way == "token lost" else "/encouragements/")
    STALE[way](page, ada)
    press(page)
    expect(page.get_by_role("heading", name="Once more, please")).to_be_visible()
    expect(page.locator("textarea")).to_have_value(LINE)
    press(page)
    expect(page.get_by_text(LINE).first).to_be_visible()
    assert kept(ada) == [LINE]
    open_page.trouble.clear()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("script", "place"), [(True, "/today/"), (True, "/encouragements/"), (False, "/today/")])
def test_more_than_fits_costs_none(
    script: bool, place: str, open_page: Callable[..., Page], ada: User, settings: Any
) -> None:
    """With a small limit: eight megabytes in one box are more than a browser likes to draw."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000
    page = begin(open_page, ada, script, place)
    much = "And one more thing.\n" * 2_000
    page.locator("textarea").first.fill(much)
    press(page)
    expect(page.get_by_text("Not kept yet" if place == "/today/" and script else "More than").first).to_be_visible()
    assert page.locator("textarea").first.evaluate("box => box.value.length") == len(much)
    page.locator("textarea").first.fill("A part of it.")
    press(page)
    expect(page.get_by_text("A part of it.").first).to_be_visible()
    assert kept(ada) == ["A part of it."]
    open_page.trouble.clear()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("script", "place"), [(True, "/today/"), (True, "/encouragements/"), (False, "/today/")])
def test_an_error_of_ours_costs_none(
    script: bool, place: str, open_page: Callable[..., Page], ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError(BREAKS)

    page = begin(open_page, ada, script, place)
    with monkeypatch.context() as broken:
        broken.setattr(Entry, "save", breaks)
        press(page)
        expect(page.get_by_text("Not kept yet" if place == "/today/" and script else "Our fault").first).to_be_visible()
    expect(page.locator("textarea").first).to_have_value(LINE)
    elsewhere = open_page(ada, java_script_enabled=False)
    elsewhere.goto(place)
    expect(elsewhere.locator("textarea").first).to_have_value(LINE)
    press(page)
    expect(page.get_by_text(LINE).first).to_be_visible()
    assert kept(ada) == [LINE]
    open_page.trouble.clear()  # type: ignore[attr-defined]


# Nor these two without a script: the browser has left the page by then.


@pytest.mark.parametrize("place", ["/today/", "/encouragements/"])
def test_a_network_that_is_off_costs_none(place: str, open_page: Callable[..., Page], ada: User) -> None:
    page = begin(open_page, ada, True, place)
    page.context.set_offline(True)
    press(page)
    expect(page.locator("#say")).to_contain_text("Not kept yet.")
    expect(page.locator("textarea").first).to_have_value(LINE)
    page.context.set_offline(False)
    press(page)
    expect(page.get_by_text(LINE).first).to_be_visible()
    assert kept(ada) == [LINE]
    open_page.trouble.clear()  # type: ignore[attr-defined]


@pytest.mark.services
def test_a_server_that_is_killed_costs_none(open_page: Callable[..., Page], running: Callable[..., Running]) -> None:
    """A real one, with kill -9; another starts at its address later on."""
    onward = running().start()
    page = open_page()
    sign_up(page, onward.url)
    page.locator("textarea").first.fill(LINE)
    onward.kill()
    press(page)
    expect(page.locator("#say")).to_contain_text("Not kept yet.")
    expect(page.get_by_text("Your words are still in the box below.")).to_be_visible()
    expect(page.locator("textarea").first).to_have_value(LINE)
    onward.start()
    press(page)
    expect(page.locator("article", has_text=LINE)).to_be_visible()
    page.goto(f"{onward.url}/entries/")
    expect(page.get_by_text(LINE)).to_have_count(1)
    assert onward.manage("shell", "-v0", "-c", COUNT).strip() == "1"
    trouble = open_page.trouble  # type: ignore[attr-defined]
    assert [line for line in trouble if not any(word in line for word in UNREACHED)] == []
    trouble.clear()


def sign_up(page: Page, url: str) -> None:
    page.goto(f"{url}/account/signup/")
    page.get_by_label("Email").fill("ada@example.com")
    page.get_by_label("Password").fill(SECRET)
    page.get_by_role("main").get_by_role("button", name="Start my journal").click()
    page.wait_for_url("**/today/")
