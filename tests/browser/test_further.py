"""Today and the Journal are drawn by one sheet; what other pages draw besides comes once they are seen, and changes
nothing on them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from accounts.models import User
from tests.browser.looks import unlike

pytestmark = pytest.mark.browser
FIRST, ALL = ("onward.css",), ("onward.css", "further.css")
PATHS = ["/today/", "/entries/"]


@pytest.fixture
def lived_in(db: None) -> User:
    call_command("demo", verbosity=0)
    return User.objects.get(email="demo@example.com")


@pytest.mark.parametrize("options", [{}, {"viewport": {"width": 390, "height": 780}}])
@pytest.mark.parametrize("path", PATHS)
def test_a_year_looks_as_with_both(path: str, options: Any, lived_in: User, open_page: Callable[..., Page]) -> None:
    page = open_page(lived_in, **options)
    page.goto(path)
    assert unlike(page, ALL, FIRST) == []
    page.emulate_media(media="print")
    assert unlike(page, ALL, FIRST) == []


@pytest.mark.parametrize("path", PATHS)
def test_a_newcomer_s_looks_so_too(path: str, ada_page: Page) -> None:
    ada_page.goto(path)
    assert unlike(ada_page, ALL, FIRST) == []


@pytest.mark.parametrize("path", PATHS)
def test_without_scripts_there_is_one_sheet_alone(path: str, ada: User, open_page: Callable[..., Page]) -> None:
    page = open_page(ada, java_script_enabled=False)
    page.goto(path)
    assert [link.get_attribute("href") for link in page.locator("link[rel=stylesheet]").all()] == [
        "/static/css/onward.css"
    ]


@pytest.mark.parametrize("path", PATHS)
def test_with_scripts_the_other_comes_too(path: str, ada_page: Page) -> None:
    """A part of another page may be put into this one: it is drawn as there."""
    ada_page.goto(path)
    names = [link.get_attribute("href") for link in ada_page.locator("link[rel=stylesheet]").all()]
    assert names == [f"/static/css/{name}" for name in ALL]


def test_what_lies_further_on_needs_both(ada_page: Page) -> None:
    ada_page.goto("/settings/look/")
    assert unlike(ada_page, ALL, FIRST) != []
