"""Chromium before the real server: a page that fails its test on any console error or refused request."""

import os
import time
from collections.abc import Callable, Iterator
from threading import get_ident
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response, expect, sync_playwright

from accounts.models import User

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# A guard against hanging, far above what a page takes; Playwright's own five seconds are near on a busy machine.
PATIENCE = 30_000  # milliseconds
expect.set_options(timeout=PATIENCE)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WITHOUT_SCRIPTS: set[BrowserContext] = set()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = play.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def at_rest(transactional_db: None) -> Iterator[None]:
    """What a page asked for before it was closed is still answered; its rows go only after that."""
    running: set[int] = set()  # threads; of the server each request has its own

    def begins(**_: Any) -> None:
        running.add(get_ident())

    def ends(**_: Any) -> None:
        running.discard(get_ident())

    request_started.connect(begins)
    request_finished.connect(ends)
    yield
    until = time.monotonic() + PATIENCE / 1000
    while running - {get_ident()} and time.monotonic() < until:
        time.sleep(0.01)
    request_started.disconnect(begins)
    request_finished.disconnect(ends)


@pytest.fixture
def open_page(chromium: Browser, live_server: Any, at_rest: None) -> Iterator[Callable[..., Page]]:
    """open_page(user, **context options) → a page at the live server, signed in as `user` if one is given."""
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    def open_(user: User | None = None, **options: Any) -> Page:
        # Where ada lives: on a device elsewhere she would be asked about it.
        standard = {"reduced_motion": "reduce", "timezone_id": "Europe/Lisbon", "service_workers": "block"}
        context = chromium.new_context(base_url=live_server.url, **standard | options)
        contexts.append(context)
        if not options.get("java_script_enabled", True):
            WITHOUT_SCRIPTS.add(context)
        if user:
            context.add_cookies([session_cookie(user, live_server.url)])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: trouble.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("requestfailed", lambda gone: trouble.append(f"failed {gone.resource_type}: {gone.failure}"))
        return page

    open_.trouble = trouble  # type: ignore[attr-defined]
    yield open_
    for context in contexts:
        context.close()
    # An answer that refuses a form is a "Failed to load resource" for the console; that one is meant.
    # A page that is left gives up what it had asked for, and its cross-fade, and says so.
    meant = ("status of 422", "status of 409", "status of 403", "status of 404", "status of 410", "net::ERR_ABORTED")
    meant += ("Transition was aborted", "htmx:sendAbort", "htmx:afterRequest, [object HTML")
    # A worker asks for things of its own, after the test, too: it stands where a test asks for it.
    meant += ("Service Worker registration blocked",)
    assert [line for line in trouble if not any(word in line for word in meant)] == []


def settled(page: Page) -> None:
    """A form that was sent leaves its draft behind before it goes (static/js/drafts.js): what comes after it waits."""
    expect(page.locator("form[aria-busy]")).to_have_count(0)


def scripted(page: Page) -> None:
    """A page's scripts come once it is seen (static/js/later.js); a hand comes later than they."""
    if page.context not in WITHOUT_SCRIPTS:
        expect(page.locator("head template")).to_have_count(0)


def gone_to(page: Page, *address: Any, **options: Any) -> Response | None:
    """In the place of Page.goto."""
    answer = go(page, *address, **options)
    scripted(page)
    return answer


def asked_again(page: Page, **options: Any) -> Response | None:
    """In the place of Page.reload."""
    answer = ask_again(page, **options)
    scripted(page)
    return answer


go, Page.goto = Page.goto, gone_to  # type: ignore[method-assign]
ask_again, Page.reload = Page.reload, asked_again  # type: ignore[method-assign]


def pressed(locator: Locator, **options: Any) -> None:
    """In the place of Locator.click: whoever presses a button and goes on sees the answer first."""
    scripted(locator.page)
    press(locator, **options)
    if not locator.page.is_closed():
        settled(locator.page)


def pressed_at(page: Page, selector: str, **options: Any) -> None:
    pressed(page.locator(selector), **options)


press, Locator.click, Page.click = Locator.click, pressed, pressed_at  # type: ignore[method-assign]


def key_pressed(locator: Locator, key: str, **options: Any) -> None:
    """In the place of Locator.press: htmx takes up what it has put in a moment after it has the focus; until then Enter
    sends a form by itself, as without a script. No finger is as quick.
    """
    taken_up(locator.page)
    press_key(locator, key, **options)


def filled(locator: Locator, *words: Any, **options: Any) -> None:
    """In the place of Locator.fill: it types into whatever has the focus, and htmx moves that as it takes up a part."""
    taken_up(locator.page)
    fill(locator, *words, **options)


def taken_up(page: Page) -> None:
    scripted(page)
    expect(page.locator(".htmx-added")).to_have_count(0)


press_key, Locator.press = Locator.press, key_pressed  # type: ignore[method-assign]
fill, Locator.fill = Locator.fill, filled  # type: ignore[method-assign]


def session_cookie(user: User, url: str) -> Any:
    from django.test import Client

    client = Client()
    client.force_login(user)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A stranger's."""
    return open_page()


@pytest.fixture
def ada_page(open_page: Callable[..., Page], ada: User) -> Page:
    return open_page(ada)
