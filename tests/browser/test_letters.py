"""Letters in a real browser: the preview, the offer, the pages behind a letter's links; with a script and without."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Entry
from reminders import tokens
from reminders.letters import asked_monday
from reminders.models import Schedule
from tests import make
from tests.browser.test_axe import every_look, in_every_look, seen

pytestmark = pytest.mark.browser
PAGE = "/settings/reminders/"
SUNDAY = date(2026, 11, 22)


@pytest.fixture
def answer_address(ada: User) -> str:
    token, link = tokens.new_link(ada, "weekly", timezone.now(), monday=asked_monday(SUNDAY))
    link.save(force_insert=True)
    return f"/w/{token}/"


@pytest.fixture
def stop_address(ada: User) -> str:
    schedule = Schedule.weekly(ada)
    schedule.change(timezone.now(), active=True)
    return f"/u/{schedule.stop_token}/"


def test_the_preview_follows_the_form_and_keeps_nothing(ada_page: Page, ada: User) -> None:
    ada_page.goto(PAGE)
    expect(ada_page.locator("#preview")).to_contain_text("None, until you say so.")
    with ada_page.expect_request(lambda request: "local_time=" in request.url) as asked:
        ada_page.get_by_label("Ask me for three things").check()
    # An address is written down by proxies: what proves that a form is ours has no place in it.
    assert "csrf" not in asked.value.url
    ada_page.locator("label", has_text="Wednesday").click()
    ada_page.get_by_label("Your time zone").select_option("America/New_York")
    expect(ada_page.locator("#preview")).to_contain_text("by the clocks in New York")
    expect(ada_page.locator("#preview time")).to_contain_text(re.compile(r"Wednesday \d+ \w+, 18:00"))
    assert not Schedule.objects.filter(active=True).exists()
    ada_page.get_by_role("button", name="Keep these").click()
    expect(ada_page.get_by_text("Kept.")).to_be_visible()
    schedule = Schedule.objects.get(owner=ada)
    assert (schedule.active, schedule.weekday) == (True, 2)
    ada.refresh_from_db()
    assert ada.time_zone == "America/New_York"


def test_the_letters_page_works_without_a_script(open_page: Callable[..., Page], ada: User) -> None:
    page = open_page(ada, java_script_enabled=False)
    page.goto(PAGE)
    page.get_by_label("Ask me for three things").check()
    page.locator("label", has_text="Saturday").click()
    page.get_by_label("At", exact=True).fill("04:00")
    page.locator("form.form").evaluate("form => { form.noValidate = true }")
    page.get_by_role("button", name="Keep these").click()
    expect(page.get_by_text("Letters come between 5:00 and 22:30.")).to_be_visible()
    expect(page.get_by_label("Ask me for three things")).to_be_checked()
    page.get_by_label("At", exact=True).fill("08:15")
    page.get_by_role("button", name="Keep these").click()
    expect(page.locator("#preview time")).to_contain_text("08:15")
    assert Schedule.objects.get(owner=ada).weekday == 5


def test_the_offer_is_answered_in_place_and_can_be_taken_back(ada_page: Page, ada: User) -> None:
    make.entry(ada, now=timezone.now())
    ada_page.goto("/today/")
    ada_page.get_by_role("button", name="I’ll give it a try").click()
    undo = ada_page.locator("#letter-offer").get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    expect(ada_page.locator("#say")).to_have_text("A card asks on Sundays at six.")
    assert Schedule.objects.get(owner=ada).active
    undo.press("Enter")
    expect(ada_page.get_by_role("button", name="Another time")).to_be_visible()
    expect(ada_page.locator("#offer-h")).to_be_focused()
    expect(ada_page.locator("#say")).to_have_text("Taken back.")
    assert not Schedule.objects.get(owner=ada).active


def test_the_offer_works_without_a_script(open_page: Callable[..., Page], ada: User) -> None:
    make.entry(ada, now=timezone.now())
    page = open_page(ada, java_script_enabled=False)
    page.goto("/today/")
    page.get_by_role("button", name="No letters").click()
    expect(page.get_by_text("No letters. They stay under Letters, in the menu.")).to_be_visible()
    page.locator("#letter-offer").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="No letters")).to_be_visible()


def test_today_asks_for_the_clock_and_offers_the_one_at_hand(open_page: Callable[..., Page], ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(time_zone="")
    page = open_page(ada, timezone_id="America/Montevideo")
    page.goto("/today/")
    expect(page.get_by_label("Which clock do you live by?")).to_have_value("America/Montevideo")
    page.get_by_role("button", name="That’s mine").click()
    expect(page.locator("#say")).to_have_text("Your days go by that clock now.")
    ada.refresh_from_db()
    assert ada.time_zone == "America/Montevideo"


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without one"])
def test_a_letter_is_answered_from_a_stranger_device(
    script: bool, open_page: Callable[..., Page], ada: User, answer_address: str
) -> None:
    page = open_page(java_script_enabled=script)
    page.goto(answer_address)
    expect(page.locator(".b1")).to_have_css("opacity", "0")
    page.get_by_label("One thing").fill("I let Karim plate the last forty.")
    expect(page.locator(".b1")).to_have_css("opacity", "1")
    expect(page.locator(".b2")).to_have_css("opacity", "0")
    page.keyboard.press("Tab")
    page.keyboard.type("I went home.")
    page.get_by_role("button", name="Keep these").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kept.")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert page.locator("use[href*=bloom]").count() == 2
    assert page.context.cookies() == []
    page.get_by_role("link", name="Add one more").click()
    expect(page.get_by_label("One thing")).to_have_value("")
    assert sorted(entry.body for entry in Entry.objects.of(ada)) == [
        "I let Karim plate the last forty.",
        "I went home.",
    ]


def test_three_blank_lines_are_answered_where_they_were_left(page: Page, answer_address: str) -> None:
    page.goto(answer_address)
    page.get_by_role("button", name="Keep these").click()
    expect(page.get_by_role("alert")).to_contain_text("One word in one of them is enough.")
    expect(page.get_by_role("alert")).to_be_focused()


def test_going_back_and_sending_again_keeps_once(page: Page, ada: User, answer_address: str) -> None:
    page.goto(answer_address)
    for _ in range(2):
        page.get_by_label("One thing").fill("I rested.")
        page.get_by_role("button", name="Keep these").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Kept.")
        page.go_back()
    assert Entry.objects.of(ada).count() == 1


def test_letters_rest_and_stop_from_their_own_page(page: Page, ada: User, stop_address: str) -> None:
    page.goto(f"{stop_address}#rest")
    page.get_by_role("button", name="For four weeks").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("They rest")
    assert Schedule.objects.get(owner=ada).paused_until
    page.get_by_role("link", name="Choose again").click()
    page.locator("label", has_text="Tuesday").click()
    page.get_by_role("button", name="Move them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("They have moved")
    page.get_by_role("link", name="Choose again").click()
    page.get_by_role("button", name="Stop these letters").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("They have stopped")
    schedule = Schedule.objects.get(owner=ada)
    assert (schedule.active, schedule.weekday) == (False, 1)


def test_the_pages_behind_a_letter_are_for_everybody(
    open_page: Callable[..., Page], answer_address: str, stop_address: str
) -> None:
    page = open_page()
    pages = [answer_address, f"{answer_address}kept/?n=2", "/w/gone/", stop_address, "/letters/sample/"]
    assert in_every_look(page, pages) == []
    page.goto(stop_address)
    page.get_by_role("button", name="Rest until then").click()
    assert every_look(page, "where letters rest") == []
    page.goto(answer_address)
    page.get_by_role("button", name="Keep these").click()
    assert every_look(page, "where lines were kept") == []


def troubles_here(page: Page, width: int) -> list[str]:
    """Of a page that an address does not lead to: the answer to a form."""
    return seen(page, page.url, width)
