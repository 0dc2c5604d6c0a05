"""P8: something of one’s own is noticed, day by day, and its shape is found again a month later."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Measure, Reading

pytestmark = pytest.mark.browser
WEDNESDAY = datetime(2026, 10, 14, 12, tzinfo=UTC)
NAME = "Dishes tried for the fun of it"


def begin(page: Page) -> None:
    page.goto("/ways/")
    page.get_by_role("link", name="I want to see how far I’ve come").click()
    page.get_by_role("link", name="Measures of your own").click()
    page.get_by_label("What would you like to notice?").fill(NAME)
    page.get_by_label("A number").check()
    page.get_by_role("button", name="Begin to notice").click()
    page.get_by_role("button", name="Keep on Today").click()
    expect(page.get_by_role("heading", name="On Today")).to_be_visible()


def tap(page: Page, value: str) -> None:
    page.goto("/today/")
    page.locator("#noticing").get_by_role("button", name=value, exact=True).click()
    expect(page.locator("#noticing")).to_contain_text("Kept for today.")


@pytest.mark.parametrize("script", [True, False])
def test_p08_one_tap_a_week_is_a_shape_a_month_later(open_page: Callable[..., Page], ada: User, script: bool) -> None:
    for week, value in enumerate("21221"):
        with time_machine.travel(WEDNESDAY + timedelta(weeks=week)):
            page = open_page(ada, java_script_enabled=script)
            if week == 0:
                begin(page)
            tap(page, value)
            if week == 2:
                page.goto("/ways/far/")
                page.get_by_role("link", name="Measures of your own").click()
                expect(page.get_by_text("It is drawn from the fourth reading on.")).to_be_visible()
    with time_machine.travel(WEDNESDAY + timedelta(weeks=4, hours=1)):
        page = open_page(ada, java_script_enabled=script)
        page.goto("/ways/far/")
        page.get_by_role("link", name="Measures of your own").click()
        expect(page.get_by_role("img")).to_have_accessible_name("Week by week: one or two; this week so far, one.")
        expect(page.get_by_text("One this week. Most weeks, two.")).to_be_visible()
        page.get_by_role("link", name=NAME).click()
        expect(page.get_by_role("img", name="All weeks with a reading")).to_be_visible()
        page.get_by_text("As a table").click()
        expect(page.get_by_role("row")).to_have_count(6)
        expect(page.get_by_role("row", name="12 October 2026")).to_contain_text("2")


def test_p08_an_earlier_day_is_filled_in_corrected_and_taken_back(open_page: Callable[..., Page], ada: User) -> None:
    with time_machine.travel(WEDNESDAY):
        page = open_page(ada)
        measure = Measure.keep(ada, WEDNESDAY, name=NAME, kind="number")
        page.goto(f"/measures/{measure.pk}/")
        page.locator("#tap-3").press("Enter")
        expect(page.locator("#say")).to_have_text("Kept.")
        expect(page.locator("#tap-3")).to_be_focused()
        expect(page.locator("#tap-3")).to_have_attribute("aria-pressed", "true")
        page.get_by_text("Another number, or another day").click()
        page.get_by_label("A number").fill("many")
        page.get_by_label("Which day").fill("2026-10-12")
        page.get_by_role("button", name="Keep this").click()
        expect(page.get_by_text("A number goes here. Something like 3 or 2.5 will do.")).to_be_visible()
        expect(page.get_by_label("A number")).to_have_value("many")
        page.get_by_label("A number").fill("7")
        page.get_by_role("button", name="Keep this").click()
        page.get_by_role("link", name="Monday 12 October").click()
        page.get_by_label("A number").fill("6")
        page.get_by_role("button", name="Keep it so").click()
        expect(page.locator(".readings")).to_contain_text("6")
        page.get_by_role("link", name="Monday 12 October").click()
        page.get_by_role("button", name="Take it back").click()
        page.get_by_role("button", name="Put it back").click()
        expect(page.locator("#say")).to_have_text("Put back.")
        expect(page.get_by_role("link", name="Monday 12 October")).to_be_visible()
    assert sorted(reading.value for reading in Reading.objects.of(ada).standing()) == ["3", "6"]


def test_p08_a_tap_that_could_not_be_sent_says_so(open_page: Callable[..., Page], ada: User) -> None:
    with time_machine.travel(WEDNESDAY):
        page = open_page(ada)
        Measure.keep(ada, WEDNESDAY, name=NAME, kind="scale").pin(WEDNESDAY)
        page.goto("/today/")
        page.route("**/readings/", lambda route: route.abort())
        page.locator("#noticing").get_by_role("button", name="4", exact=True).click()
        expect(page.locator("#noticing").get_by_text("Not kept yet.")).to_be_visible()
        page.unroute("**/readings/")
        page.locator("#noticing").get_by_role("button", name="4", exact=True).click()
        expect(page.locator("#noticing h2")).to_be_focused()
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("#say")).to_have_text("Taken back.")
        expect(page.locator("#noticing").get_by_role("button", name="4", exact=True)).to_be_visible()
        open_page.trouble.clear()  # type: ignore[attr-defined]
    assert Reading.objects.of(ada).standing().count() == 0


def test_p08_with_counts_out_of_sight_the_shape_stays(open_page: Callable[..., Page], ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(counts_hidden=True)
    measure = Measure.keep(ada, WEDNESDAY, name=NAME, kind="number")
    for week in range(5):
        Reading.keep(measure, WEDNESDAY, value=f"{7341 + week}.5", local_date=WEDNESDAY.date() - timedelta(weeks=week))
    with time_machine.travel(WEDNESDAY):
        page = open_page(ada)
        for address in ("/measures/", f"/measures/{measure.pk}/"):
            page.goto(address)
            expect(page.locator("svg path.line")).to_have_count(1)
            assert not any(f"{7341 + week}.5" in page.locator("main").inner_text() for week in range(5))
            assert not any(f"{7341 + week}.5" in page.locator("main").aria_snapshot() for week in range(5))
