"""Milestones by hand: stones, the gold line, the quiet page, with and without a script."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Entry, Milestone, Step
from tests import make

pytestmark = pytest.mark.browser


def menu(owner: User) -> Milestone:
    now = timezone.now() - timedelta(days=20)
    milestone = Milestone.keep(owner, now, title="A supper menu", why="To cook.", good_enough="Five dishes.")
    for title in ("Ten dishes, in pencil", "Cook one of them", "Ask two friends"):
        Step.keep(milestone, title=title)
    Step.keep(milestone, title="Write the recipes down", beyond=True)
    milestone.steps.first().complete("tried", now)
    make.entry(owner, "Tried the custard.", milestone=milestone)
    return milestone


@pytest.mark.parametrize("script", [True, False])
def test_from_nothing_to_good_enough(open_page: Callable[..., Page], ada: User, script: bool) -> None:
    page = open_page(ada, java_script_enabled=script)
    page.goto("/milestones/")
    page.get_by_label("What would you like to reach?").fill("Home by eleven")
    page.get_by_label("Good enough looks like…").fill("Three nights in a week.")
    page.get_by_label("The first step").fill("Look at the rota")
    page.get_by_role("button", name="Begin, imperfectly").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Home by eleven")
    page.get_by_label("Another step").fill("Hand the last tickets over")
    page.get_by_role("button", name="Add it").click()
    expect(page.locator(".stones")).to_contain_text("Hand the last tickets over")
    if script:
        expect(page.get_by_label("Another step")).to_be_focused()
    page.get_by_role("button", name="Mark as done: Look at the rota").click()
    expect(page.get_by_role("button", name="Done: Look at the rota", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_role("button", name="I tried").click()
    expect(page.locator("#st-sum")).to_have_text("All two steps to good enough are done.")
    page.get_by_role("button", name="It’s good enough now").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Good enough.")
    page.get_by_label("A line to remember it by").fill("Karim took the tickets.")
    page.get_by_role("button", name="Let it rest here").click()
    expect(page.get_by_role("heading", name="Reached, and resting")).to_be_visible()
    assert Entry.objects.of(ada).get().body == "Karim took the tickets."


def test_a_stone_keeps_the_focus_and_says_what_it_was(ada_page: Page, ada: User) -> None:
    milestone = menu(ada)
    ada_page.goto(f"/milestones/{milestone.pk}/")
    stone = ada_page.get_by_role("button", name="Mark as done: Cook one of them")
    id = stone.get_attribute("id")
    stone.focus()
    ada_page.keyboard.press("Enter")
    expect(ada_page.locator("#say")).to_have_text("Done.")
    expect(ada_page.locator(f"#{id}")).to_be_focused()
    expect(ada_page.locator("li.next")).to_contain_text("Ask two friends")
    ada_page.get_by_role("button", name="Not today").press("Enter")
    expect(ada_page.get_by_role("button", name="Mark as done: Ask two friends")).to_be_focused()
    ada_page.get_by_role("button", name="Mark as done: Ask two friends").click()
    expect(ada_page.locator("#say")).to_have_text("Done. That was the last step to good enough.")
    expect(ada_page.locator("#st-sum")).to_have_text("All three steps to good enough are done.")


def test_a_step_is_added_without_leaving_the_box(ada_page: Page, ada: User) -> None:
    milestone = menu(ada)
    ada_page.goto(f"/milestones/{milestone.pk}/")
    for title in ("Buy candles", "Borrow chairs"):
        ada_page.keyboard.type(title) if ada_page.locator("#ns:focus").count() else ada_page.locator("#ns").fill(title)
        ada_page.locator("#ns").press("Enter")
        expect(ada_page.locator(".stones")).to_contain_text(title)
        expect(ada_page.locator("#ns")).to_have_value("")
    expect(ada_page.locator("#ns")).to_be_focused()
    assert [step.title for step in milestone.steps.filter(beyond=False)][-2:] == ["Buy candles", "Borrow chairs"]


def test_a_step_that_could_not_be_sent_stays_in_its_box(
    ada_page: Page, ada: User, open_page: Callable[..., Page]
) -> None:
    milestone = menu(ada)
    ada_page.goto(f"/milestones/{milestone.pk}/")
    ada_page.route("**/steps/", lambda route: route.abort())
    ada_page.locator("#ns").fill("Buy candles")
    ada_page.keyboard.press("Enter")
    expect(ada_page.get_by_text("Not kept yet. Your words are still in the box.")).to_be_visible()
    expect(ada_page.locator("#ns")).to_have_value("Buy candles")
    open_page.trouble.clear()  # type: ignore[attr-defined]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_everything_unfolded_stays_on_the_page_and_can_be_touched(
    open_page: Callable[..., Page], ada: User, width: int, scheme: str
) -> None:
    page = open_page(ada, viewport={"width": width, "height": 900}, color_scheme=scheme)
    milestone = menu(ada)
    milestone.draw_line("Three dishes.", timezone.now())
    page.goto(f"/milestones/{milestone.pk}/")
    for fold in page.query_selector_all("main details"):
        fold.evaluate("fold => { fold.open = true }")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = """[...document.querySelectorAll("main button, main summary, main .input, main textarea")]
        .filter(one => one.getBoundingClientRect().height < 43.5).map(one => one.outerHTML.slice(0, 80))"""
    assert page.evaluate(small) == []


@pytest.mark.parametrize("script", [True, False])
def test_a_milestone_that_was_a_mistake_is_taken_back_and_put_back(
    open_page: Callable[..., Page], ada: User, script: bool
) -> None:
    milestone = menu(ada)
    page = open_page(ada, java_script_enabled=script)
    page.goto(f"/milestones/{milestone.pk}/")
    page.get_by_role("button", name="Take this back").click()
    expect(page.get_by_role("main")).not_to_contain_text("Five dishes.")
    put_back = page.get_by_role("button", name="Put it back : A supper menu")
    expect(put_back).to_be_focused()
    put_back.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A supper menu")
    expect(page.locator(".stones")).to_contain_text("Ask two friends")
