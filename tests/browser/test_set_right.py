"""How a page is set, where a picture alone would show it: the size of a line, a gap, what stands in view."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from journal.models import Kindness, Lesson, Measure, Milestone, Reading
from tests import make

pytestmark = pytest.mark.browser


def size(line: Locator) -> str:
    return str(line.evaluate("line => getComputedStyle(line).fontSize"))


def box(part: Locator) -> dict[str, float]:
    found = part.bounding_box()
    assert found
    return dict(found)


def test_a_hint_in_a_milestone_is_no_larger_than_other_hints(ada: User, ada_page: Page) -> None:
    goal = Milestone.keep(ada, timezone.now(), title="A supper menu", good_enough="Five dishes.")
    ada_page.goto(f"/milestones/{goal.pk}/")
    ada_page.get_by_text("Make it larger", exact=True).click()
    hint = ada_page.get_by_text("It stands beside the line. Blank is fine.")
    expect(hint).to_be_visible()
    assert size(hint) == size(ada_page.get_by_text("Make it smaller whenever you like"))


def test_what_comes_back_on_today_is_said_in_one_size(ada: User, ada_page: Page) -> None:
    now = timezone.now()
    for days in (30, 31, 365):
        ago = now - timedelta(days=days)
        entry = make.entry(ada, f"{days} days ago.", now=ago, on=ago.date())
        Kindness.write(entry, words="You are learning.")
    ada_page.goto("/today/")
    assert size(ada_page.locator("#own-words h2")) == size(ada_page.locator("#otd-h")) == "16px"


@pytest.mark.parametrize("width", [390, 1280])
def test_the_index_has_its_comma_at_the_word(open_page: Callable[..., Page], ada: User, width: int) -> None:
    Lesson.write(make.setback(ada, themes=["ox"]), lesson="It waits.")
    page = open_page(ada, viewport={"width": width, "height": 900})
    page.goto("/lessons/")
    word = page.locator(".back-index").get_by_role("link", name="ox")
    after = """word => {
        const comma = document.createRange(), text = word.closest('b').nextSibling
        comma.setStart(text, 0)
        comma.setEnd(text, 1)
        return comma.getBoundingClientRect().left - word.querySelector('bdi').getBoundingClientRect().right
    }"""
    assert word.evaluate(after) == pytest.approx(0, abs=0.5)
    assert box(word)["height"] >= 44


def test_formats_stand_as_far_apart_behind_the_fold(ada_page: Page) -> None:
    ada_page.goto("/settings/privacy/")
    ada_page.get_by_text("To move on to another program").click()
    first, second = (box(one) for one in ada_page.locator(".others .choice").all()[:2])
    assert second["y"] - first["y"] - first["height"] >= 12


@pytest.mark.parametrize("width", [390, 1280])
def test_what_the_slash_finds_begins_in_view(open_page: Callable[..., Page], ada: User, width: int) -> None:
    for number in range(12):
        make.entry(ada, f"Fed the bees, {number}.")
    page = open_page(ada, viewport={"width": width, "height": 700})
    page.goto("/ways/")
    page.keyboard.press("/")
    page.wait_for_url("**/entries/#id_q")
    expect(page.get_by_label("Find something you wrote")).to_be_focused()
    page.keyboard.type("bees")
    expect(page.get_by_role("main").get_by_text("Twelve things")).to_be_in_viewport()
    assert page.evaluate("scrollY") == 0


def test_measures_stand_apart_from_the_sentence_above_them(ada: User, ada_page: Page) -> None:
    now = timezone.now()
    measure = Measure.keep(ada, now, name="Dishes tried", kind=Measure.Kind.NUMBER)
    for days in range(7, 7 * 60, 7):
        ago = now - timedelta(days=days)
        make.entry(ada, "A line.", now=ago, on=ago.date())
        Reading.keep(measure, ago, value="2", local_date=ago.date())
    ada_page.goto("/look-back/?pattern=weekday")
    pattern, measures = box(ada_page.locator("#pattern")), box(ada_page.locator("#shapes .shapes"))
    assert measures["y"] - pattern["y"] - pattern["height"] >= 17


def test_the_key_of_the_year_is_printed_with_its_colours(ada: User, ada_page: Page) -> None:
    make.entry(ada, "A line.", now=timezone.now(), on=timezone.now().date())
    ada_page.goto("/look-back/")
    ada_page.emulate_media(media="print")
    assert ada_page.locator(".key i").first.evaluate("dot => getComputedStyle(dot).printColorAdjust") == "exact"
