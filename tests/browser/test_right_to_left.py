"""A page that runs from right to left, at 390 px: nothing is pushed off it, and an empty box begins at its right."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from accounts.models import User
from journal.models import Matter, Milestone, Step, Treat
from tests import make

pytestmark = pytest.mark.browser
PAGES = [
    *("/today/", "/entries/", "/ways/", "/ways/far/", "/ways/doubt/", "/ways/helping/", "/decisions/new/"),
    *("/meetings/new/", "/then-and-now/", "/measures/", "/measures/new/", "/steps/", "/treats/", "/matters/"),
    *("/kind-words/", "/encouragements/", "/later/", "/help/", "/help/mine/", "/lessons/", "/look-back/"),
    *("/weeks/2026-W47/", "/months/2026-11/", "/years/2026/", "/milestones/", "/milestones/new/", "/entries/removed/"),
]


@pytest.fixture
def turned(open_page: Callable[..., Page], ada: User) -> Callable[[str], Page]:
    page = open_page(ada, viewport={"width": 390, "height": 844})
    page.add_init_script("document.addEventListener('DOMContentLoaded', () => document.documentElement.dir = 'rtl')")

    def turned_(path: str) -> Page:
        page.goto(path)
        return page

    return turned_


def test_no_page_is_wider_than_the_screen(turned: Callable[[str], Page], ada: User) -> None:
    now = timezone.now()
    make.entry(ada, "Opened the letter.", now=now, themes=["bank"])
    make.encouragement(ada, "You stayed with it.", "Lena", now=now)
    Milestone.keep(ada, now, title="A menu", step="Ten dishes")
    Step.keep_alone(ada, now, title="Ring the landlord", matter=Matter.add(ada, text="home")).remove(now)
    Treat.add(ada, text="Tea on the balcony")
    wide = {path: turned(path).evaluate("document.documentElement.scrollWidth") for path in PAGES}
    assert wide == dict.fromkeys(PAGES, 390)


def test_a_box_begins_where_the_page_does_and_runs_as_its_words(turned: Callable[[str], Page]) -> None:
    box = turned("/today/").get_by_label("What did you do, or try, or leave alone today?")
    style = "e => [getComputedStyle(e).direction, getComputedStyle(e).borderRightWidth !== '0px']"
    seen = [box.evaluate(style)]
    for words in ("Opened it.", "فتحت الرسالة.", ""):
        box.fill(words)
        seen.append(box.evaluate(style))
    assert seen == [["rtl", True], ["ltr", False], ["rtl", True], ["rtl", True]]
