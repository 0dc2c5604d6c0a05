"""The Journal by hand: finding while typing, filters, earlier pages; with and without a script."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Lesson, Theme
from journal.timeline import PAGE
from tests import make
from tests.browser.test_axe import RULES, SMALL, WIDTHS

pytestmark = pytest.mark.browser
TODAY = make.NOON.date()


def on(days: int) -> dict[str, Any]:
    return {"on": TODAY - timedelta(days=days), "now": make.NOON - timedelta(days=days)}


@pytest.fixture
def story(ada: User) -> User:
    hard = make.setback(ada, "The sauce split.", themes=["asking for help"], **on(1))
    Lesson.objects.create(owner=ada, entry=hard, lesson="Asking for a hand is part of the recipe.")
    late = make.setback(ada, "Said yes to a double.", **on(200))
    Lesson.objects.create(owner=ada, entry=late, lesson="A silence isn’t a question I was asked.")
    make.entry(ada, "Tried the custard.", **on(2))
    make.entry(ada, "طلبتُ المُسَاعَدَة من أخي", **on(3))
    for number in range(3):
        make.entry(ada, f"Proud of {number}.", kind="proud", **on(5))
    return ada


def find(page: Page) -> Any:
    return page.get_by_label("Find something you wrote")


def test_typing_finds_and_the_focus_and_the_address_stay(open_page: Callable[..., Page], story: User) -> None:
    page = open_page(story)
    page.goto("/entries/")
    find(page).press_sequentially("ask")
    expect(page.locator(".found")).to_contain_text("Two things with “ask”, newest first.")
    expect(page.locator("#say")).to_have_text("Two things with ask.")
    expect(page.locator("mark")).to_have_text(["Ask", "ask", "ask"])
    expect(find(page)).to_be_focused()
    assert page.url.endswith("/entries/")
    page.keyboard.press("End")
    page.keyboard.type("ing")
    expect(page.locator(".found")).to_contain_text("One thing with “asking”.")
    find(page).fill("lighthouse")
    expect(page.get_by_role("heading", name="“lighthouse”")).to_be_visible()
    expect(page.locator("#say")).to_contain_text("A shorter one finds more.")
    find(page).fill("")
    expect(page.locator(".day")).to_have_count(5)
    assert page.title() == "Journal · Onward"
    # htmx notes the address it stands at, and no page.
    assert page.evaluate("[localStorage.length, Object.values(sessionStorage)]") == [0, ["/entries/"]]


def test_a_filter_narrows_what_is_found_and_can_be_gone_back_to(open_page: Callable[..., Page], story: User) -> None:
    page = open_page(story)
    page.goto("/entries/")
    page.get_by_role("button", name="Filter").click()
    page.get_by_label("Lessons").check()
    expect(page.locator(".entry")).to_have_count(2)
    assert page.url.endswith("/entries/?kind=lesson")
    find(page).fill("ask")
    expect(page.locator(".found")).to_contain_text("Two lessons with “ask”, newest first.")
    assert page.url.endswith("/entries/?kind=lesson")
    page.get_by_role("link", name="Change").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.go_back()
    expect(page.locator(".entry")).to_have_count(2)
    expect(page.get_by_label("Lessons")).to_be_checked()
    expect(find(page)).to_have_value("")


def test_an_earlier_page_comes_below_and_is_gone_on_with(open_page: Callable[..., Page], ada: User) -> None:
    for days in range(2 * PAGE + 5):
        make.entry(ada, f"Line {days}.", **on(days))
    page = open_page(ada)
    page.goto("/entries/")
    page.get_by_role("link", name="Earlier in October").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".day")).to_have_count(2 * PAGE)
    expect(page.locator("#say")).to_have_text("October, continued.")
    expect(page.locator("h3:focus")).to_have_text("21 Wednesday")
    expect(page.locator(".pages h2")).to_have_text(["November", "October", "September"])
    page.get_by_role("link", name="Earlier in September").click()
    expect(page.locator(".day")).to_have_count(2 * PAGE + 5)
    expect(page.locator(".pager")).to_have_count(0)
    assert page.url.endswith("/entries/")


@pytest.mark.parametrize("script", [True, False])
def test_words_filters_themes_and_pages_work_by_form_and_link(
    open_page: Callable[..., Page], story: User, script: bool
) -> None:
    for days in range(10, 10 + PAGE):
        make.entry(story, f"Salt {days}.", kind="note", **on(days))
    page = open_page(story, java_script_enabled=script)
    page.goto("/entries/")
    find(page).fill("ask")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".found")).to_contain_text("Two things with “ask”")
    page.wait_for_load_state("networkidle")  # what is asked while typing is on its way as well
    page.get_by_role("link", name="Clear").click()
    page.get_by_role("button", name="Filter").click()
    page.get_by_text("Notes", exact=True).click()
    page.get_by_label("From", exact=True).fill("2026-10-01")
    page.get_by_role("button", name="Show these").click()
    expect(page.locator(".found")).to_contain_text("Notes · from 1 October 2026")
    assert re.search(r"/entries/\?kind=note&from=2026-10-01$", page.url)
    page.get_by_role("link", name="See everything").click()
    page.get_by_role("link", name="asking for help").click()
    expect(page.get_by_role("heading", name="asking for help")).to_be_visible()
    expect(page.locator(".entry")).to_have_count(1)
    page.get_by_role("link", name="See everything").click()
    page.get_by_role("link", name=re.compile("^Earlier")).click()
    expect(page.get_by_text("Said yes to a double.")).to_be_visible()


def test_arabic_runs_its_own_way_and_is_marked_with_its_signs(open_page: Callable[..., Page], story: User) -> None:
    page = open_page(story)
    page.goto("/entries/")
    find(page).fill("المساعدة")
    expect(page.locator("mark")).to_have_text("المُسَاعَدَة")
    assert page.locator("p.text").evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert find(page).evaluate("e => getComputedStyle(e).direction") == "rtl"


def test_where_nothing_answers_the_words_stay_and_it_is_said(open_page: Callable[..., Page], story: User) -> None:
    page = open_page(story)
    page.goto("/entries/")
    page.route("**/entries/search/", lambda route: route.abort())
    find(page).fill("ask")
    expect(page.get_by_text("Nothing answers right now.")).to_be_visible()
    expect(find(page)).to_have_value("ask")
    open_page.trouble.clear()  # type: ignore[attr-defined]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_found_has_no_barriers(width: str, theme: Any, open_page: Callable[..., Page], story: User) -> None:
    page = open_page(story, color_scheme=theme, viewport={"width": WIDTHS[width], "height": 850})
    said = []
    for address in (f"/entries/?kind=win&theme={Theme.objects.get().pk}", "/entries/?month=2026-11"):
        page.goto(address)
        said += barriers(page, WIDTHS[width])
    page.goto("/entries/")
    page.get_by_role("button", name="Filter").click()
    for words, shown in (("ask", ".found"), ("lighthouse", ".still"), ("s", ".found")):
        find(page).fill(words)
        expect(page.locator(f"#pages {shown}")).to_contain_text(words)
        said += barriers(page, WIDTHS[width])
    assert said == []


def barriers(page: Page, width: int) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    said = [f"{one['id']} {one['nodes'][0]['target']}" for one in found]
    wide = page.evaluate("document.documentElement.scrollWidth")
    said += [f"{wide} px wide"] if wide > width else []
    return said + list(page.evaluate(SMALL))


@pytest.mark.parametrize("days", [1, 6, 30])
@pytest.mark.parametrize(("width", "height"), [(412, 823), (430, 932), (1280, 900)])
def test_days_that_are_seen_do_not_move_however_short_they_are(
    width: int, height: int, days: int, ada: User, open_page: Callable[..., Page]
) -> None:
    """Those below a phone's screen are laid out when somebody comes near."""
    for number in range(PAGE):
        make.entry(ada, "I slept well.", **on(1 + number % days))
    page = open_page(ada, viewport={"width": width, "height": height})
    page.goto("/entries/")
    expect(page.get_by_text("I slept well.").first).to_be_visible()
    moved = page.evaluate(
        """() => new Promise((done) => {
          let moved = 0;
          const see = (list) => list.getEntries().forEach(({ value }) => { moved += value; });
          new PerformanceObserver(see).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(moved), 300);
        })"""
    )
    assert moved <= 0.005  # W12
