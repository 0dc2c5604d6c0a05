"""P1 and P9 to P12 by hand, as somebody new would do them, and found again a month later."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Entry, Milestone
from tests import make

pytestmark = pytest.mark.browser
Opened = Callable[..., Page]
FIRST = "One thing I’m proud of"
both = pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])


@contextmanager
def a_month_later(open_page: Opened, user: User) -> Iterator[Page]:
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=True):
        yield open_page(user)


def menu(owner: User) -> Milestone:
    return Milestone.keep(owner, timezone.now(), title="A supper menu", good_enough="Ten dishes.", step="Cook all ten")


@both
def test_p01_three_things_of_a_week(script: bool, ada: User, open_page: Opened) -> None:
    make.entry(ada, "Rang the dentist.", now=timezone.now())
    page = open_page(ada, java_script_enabled=script)
    page.goto("/today/")
    page.get_by_label("Something I’m proud of this week").fill("I asked for help.")
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("link", name="This week", exact=True).click()
    expect(page.get_by_role("textbox", name=FIRST, exact=True)).to_have_value("I asked for help.")
    page.get_by_role("button", name="Rang the dentist.").click()
    expect(page.get_by_role("textbox", name="Another, if it comes", exact=True)).to_have_value("Rang the dentist.")
    expect(page.locator("#proud .branch use")).to_have_count(3)
    week = page.url
    with a_month_later(open_page, ada) as later:
        later.goto(week)
        expect(later.get_by_role("textbox", name=FIRST, exact=True)).to_have_value("I asked for help.")
        expect(later.locator("#proud .branch use")).to_have_count(3)
        later.locator(".neighbours a[href^='/months/']").click()
        expect(later.get_by_role("heading", name="Proud things")).to_be_visible()
        expect(later.locator(".margin")).to_contain_text("Rang the dentist.")


@both
def test_p09_a_longer_look_is_taken_up_again_and_found(script: bool, ada: User, open_page: Opened) -> None:
    make.entry(ada, "Named before.", kind=Entry.Kind.PROUD, on=timezone.now().date() - timedelta(days=9))
    page = open_page(ada, java_script_enabled=script)
    page.goto("/weeks/")
    page.get_by_text("A longer look").click()
    page.get_by_label("One small step").fill("Ring the dentist")
    page.get_by_role("button", name="Keep this", exact=True).click()
    expect(page.locator("#longer")).to_contain_text("Ring the dentist")
    # Later in the week it lies open where it was left.
    page.goto("/weeks/")
    page.get_by_role("textbox", name="What are you taking with you?").fill("Ask on the first evening.")
    page.get_by_role("button", name="Keep this", exact=True).click()
    expect(page.get_by_role("textbox", name="What are you taking with you?")).to_have_value("Ask on the first evening.")
    week = page.url
    page.locator(".neighbours a[href^='/months/']").click()
    month = page.url
    page.get_by_role("textbox", name=", in your own words").fill("I stopped apologising for the soup.")
    page.get_by_role("button", name="Keep ").click()
    with a_month_later(open_page, ada) as later:
        later.goto(week)
        expect(later.locator("#longer")).to_contain_text("Ring the dentist")
        later.goto(month)
        expect(later.get_by_role("textbox", name=", in your own words")).to_have_value(
            "I stopped apologising for the soup."
        )
        expect(later.locator(".margin")).to_contain_text("Ask on the first evening.")
        later.locator(".crumb a").click()
        expect(later.locator(".its-months")).to_contain_text("I stopped apologising for the soup.")


@both
def test_p10_smaller_another_way_and_put_aside(script: bool, ada: User, open_page: Opened) -> None:
    milestone = menu(ada)
    page = open_page(ada, java_script_enabled=script)
    page.goto(f"/milestones/{milestone.pk}/")
    page.get_by_text("Make it smaller, or change it").click()
    page.get_by_label("A smaller one, to go first").fill("Choose two")
    page.get_by_role("button", name="Make it smaller").click()
    expect(page.locator("li.next .step-title")).to_have_text("Choose two")
    page.locator("li.later summary").click()
    page.locator("li.later").get_by_label("Another way").fill("Let Lina cook one")
    page.get_by_role("button", name="Try another way").locator("visible=true").click()
    expect(page.locator(".stones")).to_contain_text("Let Lina cook one")
    expect(page.locator(".stones")).not_to_contain_text("Cook all ten")
    page.get_by_text("Look longer").click()
    page.get_by_label("One small thing, and when").fill("Soup, on Friday")
    page.get_by_role("button", name="Keep it, and make the last line a step").click()
    expect(page.locator(".stones")).to_contain_text("Soup, on Friday")
    page.get_by_role("button", name="Set it down for a while").click()
    expect(page.get_by_role("link", name="A supper menu")).to_be_hidden()
    with a_month_later(open_page, ada) as later:
        later.goto("/milestones/")
        later.get_by_text("Set down for a while").click()
        later.get_by_role("link", name="A supper menu").click()
        later.get_by_role("button", name="Take it up again").click()
        expect(later.locator("li.next .step-title")).to_have_text("Choose two")
        later.get_by_text("Ways tried before").click()
        expect(later.locator(".left")).to_contain_text("Cook all ten")
        later.get_by_role("button", name="Back to this one").click()
        expect(later.locator(".stones")).to_contain_text("Cook all ten")


@both
def test_p11_good_enough_is_made_smaller_unasked_and_larger_with_a_reason(
    script: bool, ada: User, open_page: Opened
) -> None:
    milestone = menu(ada)
    page = open_page(ada, java_script_enabled=script)
    page.goto(f"/milestones/{milestone.pk}/")
    box = page.locator(".enough-box")
    box.get_by_text("Make it smaller, or say it in other words").click()
    expect(box.get_by_label("What makes it larger now?")).to_be_hidden()
    box.locator("#id_good_enough").fill("Five dishes.")
    box.get_by_role("button", name="Draw the line here").locator("visible=true").click()
    expect(box).to_contain_text("Five dishes.")
    box.get_by_text("Make it larger", exact=True).click()
    box.locator("#id_larger").fill("Six dishes.")
    box.get_by_label("What makes it larger now?").fill("Lina wants a dessert.")
    box.get_by_role("button", name="Draw the line here").locator("visible=true").click()
    page.get_by_text("The standard behind it").click()
    page.get_by_label("Where does it stop?").fill("At the garnish.")
    page.locator("#standard").get_by_role("button", name="Keep this").click()
    with a_month_later(open_page, ada) as later:
        later.goto(f"/milestones/{milestone.pk}/")
        expect(later.locator(".enough-box")).to_contain_text("Why it grew: Lina wants a dessert.")
        expect(later.locator("#standard")).to_contain_text("At the garnish.")
        later.get_by_text("Where it was before").click()
        for words in ("Five dishes.", "Ten dishes."):
            expect(later.locator(".earlier").get_by_text(words)).to_be_visible()


@both
def test_p12_the_way_is_celebrated_and_fits_on_a_card(script: bool, ada: User, open_page: Opened) -> None:
    milestone = menu(ada)
    page = open_page(ada, java_script_enabled=script)
    page.goto(f"/milestones/{milestone.pk}/")
    page.get_by_role("button", name="I tried").click()
    expect(page.locator(".moment")).to_have_text("The step to good enough is done.")
    page.get_by_role("button", name="It’s good enough now").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("That’s all of it.")
    page.get_by_label("A line to remember it by").fill("Lina brought the bread.")
    page.get_by_role("button", name="Let it rest here").click()
    expect(page.get_by_role("heading", name="Reached, and resting")).to_be_visible()
    with a_month_later(open_page, ada) as later:
        later.goto("/milestones/")
        later.get_by_role("link", name="A supper menu").click()
        later.get_by_role("link", name="A card of it, for paper").click()
        expect(later.get_by_role("article")).to_contain_text("Lina brought the bread.")
        expect(later.get_by_role("article")).to_contain_text("Cook all ten")
        later.emulate_media(media="print")
        expect(later.locator(".card__art")).to_be_visible()
        expect(later.get_by_role("link", name="Back to the milestone")).to_be_hidden()
        later.emulate_media(media="screen")
        later.goto("/milestones/new/")
        expect(later.get_by_role("heading", name="Before you set out again")).to_be_visible()
