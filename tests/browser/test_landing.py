"""The first page has a sheet of its own, smaller than those of all pages: nothing on it looks different by that."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.looks import unlike

pytestmark = pytest.mark.browser
OWN, ALL = ("landing.css",), ("onward.css", "further.css")


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 780}}])
@pytest.mark.parametrize("sign_up", ["open", "invite"])
def test_it_looks_as_with_all_of_them(
    sign_up: str, options: Any, db: None, settings: Any, open_page: Callable[..., Page]
) -> None:
    settings.ONWARD_SIGNUP = sign_up
    page = open_page(**options)
    page.goto("/")
    assert page.locator("link[rel=stylesheet]").get_attribute("href") == "/static/css/landing.css"
    assert unlike(page, OWN, ALL) == []


def test_it_looks_so_on_paper(db: None, open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/")
    page.emulate_media(media="print")
    assert unlike(page, OWN, ALL) == []
