"""axe finds nothing on any page: both themes, both widths; nothing wider than the screen; no target under 44 px."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Closing, User
from tests import make
from tests.accounts.conftest import SECRET
from tests.accounts.test_ways_in import set_up_app, sign_in
from tests.walks.crawl import walk
from tests.walks.test_noscript import PROVEN, START, STRANGERS, WITH_AN_APP, leave_out

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong is told: with every part of a page that is right, each look takes twice as long.
ASKED = {"runOnly": RULES, "resultTypes": ["violations"]}
ASK = "asked => axe.run(document, asked).then(results => results.violations)"
THEMES: list[Any] = ["light", "dark"]
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
    return seen(page, address, width)


def seen(page: Page, said_of: str, width: int) -> list[str]:
    """What is wrong with the page that stands open."""
    page.evaluate("document.fonts.ready")
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    said = [f"{said_of}: {one['id']} {one['nodes'][0]['target']}" for one in page.evaluate(ASK, ASKED)]
    wide = page.evaluate("document.documentElement.scrollWidth")
    said += [f"{said_of}: {wide} px wide"] if wide > width else []
    return said + [f"{said_of}: a small target, {one}" for one in page.evaluate(SMALL)]


def in_every_look(page: Page, addresses: list[str]) -> list[str]:
    """Each page is asked for once: themes and widths are the sheet's."""
    said = []
    for address in addresses:
        page.goto(address)
        for name, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 850})
            for theme in THEMES:
                page.emulate_media(color_scheme=theme)
                said += seen(page, f"{address} ({name}, {theme})", width)
    return said


def test_every_page_of_a_full_journal(ada: User, ada_client: Client, open_page: Callable[..., Page]) -> None:
    ids = make.one_of_each(ada, "heliotrope")
    pages = addresses(ada_client) + beyond(ids)
    assert len(pages) > 15
    assert in_every_look(open_page(ada), pages) == []


def test_every_page_of_an_empty_journal(ada: User, open_page: Callable[..., Page]) -> None:
    assert in_every_look(open_page(ada), START) == []


def test_every_page_of_a_stranger(open_page: Callable[..., Page]) -> None:
    assert in_every_look(open_page(), [*STRANGERS, *NOBODYS]) == []


def test_a_place_that_closes_and_one_that_has_closed(ada: User, open_page: Callable[..., Page]) -> None:
    now, phone = timezone.now(), {"viewport": {"width": WIDTHS["phone"], "height": 850}}
    closing = Closing.decide((now + timedelta(days=40)).date(), now)
    page, strangers = open_page(ada, **phone), open_page(**phone)
    found = [line for address in ("/today/", "/export/") for line in troubles(page, address, WIDTHS["phone"])]
    expect(page.get_by_role("note")).to_contain_text("closes for good")
    found += [line for address in ("/", "/account/signup/") for line in troubles(strangers, address, WIDTHS["phone"])]
    Closing.objects.filter(pk=closing.pk).update(closes_at=now)
    found += troubles(strangers, "/account/login/", WIDTHS["phone"])
    expect(strangers.get_by_role("heading", level=1)).to_have_text("This place has closed")
    assert found == []


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
    set_up_app(client)
    said += [line for address in WITH_AN_APP for line in troubles(page, address, wide)]
    page.context.clear_cookies()
    by_hand(page, ada)
    assert said + troubles(page, "/account/login/second/", wide) == []
    expect(page.locator("[name=code]")).to_be_visible()
