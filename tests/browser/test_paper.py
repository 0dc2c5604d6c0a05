"""On paper: nothing is cut or blank, what is pressed is gone, and what is to be read is there."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import HeavyPage, Milestone, Step, Week
from journal.models.week import iso_name, monday_of
from tests import make

pytestmark = pytest.mark.browser


@pytest.fixture
def paper(open_page: Callable[..., Page], ada: User) -> Callable[[str], Page]:
    def printed(path: str) -> Page:
        page = open_page(ada, color_scheme="dark")
        page.goto(path)
        page.emulate_media(media="print")
        return page

    return printed


def sheets(page: Page) -> int:
    """How many pages its PDF has."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_a_milestones_card_is_one_sheet(paper: Callable[[str], Page], ada: User) -> None:
    now = timezone.now()
    goal = Milestone.keep(ada, now, title="The module essay, handed in", good_enough="Ten pages, one argument.")
    for number in range(8):
        Step.keep(goal, title=f"Step {number}").complete("done", now)
    goal.reach(now, "Handed in at ten to four, margins crooked.")
    card = paper(f"/milestones/{goal.pk}/card/")
    expect(card.get_by_text("Step 7")).to_be_visible()
    assert sheets(card) == 1


def test_a_week_has_its_days_and_what_was_taken_from_it(paper: Callable[[str], Page], ada: User) -> None:
    now = timezone.now() - timedelta(days=7)
    monday = monday_of(now.date())
    Week.name_proud(ada, monday, [(None, "Rang my sister."), (None, "Went home in the rain.")], now)
    Week.take(ada, monday, "Half an hour is enough for a beginning.")
    week = paper(f"/weeks/{iso_name(monday)}/")
    expect(week.locator(".on-paper")).to_contain_text("Half an hour is enough for a beginning.")
    expect(week.locator(".title .dated")).to_be_visible()
    expect(week.locator("nav, .btn, form details").locator("visible=true")).to_have_count(0)
    assert sheets(week) == 1


def test_a_heavy_page_says_whom_to_call(paper: Callable[[str], Page], ada: User) -> None:
    HeavyPage.write(ada, timezone.now(), helps="The bench.", whom="Lena, 0151 2345678.", remember="Mornings since.")
    page = paper("/help/")
    for words in ("The bench.", "Lena, 0151 2345678.", "112"):
        expect(page.get_by_text(words).locator("visible=true").first).to_be_visible()
    own = paper("/help/mine/")
    expect(own.get_by_label("What helps me")).to_have_value("The bench.")
    expect(own.get_by_label("What helps me")).to_be_visible()


@pytest.mark.parametrize("path", ["/entries/", "/look-back/", "/lessons/", "/months/2026-11/", "/years/2026/"])
def test_a_page_is_light_and_has_nothing_to_press(path: str, paper: Callable[[str], Page], ada: User) -> None:
    make.entry(ada, "Opened the letter.", now=timezone.now())
    page = paper(path)
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert max(int(part) for part in re.findall(r"\d+", ink)[:3]) < 90
    expect(page.locator("nav, .btn, form").locator("visible=true")).to_have_count(0)


def test_a_heading_over_what_is_only_pressed_stays_off_the_paper(paper: Callable[[str], Page], ada: User) -> None:
    make.entry(ada, "Served soup.")
    page = paper("/export/")
    expect(page.get_by_text("A copy for you")).to_be_hidden()
    expect(page.get_by_role("heading", name="What is in it")).to_be_visible()
    assert sheets(page) == 1
