"""Finding, from wherever somebody is: the key, the link, choices that narrow together; with and without a script."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Lesson, Milestone
from tests import make
from tests.browser.test_axe import WIDTHS
from tests.browser.test_journal import barriers

pytestmark = pytest.mark.browser
TODAY = make.NOON.date()
FIELD = "Find something you wrote"


def on(days: int) -> dict[str, Any]:
    return {"on": TODAY - timedelta(days=days), "now": make.NOON - timedelta(days=days)}


@pytest.fixture
def story(ada: User) -> User:
    """Three hard things with “boat”, each with another of what can be chosen; a win and a doubt with it."""
    goal = Milestone.keep(ada, make.NOON, title="Across the bay")
    make.setback(ada, "The boat would not start.", themes=["Asking"], milestone=goal, **on(1))
    make.setback(ada, "The boat was full.", themes=["Rest"], **on(40))
    taught = make.setback(ada, "Missed the boat.", themes=["Asking"], **on(41))
    Lesson.objects.create(owner=ada, entry=taught, lesson="The next boat goes at nine.")
    make.entry(ada, "Rowed a boat.", themes=["Asking"], milestone=goal, **on(2))
    make.entry(ada, "Am I made for boats?", kind="doubt", **on(3))
    return ada


def test_a_stroke_leads_to_the_words_from_any_page_and_types_itself_in_a_field(
    open_page: Callable[..., Page], story: User
) -> None:
    page = open_page(story)
    for place in ("/milestones/", "/look-back/", "/ways/", "/settings/privacy/"):
        page.goto(place)
        page.keyboard.press("/")
        page.wait_for_url("**/entries/#id_q")
        expect(page.get_by_label(FIELD)).to_be_focused()
        expect(page.get_by_label(FIELD)).to_have_value("")
    page.keyboard.type("rowed/")
    expect(page.get_by_label(FIELD)).to_have_value("rowed/")
    page.get_by_label(FIELD).fill("rowed")
    expect(page.locator("mark")).to_have_text(["Rowed"])
    page.get_by_label(FIELD).blur()
    page.keyboard.press("/")
    page.keyboard.type("full")
    expect(page.get_by_label(FIELD)).to_have_value("full")
    expect(page.locator("mark")).to_have_text(["full"])


def test_a_stroke_leaves_no_words_behind(open_page: Callable[..., Page], story: User) -> None:
    page = open_page(story)
    page.goto("/today/")
    page.locator("textarea").first.fill("Half a line")
    page.keyboard.type("/")
    expect(page.locator("textarea").first).to_have_value("Half a line/")
    page.locator("textarea").first.blur()
    page.keyboard.press("/")
    page.keyboard.press("Control+/")
    assert page.url.endswith("/today/")
    expect(page.locator("textarea").first).to_have_value("Half a line/")


def test_the_stroke_can_be_switched_off(open_page: Callable[..., Page], story: User) -> None:
    page = open_page(story)
    page.goto("/settings/look/")
    page.get_by_label("The key “/” leads to Find").uncheck()
    page.get_by_role("button", name="Keep these").click()
    expect(page.get_by_text("Kept.", exact=True)).to_be_visible()
    for place in ("/settings/look/", "/entries/"):
        page.goto(place)
        page.keyboard.press("/")
        assert page.url.endswith(place)
        expect(page.locator("body")).to_be_focused()
    page.locator(".menu > summary").click()
    page.get_by_role("link", name="Find", exact=True).click()
    expect(page.get_by_label(FIELD)).to_be_focused()


def test_the_menu_leads_there_without_a_script(open_page: Callable[..., Page], story: User) -> None:
    page = open_page(story, java_script_enabled=False)
    page.goto("/milestones/")
    page.locator(".menu > summary").click()
    page.get_by_role("link", name="Find", exact=True).click()
    page.wait_for_url("**/entries/#id_q")
    expect(page.get_by_label(FIELD)).to_be_focused()


@pytest.mark.parametrize("script", [True, False])
def test_choices_narrow_together(script: bool, open_page: Callable[..., Page], story: User) -> None:
    page = open_page(story, java_script_enabled=script)
    page.goto("/entries/?month=2026-11")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator(".chip")).to_have_text(
        ["Wins", "Hard things", "Lessons", "Doubts", "Still open", "Only November 2026"]
    )
    page.get_by_label(FIELD).fill("boat")
    page.get_by_text("Hard things", exact=True).click()
    shown(page, script, "Three hard things with “boat”", 3)
    page.get_by_text("Still open", exact=True).click()
    shown(page, script, "Two hard things with “boat”", 2)
    page.get_by_label("Theme").select_option("Asking")
    shown(page, script, "One hard thing with “boat”", 1)
    expect(page.locator("mark")).to_have_text(["boat"])
    page.get_by_label("On the way to").select_option("Across the bay")
    shown(page, script, "One hard thing with “boat”", 1)
    page.get_by_text("Still open", exact=True).click()
    page.get_by_text("Hard things", exact=True).click()
    shown(page, script, "Two things with “boat”", 2)
    assert "boat" not in page.url


def test_a_lesson_of_one_month_is_found(open_page: Callable[..., Page], story: User) -> None:
    page = open_page(story, java_script_enabled=False)
    page.goto("/entries/?month=2026-10")
    page.get_by_role("button", name="Filter").click()
    page.get_by_text("Only October 2026").click()
    page.get_by_text("Lessons", exact=True).click()
    page.get_by_role("button", name="Show these").click()
    page.wait_for_url("**/entries/?kind=lesson&month=2026-10")
    expect(page.locator(".entry")).to_have_count(1)
    expect(page.get_by_label("Only October 2026")).to_be_checked()
    page.get_by_label(FIELD).fill("boat")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".found")).to_contain_text("One lesson with “boat” in October 2026.")


@pytest.mark.parametrize("script", [True, False])
def test_opening_it_keeps_the_words_and_leads_on_to_the_first_choice(
    script: bool, open_page: Callable[..., Page], story: User
) -> None:
    page = open_page(story, java_script_enabled=script)
    page.goto("/entries/")
    page.get_by_label(FIELD).fill("row")
    page.get_by_role("button", name="Filter").press("Enter")
    expect(page.locator("details.more[open]")).to_be_visible()
    expect(page.get_by_label(FIELD)).to_have_value("row")
    if script:
        expect(page.locator("#filter")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_label("Wins")).to_be_focused()
        page.keyboard.press("Space")
    else:
        page.get_by_text("Wins", exact=True).click()
    shown(page, script, "One win with “row”", 1)
    assert "row" not in page.url


def shown(page: Page, script: bool, words: str, entries: int) -> None:
    """Without a script the form is sent by its button, and its choices stand when the page comes back."""
    if not script:
        page.get_by_role("button", name="Show these").click()
    expect(page.locator(".found")).to_contain_text(re.compile(words))
    expect(page.locator(".entry")).to_have_count(entries)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_an_open_finder_has_no_barriers(width: str, theme: Any, open_page: Callable[..., Page], story: User) -> None:
    Milestone.keep(story, make.NOON, title="Donaudampfschifffahrtsgesellschaft " * 4)
    page = open_page(story, color_scheme=theme, viewport={"width": WIDTHS[width], "height": 850})
    page.goto("/entries/?month=2026-11&kind=setback&open=1")
    assert barriers(page, WIDTHS[width]) == []
