"""A page's scripts come once it is seen (static/js/later.js): what is typed and pressed until then is neither lost nor
done twice."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from journal.models import Draft, Entry
from tests import make
from tests.browser.conftest import go, press, scripted

pytestmark = pytest.mark.browser
LINE = "Rang the landlord."


Let = Callable[[], None]


@pytest.fixture
def held(ada_page: Page) -> Let:
    return opened_early(ada_page, "/today/", "drafts")


def opened_early(page: Page, path: str, last: str) -> Let:
    """A page before its scripts have arrived, the last of which is named; called, it lets them come."""
    waiting: list[Route] = []
    arrived = False

    def hold(route: Route) -> None:
        early = last != "later" and "/later." in route.request.url
        route.continue_() if arrived or early else waiting.append(route)

    def let() -> None:
        nonlocal arrived
        arrived = True
        for route in waiting:
            route.continue_()

    page.route("**/*.js", hold)
    with page.expect_request(f"**/{last}.*js"):
        # A page waits for the script that brings the others.
        go(page, path, wait_until="commit" if last == "later" else "load")
    return let


def test_they_are_asked_for_after_the_first_picture_in_their_order(ada_page: Page) -> None:
    ada_page.goto("/today/")
    asked = ada_page.evaluate(
        """() => {
          const seen = performance.getEntriesByName("first-contentful-paint")[0].startTime;
          return performance.getEntriesByType("resource").filter(({ initiatorType }) => initiatorType === "script")
            .map(({ name, startTime }) => [name.split("/").at(-1).split(".")[0], startTime > seen]);
        }"""
    )
    assert asked == [["later", False], ["htmx-2", True], ["onward", True], ["drafts", True]]
    expect(ada_page.locator("link[rel=manifest]")).to_have_count(1)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (820, 1180), (390, 780)])
def test_the_branch_comes_once_today_is_seen_and_moves_nothing(
    ada: User, open_page: Callable[..., Page], width: int, height: int
) -> None:
    make.entry(ada, "I slept well.", now=timezone.now())
    make.entry(ada, "I rested.", kind="proud", now=timezone.now())
    page = open_page(ada, viewport={"width": width, "height": height})
    go(page, "/today/")
    expect(page.locator("#proud svg.branch:visible")).to_have_count(1)
    asked, moved = page.evaluate(
        """async () => {
          const seen = performance.getEntriesByName("first-contentful-paint")[0].startTime;
          // A file is noted once it has come whole.
          const branch = await new Promise((done, failed) => {
            const come = (list) => list.getEntries().filter(({ name }) => name.includes("/branch.")).forEach(done);
            new PerformanceObserver(come).observe({ type: "resource", buffered: true });
            setTimeout(failed, 10000, "It has not come.");
          });
          const moved = [];
          // A face that comes late may move a line before; what comes with the branch may not (W12: 0.005).
          const see = (list) => moved.push(...list.getEntries().filter((one) => one.startTime >= branch.startTime));
          new PerformanceObserver(see).observe({ type: "layout-shift", buffered: true });
          await new Promise((done) => setTimeout(done, 300));
          return [branch.startTime > seen, moved.reduce((sum, { value }) => sum + value, 0)];
        }"""
    )
    assert asked and moved <= 0.005


def test_without_scripts_the_branch_is_there_at_once(ada: User, open_page: Callable[..., Page]) -> None:
    make.entry(ada, "I rested.", kind="proud")
    page = open_page(ada, java_script_enabled=False)
    page.goto("/today/")
    expect(page.locator("#proud svg.branch:visible")).to_have_count(1)


PHONE = {"viewport": {"width": 390, "height": 780}}
BELOW = (".kept-today", "#proud", ".letters > :first-child", ".otd")
HIGH = "here => Math.round(here.getBoundingClientRect().y)"
# What a page is when the browser looks for a place on it.
AS_READ = "addEventListener('DOMContentLoaded', () => { asRead = document.documentElement.className })"


@pytest.fixture
def kept(ada: User) -> User:
    """Somebody for whom something of each sort hangs below the first screen."""
    now = timezone.now()
    for number in range(5):
        make.entry(ada, f"Rested, {number}. " * 9, now=now)
    make.entry(ada, "I said no.", kind="proud", now=now)
    make.entry(ada, "Four years ago.", now=now.replace(year=now.year - 4))
    return ada


def test_what_hangs_below_a_phones_first_screen_is_laid_out_once_that_is_seen(
    kept: User, open_page: Callable[..., Page]
) -> None:
    page = open_page(kept, **PHONE)
    let = opened_early(page, "/today/", "later")
    for part in BELOW:
        expect(page.locator(part)).to_have_css("content-visibility", "auto")
    expect(page.locator(".capture")).to_have_css("content-visibility", "visible")
    let()
    scripted(page)
    for part in BELOW:
        expect(page.locator(part)).to_have_css("content-visibility", "visible")


def test_whoever_comes_back_finds_the_page_where_it_was_left(kept: User, open_page: Callable[..., Page]) -> None:
    page = open_page(kept, **PHONE)
    page.add_init_script(AS_READ)
    page.goto("/today/")
    assert page.evaluate("asRead") == ""
    proud = page.locator("#proud")
    proud.evaluate("here => scrollBy(0, here.getBoundingClientRect().y - 200)")
    page.goto("/entries/")
    page.go_back()
    scripted(page)
    # Where it becomes as high as it was later than that, the browser found another place now and then.
    assert (proud.evaluate(HIGH), page.evaluate("asRead")) == (200, "seen")


def test_whoever_comes_for_a_part_of_the_page_finds_it_on_top(kept: User, open_page: Callable[..., Page]) -> None:
    page = open_page(kept, **PHONE)
    page.add_init_script(AS_READ)
    page.goto("/today/#proud")
    proud = page.locator("#proud")
    found = proud.evaluate(HIGH)
    proud.evaluate("here => here.scrollIntoView()")
    assert found == proud.evaluate(HIGH) < 100
    assert page.evaluate("asRead") == "seen"


def test_a_browser_that_does_not_tell_how_a_page_was_come_to_is_brought_everything(ada_page: Page) -> None:
    ada_page.add_init_script("performance.getEntriesByType = () => []")
    ada_page.goto("/today/")
    expect(ada_page.locator("html.seen")).to_have_count(1)
    assert ada_page.evaluate("typeof htmx") == "object"


def test_on_a_larger_screen_all_of_the_page_is_laid_out_at_once(kept: User, open_page: Callable[..., Page]) -> None:
    page = open_page(kept, viewport={"width": 744, "height": 1133})
    let = opened_early(page, "/today/", "later")
    expect(page.locator(".today")).to_have_css("display", "grid")
    for part in BELOW:
        expect(page.locator(part)).to_have_css("content-visibility", "visible")
    let()
    scripted(page)


def test_without_scripts_all_of_a_phones_page_is_laid_out_at_once(kept: User, open_page: Callable[..., Page]) -> None:
    page = open_page(kept, **PHONE, java_script_enabled=False)
    page.goto("/today/")
    for part in BELOW:
        expect(page.locator(part)).to_have_css("content-visibility", "visible")


def test_what_was_typed_before_they_came_becomes_a_draft(held: Let, ada_page: Page, ada: User) -> None:
    ada_page.locator("#id_body").press_sequentially(LINE)
    held()
    expect(ada_page.locator(".as-draft")).to_have_text("Kept as a draft.")
    assert [draft.texts for draft in Draft.objects.of(ada)] == [[LINE]]


def test_what_was_typed_into_the_search_before_they_came_is_looked_for(ada: User, ada_page: Page) -> None:
    make.entry(ada, LINE)
    make.entry(ada, "Slept.")
    held = opened_early(ada_page, "/entries/", "onward")
    ada_page.get_by_label("Find something you wrote").press_sequentially("landlord")
    held()
    expect(ada_page.locator("main mark")).to_have_text("landlord")
    expect(ada_page.get_by_text("Slept.")).to_have_count(0)


def test_a_form_that_is_sent_before_they_came_is_kept_once(held: Let, ada_page: Page, ada: User) -> None:
    ada_page.locator("#id_body").press_sequentially(LINE)
    with ada_page.expect_navigation(wait_until="commit"):
        press(ada_page.get_by_role("button", name="Keep this"))
    held()
    expect(ada_page.locator("#entries .entry")).to_have_count(1)
    assert [entry.body for entry in Entry.objects.of(ada)] == [LINE]
    assert Draft.objects.count() == 0


def test_escape_pressed_twice_before_they_came_covers_the_page(held: Let, ada_page: Page) -> None:
    ada_page.keyboard.press("Escape")
    ada_page.keyboard.press("Escape")
    held()
    expect(ada_page.locator("dialog.cover")).to_be_visible()


def test_escape_pressed_once_before_they_came_covers_nothing(held: Let, ada_page: Page) -> None:
    ada_page.keyboard.press("Escape")
    held()
    scripted(ada_page)
    expect(ada_page.locator("dialog.cover")).to_have_count(1)
    expect(ada_page.locator("dialog.cover")).to_be_hidden()


def test_an_escape_that_was_heard_is_not_heard_again(ada_page: Page) -> None:
    waiting: list[Route] = []
    ada_page.route("**/drafts.*js", lambda route: waiting.append(route))
    with ada_page.expect_request("**/drafts.*js"):
        go(ada_page, "/today/")
    expect(ada_page.locator("head template")).to_have_count(1)
    ada_page.keyboard.press("Escape")
    waiting.pop().continue_()
    scripted(ada_page)
    expect(ada_page.locator("dialog.cover")).to_be_hidden()


def test_one_that_never_comes_keeps_no_other_from_coming(ada_page: Page) -> None:
    ada_page.route("**/htmx-2*.js", lambda route: route.fulfill(status=404, content_type="text/plain"))
    ada_page.goto("/today/")
    ada_page.locator("details.menu summary").click()
    ada_page.keyboard.press("Escape")
    expect(ada_page.locator("details.menu[open]")).to_have_count(0)
