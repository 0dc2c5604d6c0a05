"""Was this you? in a real browser, and the switch that lets replies in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from journal import inbox
from journal.models import Entry, Unproven
from reminders.letters import asked_monday
from reminders.models import Overflow, ReplyConsent
from tests.browser.test_axe import in_every_look

pytestmark = pytest.mark.browser
LINES = ["Rang my sister back.", "سامحت نفسي اليوم."]


@pytest.fixture(autouse=True)
def mail_comes_in(settings: Any) -> None:
    settings.INBOUND_DOMAIN = "in.onward.example"


@pytest.fixture
def waiting(ada: User) -> None:
    now = timezone.now()
    inbox.ask_first(ada, [inbox.Line(None, text) for text in LINES], asked_monday(now.date()), now)


@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without one"])
def test_what_came_is_kept_or_let_go(script: bool, open_page: Callable[..., Page], ada: User) -> None:
    page = open_page(ada, java_script_enabled=script)
    page.goto("/today/")
    page.get_by_role("link", name="A reply came in your name. Was this you?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Was this you?")
    expect(page.get_by_text(LINES[1])).to_have_attribute("dir", "auto")
    page.get_by_role("button", name="It was me: keep these").click()
    expect(page.get_by_text("Nothing is waiting for you to say so.")).to_be_visible()
    assert [entry.body for entry in Entry.objects.of(ada).order_by("created_at")] == LINES
    Unproven.keep(ada, ["Not mine."], asked_monday(timezone.now().date()), timezone.now())
    page.goto("/settings/reminders/")
    page.get_by_role("link", name="A reply came in your name. Was this you?").click()
    page.get_by_role("button", name="Let it go").click()
    expect(page.get_by_text("Let go.")).to_be_visible()
    assert Entry.objects.of(ada).count() == 2
    page.get_by_role("button", name="Let it wait again").click()
    expect(page.get_by_text("Not mine.")).to_be_visible()


def test_replying_is_switched_on(ada_page: Page, ada: User) -> None:
    ada_page.goto("/settings/reminders/")
    ada_page.get_by_label("Let me answer by replying").check()
    expect(ada_page.get_by_text("your mail provider keeps a copy of that reply")).to_be_visible()
    ada_page.get_by_role("button", name="Keep these").click()
    expect(ada_page.get_by_label("Let me answer by replying")).to_be_checked()
    assert ReplyConsent.objects.filter(owner=ada).count() == 1


@pytest.mark.usefixtures("waiting")
def test_the_pages_are_for_everybody(open_page: Callable[..., Page], ada: User) -> None:
    page = open_page(ada)
    pages = ["/replies/", "/today/", "/settings/reminders/"]
    assert in_every_look(page, pages) == []
    Unproven.objects.get().let_go(timezone.now())
    Overflow.note(ada, timezone.now())
    pages = ["/replies/", "/settings/reminders/", "/settings/reminders/history/"]
    assert in_every_look(page, pages) == []
    expect(page.get_by_text("more replies came in your name than are taken in at once")).to_be_visible()
