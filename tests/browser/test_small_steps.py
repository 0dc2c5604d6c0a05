"""One small step by hand: permission, experiment, smaller, the rest folded, five minutes; a month later it is found."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Beginning, Entry, Step
from tests import make

pytestmark = pytest.mark.browser
MONTH = timedelta(days=31)


def kept(owner: User, count: int) -> None:
    now = timezone.now() - timedelta(days=1)
    for number in range(count):
        make.entry(owner, f"Line {number}.", now=now)


def write(page: Page, title: str, permission: str = "", experiment: bool = False) -> None:
    """From More ways to write, as somebody who never did."""
    page.goto("/steps/")
    page.get_by_label("Something small enough for a bad day").fill(title)
    page.get_by_text("With a permission").click()
    page.get_by_label("Permission, in your own words").fill(permission)
    if experiment:
        page.get_by_text("An experiment: for the trying itself").click()
    page.get_by_role("button", name="Keep this").click()
    page.wait_for_url("**/today/")


@pytest.mark.parametrize("script", [True, False])
def test_p03_a_small_imperfect_action_with_permission_to_fail(
    open_page: Callable[..., Page], ada: User, script: bool
) -> None:
    kept(ada, 5)
    page = open_page(ada, java_script_enabled=script)
    page.goto("/today/")
    page.get_by_text("Write one").click()
    page.get_by_label("Something small enough for a bad day").fill("Cook the custard badly")
    page.get_by_text("With a permission").click()
    page.get_by_label("Permission, in your own words").fill("It may wobble.")
    page.get_by_text("An experiment: for the trying itself").click()
    page.locator("#small-step").get_by_role("button", name="Keep this").click()
    card = page.locator("#small-step")
    expect(card).to_contain_text("You wrote beforehand: It may wobble.")
    expect(card.get_by_role("button", name="I did it")).to_have_count(0)
    card.get_by_role("button", name="I tried").click()
    page.get_by_label("What was it like?").fill("It wobbled. I liked it.")
    with page.expect_response("**/completion/"):
        page.locator("form:has(#like)").get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("It wobbled. I liked it." if not script else "Kept.").first).to_be_visible()
    with time_machine.travel(timezone.now() + MONTH):
        later = open_page(ada, java_script_enabled=script)
        later.goto("/entries/")
        expect(later.get_by_text("It wobbled. I liked it.")).to_be_visible()
        later.goto("/steps/")
        told = later.locator(".step-list")
        expect(told).to_contain_text("Cook the custard badly")
        expect(told).to_contain_text("I tried")
        expect(told).to_contain_text("It wobbled. I liked it.")


@pytest.mark.parametrize("script", [True, False])
def test_p13_one_step_at_a_time_and_the_rest_is_folded_never_locked(
    open_page: Callable[..., Page], ada: User, script: bool
) -> None:
    kept(ada, 1)
    page = open_page(ada, java_script_enabled=script)
    for title in ("Find the number", "Ring the landlord", "Write to Lina"):
        write(page, title)
    card = page.locator("#small-step")
    expect(card.locator(".lead")).to_have_text("Write to Lina")
    expect(card.get_by_role("link", name="Find the number")).to_be_hidden()
    card.get_by_text("The other steps").click()
    card.get_by_role("link", name="Find the number").click()
    page.get_by_role("button", name="This one first, on Today").click()
    expect(card.locator(".lead")).to_have_text("Find the number")
    card.get_by_role("button", name="Not today").click()
    expect(card).to_contain_text("It will keep.")
    expect(card.locator(".lead")).to_have_count(0)
    page.goto("/today/")
    expect(card).to_have_count(0)
    with time_machine.travel(timezone.now() + MONTH):
        later = open_page(ada, java_script_enabled=script)
        later.goto("/today/")
        expect(later.locator("#small-step .lead")).to_have_text("Find the number")


@pytest.mark.parametrize("script", [True, False])
def test_p10_a_step_on_today_is_made_smaller(open_page: Callable[..., Page], ada: User, script: bool) -> None:
    kept(ada, 1)
    page = open_page(ada, java_script_enabled=script)
    write(page, "Ring the landlord")
    page.locator("#small-step").get_by_text("Make it smaller").click()
    page.get_by_label("A smaller one, to go first").fill("Find the number")
    page.get_by_role("button", name="Keep it so").click()
    expect(page.locator("#small-step .lead")).to_have_text("Find the number")
    assert [step.title for step in Step.objects.of(ada).on_the_way()] == ["Find the number", "Ring the landlord"]


@pytest.mark.parametrize("script", [True, False])
def test_p15_begin_before_being_ready(open_page: Callable[..., Page], ada: User, script: bool) -> None:
    kept(ada, 1)
    page = open_page(ada, java_script_enabled=script)
    write(page, "Ring the landlord")
    page.get_by_role("button", name="Begin anyway").click()
    expect(page.get_by_text("The five minutes last until")).to_be_visible()
    expect(page.locator("#left")).to_contain_text("Minutes left: 5" if script else "Leave this page open, or close it.")
    Beginning.objects.update(created_at=timezone.now() - timedelta(minutes=5))
    page.reload()
    expect(page.locator("#left")).to_contain_text("The five minutes are over.")
    page.get_by_role("button", name="End here").click()
    expect(page.get_by_role("heading", name="Begun")).to_be_visible()
    assert ("began", "Ring the landlord") in [(one.deed, one.body) for one in Entry.objects.of(ada)]
    with time_machine.travel(timezone.now() + MONTH):
        later = open_page(ada, java_script_enabled=script)
        later.goto("/entries/")
        told = later.locator(".entry").filter(has_text="Began")
        expect(told).to_contain_text("Ring the landlord")


@pytest.mark.parametrize("script", [True, False])
def test_all_steps_are_reached_and_one_taken_back_is_put_back(
    open_page: Callable[..., Page], ada: User, script: bool
) -> None:
    now = timezone.now()
    Step.objects.bulk_create(
        Step(owner=ada, title=f"Step {number}.", chosen_at=now - timedelta(minutes=number)) for number in range(61)
    )
    page = open_page(ada, java_script_enabled=script)
    page.goto("/steps/")
    page.get_by_role("link", name="Show more").click()
    last = page.get_by_role("link", name="Step 60.")
    expect(last).to_be_visible()
    expect(page.get_by_role("link", name="Step 0.")).to_have_count(1 if script else 0)
    if script:
        expect(last).to_be_focused()
    last.click()
    page.get_by_role("button", name="Take this back").click()
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Step 60.")
