"""axe finds nothing on any page: both themes, both widths; nothing wider than the screen; no target under 44 px."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import Staff, User
from tests import make
from tests.accounts.conftest import SECRET
from tests.accounts.test_ways_in import code_of, set_up_app, sign_in
from tests.walks.crawl import walk
from tests.walks.test_noscript import OPERATORS, PROVEN, START, STRANGERS, WITH_AN_APP, leave_out

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NOBODYS = ["/account/invited/nobody-has-this/", "/nowhere/"]
WIDTHS = {"desktop": 1280, "phone": 390}
SMALL = """() => [...document.querySelectorAll('a,button,input:not([type=hidden]),select,textarea,summary')]
  .filter(e => e.offsetParent && !e.closest('.vh, .skip') && !e.matches('.chip input, .choice input')
    && !(e.tagName === 'A' && e.closest('p,li,td,dd,small') && getComputedStyle(e).display === 'inline'))
  .map(e => [e.getBoundingClientRect(), (e.textContent || e.name || '').trim().slice(0, 30)])
  .filter(([box]) => box.width < 43.5 || box.height < 43.5)
  .map(([box, name]) => `${name}: ${Math.round(box.width)} x ${Math.round(box.height)}`)"""


def addresses(client: Client) -> list[str]:
    """One page of each shape that a signed-in person comes to."""
    found = walk(client, START, leave_out, a_shape=1)
    return [address for address, answer, page in found if answer.status_code == 200 and (page.links or page.forms)]


def beyond(ids: dict[str, str]) -> list[str]:
    """What only a press leads to, or a theme with more pages, or a row that is not the first."""
    rows = [f"/{noun}/{ids[noun]}/" for noun in ("themes", "sittings")]
    return ["/questions/", *rows, f"/entries/{ids['entries']}/sequel/", f"/import/{ids['import']}/report/"]


def troubles(page: Page, address: str, width: int) -> list[str]:
    page.goto(address)
    page.evaluate("document.fonts.ready")
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    said = [f"{address}: {one['id']} {one['nodes'][0]['target']}" for one in found]
    wide = page.evaluate("document.documentElement.scrollWidth")
    said += [f"{address}: {wide} px wide"] if wide > width else []
    return said + [f"{address}: a small target, {one}" for one in page.evaluate(SMALL)]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_a_full_journal(
    width: str, theme: Any, ada: User, ada_client: Client, open_page: Callable[..., Page]
) -> None:
    ids = make.one_of_each(ada, "heliotrope")
    pages = addresses(ada_client) + beyond(ids)
    assert len(pages) > 15
    page = open_page(ada, color_scheme=theme, viewport={"width": WIDTHS[width], "height": 850})
    assert [line for address in pages for line in troubles(page, address, WIDTHS[width])] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_an_empty_journal(width: str, theme: Any, ada: User, open_page: Callable[..., Page]) -> None:
    page = open_page(ada, color_scheme=theme, viewport={"width": WIDTHS[width], "height": 850})
    assert [line for address in START for line in troubles(page, address, WIDTHS[width])] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_a_stranger(width: str, theme: Any, open_page: Callable[..., Page]) -> None:
    page = open_page(color_scheme=theme, viewport={"width": WIDTHS[width], "height": 850})
    assert [line for address in [*STRANGERS, *NOBODYS] for line in troubles(page, address, WIDTHS[width])] == []


def by_hand(page: Page, user: User) -> None:
    page.goto("/account/login/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", SECRET)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda address: not address.endswith("/account/login/"))


@pytest.mark.parametrize(("width", "theme"), [("desktop", "dark"), ("phone", "light")])
def test_every_page_of_the_doors(width: str, theme: Any, ada: User, open_page: Callable[..., Page]) -> None:
    """Changed by whoever has just proved who they are; then the second step of a sign-in, which comes with an app."""
    client, key, wide = Client(SERVER_NAME="localhost"), make.passkey(ada), WIDTHS[width]
    page = open_page(color_scheme=theme, viewport={"width": wide, "height": 850})
    by_hand(page, ada)
    first = [*PROVEN, f"/settings/sign-in/passkeys/{key.pk}/deletion/"]
    said = [line for address in first for line in troubles(page, address, wide)]
    sign_in(client)
    secret = set_up_app(client)
    said += [line for address in WITH_AN_APP for line in troubles(page, address, wide)]
    page.context.clear_cookies()
    by_hand(page, ada)
    assert said + troubles(page, "/account/login/second/", wide) == []
    Staff.objects.create(owner=ada, since=make.NOON)
    page.fill("[name=code]", code_of(secret))
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/today/")
    assert [line for address in OPERATORS for line in troubles(page, address, wide)] == []
    expect(page.locator("h1")).to_have_text("This place")
