"""The first page has a sheet of its own, smaller than the one of all pages: nothing on it looks different by that."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
# How each thing on the page is set, with the sheet it has or with another one in its place.
LOOK = """async (other) => {
  const link = document.querySelector("link[rel=stylesheet]");
  if (other) await new Promise((done) => { link.onload = done; link.href = other; });
  return [...document.body.querySelectorAll("*")].flatMap((one) => [null, "::before", "::after"].flatMap((part) => {
    const style = getComputedStyle(one, part);
    return [...style].map((name) => `${one.outerHTML.split(">")[0]} ${part} ${name}: ${style.getPropertyValue(name)}`);
  }));
}"""


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 780}}])
@pytest.mark.parametrize("sign_up", ["open", "invite"])
def test_it_looks_as_with_all_of_them(
    sign_up: str, options: Any, db: None, settings: Any, open_page: Callable[..., Page]
) -> None:
    settings.ONWARD_SIGNUP = sign_up
    page = open_page(**options)
    page.goto("/")
    assert page.locator("link[rel=stylesheet]").get_attribute("href") == "/static/css/landing.css"
    own = page.evaluate(LOOK, None)
    assert len(own) > 10_000
    assert unlike(own, page) == []


def test_it_looks_so_on_paper(db: None, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/")
    page.emulate_media(media="print")
    assert unlike(page.evaluate(LOOK, None), page) == []


def unlike(own: list[str], page: Page) -> list[str]:
    everything = page.evaluate(LOOK, "/static/css/onward.css")
    return [one for one, other in zip(own, everything, strict=True) if one != other]
