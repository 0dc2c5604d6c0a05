"""What else the pages of letters do in a real browser: a daily line, a rest, a silence, a device in another zone."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.days import local_date
from accounts.models import User
from journal.models import Entry, Milestone
from reminders import tokens
from reminders.letters import year_before
from reminders.models import Delivery, Schedule, Silence, ZoneNotice
from reminders.models.delivery import Reason, State
from tests import make
from tests.browser.test_axe import WIDTHS, every_look, in_every_look
from tests.browser.test_letters import troubles_here

pytestmark = pytest.mark.browser
PAGE, HISTORY = "/settings/reminders/", "/settings/reminders/history/"
SUNDAY = date(2026, 11, 22)


@pytest.fixture
def agreed(ada: User) -> Schedule:
    schedule = Schedule.weekly(ada)
    schedule.change(timezone.now(), active=True)
    return schedule


@pytest.fixture
def day_address(ada: User) -> str:
    monday = SUNDAY - timedelta(days=6)
    token, link = tokens.new_link(ada, "daily", timezone.now(), monday=monday, day=SUNDAY)
    link.save(force_insert=True)
    return f"/w/{token}/"


def test_the_daily_letter_is_found_under_the_others(ada_page: Page, ada: User) -> None:
    ada_page.goto(PAGE)
    ada_page.locator("summary", has_text="Other letters").click()
    ada_page.get_by_label("One quiet line, when you choose").check()
    expect(ada_page.locator("#preview h3")).to_have_text("One line, if you like")
    ada_page.get_by_label("Each day at").fill("06:45")
    ada_page.get_by_label("Let no subject line say").check()
    expect(ada_page.locator("#preview h3")).to_have_text("A letter for you")
    expect(ada_page.locator("#preview time")).to_contain_text("06:45")
    assert Schedule.objects.count() == 0
    ada_page.get_by_role("button", name="Keep these").click()
    expect(ada_page.get_by_text("Kept.")).to_be_visible()
    expect(ada_page.get_by_label("One quiet line, when you choose")).to_be_visible()
    daily = Schedule.objects.get(owner=ada, kind="daily")
    assert (daily.active, daily.local_time.isoformat("minutes")) == (True, "06:45")


OTHERS = {
    "One small step, where one waits": ("On such days at", "One small step, if today has room", "step"),
    "The month, looking back": ("On the first at", "The month, looking back", "month"),
    "A page from a year ago": ("On such a day at", "A page from a year ago", "year"),
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without one"])
def test_each_other_letter_is_switched_on_by_hand(
    script: bool, width: str, open_page: Callable[..., Page], ada: User
) -> None:
    now = timezone.now()
    Milestone.keep(ada, now, title="The long one", step="Open the drawer")
    make.entry(ada, on=year_before(local_date(ada, now) + timedelta(days=1)))
    page = open_page(ada, java_script_enabled=script, viewport={"width": WIDTHS[width], "height": 850})
    for name, (at, subject, kind) in OTHERS.items():
        page.goto(PAGE)
        page.locator("summary", has_text="Other letters").click()
        page.get_by_label(name).check()
        page.get_by_label(at, exact=True).fill("06:45")
        if script:
            expect(page.locator("#preview h3")).to_have_text(subject)
            expect(page.locator("#preview time")).to_contain_text("06:45")
        page.get_by_role("button", name="Keep these").click()
        expect(page.get_by_text("Kept.")).to_be_visible()
        expect(page.locator("#preview h3")).to_have_text(subject)
        # axe is a script, too.
        assert not script or troubles_here(page, WIDTHS[width]) == []
        kept = Schedule.objects.get(owner=ada, kind=kind)
        assert (kept.active, kept.local_time.isoformat("minutes")) == (True, "06:45")
        page.get_by_label(name).uncheck()
        page.get_by_role("button", name="Keep these").click()
        expect(page.get_by_text("None, until you say so.")).to_be_visible()
    assert Schedule.objects.filter(active=True).count() == 0


def test_letters_rest_in_place_and_the_rest_ends_in_place(ada_page: Page, agreed: Schedule) -> None:
    ada_page.goto(PAGE)
    before = ada_page.locator("#preview time").get_attribute("datetime")
    ada_page.get_by_role("button", name="Rest for four weeks").click()
    expect(ada_page.locator("#rest p")).to_contain_text("Letters rest until")
    expect(ada_page.locator("#rest p")).to_be_focused()
    assert ada_page.locator("#preview time").get_attribute("datetime") != before
    ada_page.get_by_role("button", name="End the rest").press("Enter")
    expect(ada_page.locator("#rest p").first).to_have_text("Letters come again.")
    expect(ada_page.locator("#rest p").first).to_be_focused()
    assert ada_page.locator("#preview time").get_attribute("datetime") == before


def test_a_rest_until_no_day_is_answered_where_it_was_asked(ada_page: Page, agreed: Schedule) -> None:
    ada_page.goto(PAGE)
    ada_page.get_by_role("button", name="Rest until then").click()
    expect(ada_page.get_by_role("alert")).to_have_text("A day that is still to come, please.")
    expect(ada_page.get_by_role("alert")).to_be_focused()
    expect(ada_page.get_by_label("Or until")).to_have_attribute("aria-invalid", "true")


def test_a_rest_works_without_a_script(open_page: Callable[..., Page], ada: User, agreed: Schedule) -> None:
    page = open_page(ada, java_script_enabled=False)
    page.goto(PAGE)
    page.get_by_label("Or until").fill("2099-01-31")
    page.get_by_role("button", name="Rest until then").click()
    expect(page.locator("#rest p")).to_have_text("Letters rest until Saturday 31 January 2099.")
    page.get_by_role("button", name="End the rest").click()
    expect(page.get_by_text("Letters come again.")).to_be_visible()
    expect(page.get_by_role("button", name="For one week")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without one"])
def test_one_press_ends_a_silence(script: bool, open_page: Callable[..., Page], ada: User, agreed: Schedule) -> None:
    Silence.begin(ada.pk, Silence.Why.UNANSWERED, timezone.now())
    page = open_page(ada, java_script_enabled=script)
    page.goto(PAGE)
    expect(page.locator("#preview")).to_contain_text("None, while letters are quiet.")
    page.get_by_role("button", name="Have letters again").click()
    expect(page.get_by_text("Letters come again.")).to_be_visible()
    expect(page.locator("#preview time")).to_be_visible()
    assert Silence.objects.count() == 0


# Another zone


@pytest.fixture
def travelling(open_page: Callable[..., Page], ada: User, agreed: Schedule) -> Page:
    page = open_page(ada, timezone_id="America/New_York")
    page.goto("/today/")
    return page


def test_a_device_elsewhere_is_asked_once_and_typed_words_stay(travelling: Page, ada: User) -> None:
    question = travelling.get_by_role("heading", name="Your clock seems to be in New York now. Move your letters?")
    expect(question).to_be_visible()
    expect(travelling.locator("#say")).to_have_text("Your clock seems to be in New York now. Move your letters?")
    travelling.get_by_label("What did you do").fill("Packed without lists.")
    travelling.get_by_role("button", name="Leave them where they are").click()
    expect(travelling.locator("#zone-notice")).to_have_text("They stay where they are.")
    expect(travelling.locator("#zone-notice")).to_be_focused()
    expect(travelling.get_by_label("What did you do")).to_have_value("Packed without lists.")
    assert [row.zone for row in ZoneNotice.objects.filter(owner=ada)] == ["America/New_York"]
    with travelling.expect_response("**/zone/notice/**") as answer:
        travelling.goto(PAGE)
    assert answer.value.status == 204
    expect(question).to_be_hidden()


def test_letters_move_along_from_today(travelling: Page, ada: User) -> None:
    travelling.get_by_role("button", name="Move them").click()
    expect(travelling.locator("#zone-notice")).to_have_text("Your days and letters go by the clocks in New York now.")
    ada.refresh_from_db()
    assert ada.time_zone == "America/New_York"


def test_letters_move_along_from_their_own_page(travelling: Page) -> None:
    travelling.goto(PAGE)
    travelling.get_by_role("button", name="Move them").click()
    expect(travelling.get_by_text("Your days and letters go by the clocks in New York now.")).to_be_visible()
    expect(travelling.get_by_label("Your time zone")).to_have_value("America/New_York")
    expect(travelling.locator("#preview")).to_contain_text("by the clocks in New York")


def test_the_same_place_by_an_older_name_is_not_asked_about(open_page: Callable[..., Page], ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(time_zone="Asia/Kolkata")
    page = open_page(ada, timezone_id="Asia/Calcutta")
    page.goto("/today/")
    page.wait_for_load_state("networkidle")
    expect(page.locator("#zone-notice")).to_be_hidden()


# The line of a day


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without one"])
def test_a_line_is_kept_from_a_stranger_device(
    script: bool, open_page: Callable[..., Page], ada: User, day_address: str
) -> None:
    page = open_page(java_script_enabled=script)
    page.goto(day_address)
    expect(page.locator(".bead")).to_have_css("opacity", "0")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_role("alert")).to_have_text("One word is enough. A blank line can’t be kept.")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("What did you do").fill("Called the bank.")
    expect(page.locator(".bead")).to_have_css("opacity", "1")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kept.")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.locator(".bead")).to_have_css("opacity", "1")
    [entry] = Entry.objects.of(ada)
    assert (entry.kind, entry.body, entry.local_date) == ("win", "Called the bank.", SUNDAY)


# Every page, in both themes and both widths


def letters_of_every_kind(user: User) -> None:
    now = timezone.now()
    for days, (kind, state, reason) in enumerate(
        [("weekly", State.SENT, ""), ("daily", State.SKIPPED, Reason.LATE), ("month", State.UNSURE, "")]
    ):
        due = now - timedelta(days=days)
        at = {"slot": due.date(), "due_at": due, "not_before": due, "schedule_version": 1}
        Delivery.objects.create(owner=user, kind=kind, state=state, reason=reason, **at)


def test_axe_finds_nothing(open_page: Callable[..., Page], ada: User, agreed: Schedule, day_address: str) -> None:
    daily = Schedule.one(ada, "daily")
    daily.change(timezone.now(), active=True)
    letters_of_every_kind(ada)
    page = open_page(ada, timezone_id="Asia/Tokyo")
    pages = [
        PAGE,
        HISTORY,
        day_address,
        f"{day_address}kept/?n=1",
        f"/u/{daily.stop_token}/",
        "/letters/sample/?kind=daily",
    ]
    assert in_every_look(page, pages) == []
    page.goto(PAGE)
    expect(page.locator("#zone-notice")).to_be_visible()
    page.get_by_role("button", name="Rest until then").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert every_look(page, "where letters rest") == []
    page.goto("/today/")
    expect(page.locator("#zone-notice")).to_be_visible()
    assert every_look(page, "where a zone is asked about") == []
    for why in Silence.Why.values:
        Silence.begin(ada.pk, why, timezone.now())
        assert in_every_look(page, [PAGE, HISTORY, "/today/"]) == []
    Silence.end(ada, timezone.now())
    Schedule.objects.rest(ada, date(2099, 1, 31), timezone.now())
    assert in_every_look(page, [PAGE, HISTORY]) == []
