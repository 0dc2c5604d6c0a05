"""Today by hand: the gestures, where the focus goes, what is said; with and without a script."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from journal.models import Entry, Lesson
from tests import make

pytestmark = pytest.mark.browser
LINE = "Opened the letter from the bank. Put it down again. Opened it."


def kept(owner: User, *ago: int, **words: Any) -> None:
    for days in ago:
        now = timezone.now() - timedelta(days=days)
        make.entry(owner, words.pop("body", "A line."), now=now, on=now.date(), **words)


def bodies(user: User) -> list[str]:
    return [entry.body or entry.deed for entry in Entry.objects.of(user).order_by("created_at")]


# The first day


@pytest.mark.parametrize("script", [True, False])
def test_a_first_line_and_what_it_brings(open_page: Callable[..., Page], ada: User, script: bool) -> None:
    page = open_page(ada, java_script_enabled=script)
    page.goto("/today/")
    expect(page.get_by_text("You don’t need to be ready.")).to_be_visible()
    expect(page.get_by_role("heading", name="Kept today")).to_be_hidden()
    page.get_by_label("What did you do, or try, or leave alone today?").fill(LINE)
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("#entries .entry")).to_have_count(1)
    expect(page.locator("#entries")).to_contain_text(LINE)
    expect(page.get_by_role("heading", name="Kept today")).to_be_visible()
    expect(page.get_by_text("The page is open.")).to_be_visible()
    expect(page.get_by_role("button", name="Showed up")).to_be_visible()
    expect(page.get_by_role("button", name="I’ll give it a try")).to_be_visible()
    expect(page.locator("#id_body")).to_have_value("")
    assert bodies(ada) == [LINE]


def test_a_first_proud_line_leaves_what_is_being_written_alone(ada_page: Page, ada: User) -> None:
    ada_page.goto("/today/")
    ada_page.locator("#id_body").fill("Half a sentence")
    ada_page.get_by_label("Something I’m proud of this week").fill("I rang her.")
    ada_page.keyboard.press("Enter")
    expect(ada_page.get_by_role("button", name="Showed up")).to_be_visible()
    expect(ada_page.get_by_role("button", name="I’ll give it a try")).to_be_visible()
    expect(ada_page.locator("#id_body")).to_have_value("Half a sentence")
    expect(ada_page.locator("#proud li")).to_have_text(["I rang her."])
    expect(ada_page.get_by_label("One more, if it comes")).to_be_focused()


# Keeping


def test_keeping_stays_in_the_box_and_says_so(ada_page: Page, ada: User) -> None:
    kept(ada, 1)
    ada_page.goto("/today/")
    for number in (1, 2):
        ada_page.locator("#id_body").fill(f"Line {number}.")
        ada_page.get_by_role("button", name="Keep this").click()
        expect(ada_page.locator("#say")).to_have_text("Kept.")
        expect(ada_page.locator("#entries .entry").first).to_contain_text(f"Line {number}.")
        expect(ada_page.locator("#id_body")).to_be_focused()
    expect(ada_page.locator("#entries .entry .text")).to_have_text(["Line 2.", "Line 1."])
    assert ada_page.url.endswith("/today/")


def test_one_tap_keeps_a_deed_and_the_chip_keeps_the_focus(ada_page: Page, ada: User) -> None:
    kept(ada, 1)
    ada_page.goto("/today/")
    ada_page.get_by_role("button", name="Rested").click()
    expect(ada_page.locator("#entries .deed")).to_contain_text("Rested · just now")
    expect(ada_page.locator("#deed-rested")).to_be_focused()
    ada_page.get_by_text("More", exact=True).click()
    ada_page.get_by_role("button", name="It went wrong and I laughed").click()
    expect(ada_page.locator("#entries .deed")).to_have_count(2)
    expect(ada_page.locator("#deed-laughed")).to_be_focused()


def test_the_question_follows_the_kind_without_a_script(open_page: Callable[..., Page], ada: User) -> None:
    kept(ada, 1)
    page = open_page(ada, java_script_enabled=False)
    page.goto("/today/")
    gently = page.get_by_role("button", name="Keep it, and look at it gently")
    expect(gently).to_be_hidden()
    page.get_by_text("Something hard", exact=True).click()
    expect(page.get_by_label("What happened? Plainly, as you’d tell a friend.")).to_be_visible()
    expect(gently).to_be_visible()
    expect(page.get_by_role("button", name="Showed up")).to_be_hidden()
    page.get_by_text("or just write").click()
    expect(page.get_by_label("What’s on your mind?")).to_be_visible()
    expect(gently).to_be_hidden()


@pytest.mark.parametrize("script", [True, False])
def test_something_hard_goes_on_to_its_questions(open_page: Callable[..., Page], ada: User, script: bool) -> None:
    page = open_page(ada, java_script_enabled=script)
    page.goto("/today/")
    page.get_by_text("Something hard", exact=True).click()
    page.locator("#id_body").fill("The sauce split.")
    page.get_by_role("button", name="Keep it, and look at it gently").click()
    expect(page).to_have_url(re.compile("/entries/[0-9a-f-]+/lesson/"))
    assert str(Entry.objects.of(ada).get().pk) in page.url


def test_a_line_for_another_day(ada_page: Page, ada: User) -> None:
    kept(ada, 3, 2, 1)
    ada_page.goto("/today/")
    before = timezone.now().date() - timedelta(days=5)
    ada_page.get_by_text("For another day, or with a theme").click()
    ada_page.get_by_label("Which day").fill(before.isoformat())
    ada_page.get_by_label("Themes").fill("dough, rest")
    ada_page.locator("#id_body").fill("Baked.")
    ada_page.get_by_role("button", name="Keep this").click()
    expect(ada_page.locator("#entries .entry")).to_contain_text(f"{before:%A} {before.day} {before:%B}")
    assert sorted(ada_page.locator("#entries .tag").all_inner_texts()) == ["dough", "rest"]
    assert Entry.objects.of(ada).get(local_date=before).body == "Baked."


@pytest.mark.parametrize("script", [True, False])
def test_an_empty_page_says_what_is_open_and_takes_the_focus(
    open_page: Callable[..., Page], ada: User, script: bool
) -> None:
    kept(ada, 1)
    page = open_page(ada, java_script_enabled=script)
    page.goto("/today/")
    page.get_by_text("Something hard", exact=True).click()
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator("#id_body")).to_be_focused()
    expect(page.get_by_role("radio", name="Something hard")).to_be_checked()


def test_a_line_that_could_not_be_sent_stays_in_the_box(open_page: Callable[..., Page], ada: User) -> None:
    kept(ada, 1)
    page = open_page(ada)
    page.goto("/today/")
    page.context.set_offline(True)
    page.locator("#id_body").fill(LINE)
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("Your words are still in the box below.")).to_be_visible()
    expect(page.locator("#say")).to_have_text("Not kept yet.")
    expect(page.locator("#id_body")).to_have_value(LINE)
    page.context.set_offline(False)
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator("#entries .text")).to_have_text([LINE])
    open_page.trouble.clear()  # type: ignore[attr-defined]


def test_pressing_twice_keeps_one(ada_page: Page, ada: User) -> None:
    kept(ada, 1)
    ada_page.goto("/today/")
    ada_page.locator("#id_body").fill(LINE)
    ada_page.get_by_role("button", name="Keep this").dblclick()
    expect(ada_page.locator("#say")).to_have_text("Kept.")
    ada_page.wait_for_load_state("networkidle")
    assert bodies(ada)[1:] == [LINE]
    expect(ada_page.locator("#entries .text")).to_have_text([LINE])


# Taking back


def test_undo_and_put_back(ada_page: Page, ada: User) -> None:
    kept(ada, 3, 2, 1)
    ada_page.goto("/today/")
    ada_page.locator("#id_body").fill(LINE)
    ada_page.get_by_role("button", name="Keep this").click()
    expect(ada_page.locator("#thread .bead")).to_have_count(4)
    ada_page.get_by_role("button", name="Undo").click()
    expect(ada_page.locator("#entries")).to_contain_text("Taken back.")
    expect(ada_page.locator("#say")).to_have_text("Taken back.")
    expect(ada_page.get_by_role("button", name="Put it back")).to_be_focused()
    expect(ada_page.locator("#thread .bead")).to_have_count(3)
    assert Entry.objects.of(ada).count() == 3
    ada_page.get_by_role("button", name="Put it back").click()
    expect(ada_page.locator("#entries .text")).to_have_text([LINE])
    expect(ada_page.locator("#say")).to_have_text("Put back.")
    expect(ada_page.get_by_role("link", name="Change")).to_be_focused()
    expect(ada_page.locator("#thread .bead")).to_have_count(4)


def test_without_a_script_it_is_put_back_from_its_page(open_page: Callable[..., Page], ada: User) -> None:
    make.entry(ada, LINE, now=timezone.now())
    page = open_page(ada, java_script_enabled=False)
    page.goto("/today/")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What was taken back")
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator(".entry .text")).to_have_text(LINE)
    page.get_by_text("Change this").click()
    page.locator("#id_body").fill("Read it.")
    page.get_by_role("button", name="Keep the change").click()
    expect(page.locator(".entry .text")).to_have_text("Read it.")


# Changing


@pytest.mark.parametrize("script", [True, False])
def test_change_leads_into_the_words(open_page: Callable[..., Page], ada: User, script: bool) -> None:
    make.entry(ada, "", deed="began", now=timezone.now())
    page = open_page(ada, java_script_enabled=script)
    page.goto("/today/")
    page.get_by_role("link", name="Add a word").click()
    expect(page.locator("#id_body")).to_be_visible()
    page.locator("#id_body").fill("The tax form.")
    page.get_by_role("button", name="Keep the change").click()
    expect(page.locator(".entry")).to_contain_text("Began")
    expect(page.locator(".entry .text")).to_have_text("The tax form.")


def test_two_tabs(ada_page: Page, ada: User) -> None:
    entry = make.entry(ada, "As both read it.", now=timezone.now())
    ada_page.goto(f"/entries/{entry.pk}/#id_body")
    Entry.objects.get(pk=entry.pk).change(1, body="The first tab’s.")
    ada_page.locator("#id_body").fill("Mine.")
    ada_page.get_by_role("button", name="Keep the change").click()
    expect(ada_page.get_by_role("heading", level=1)).to_have_text("Two versions, both kept")
    expect(ada_page.get_by_role("region", name="What stands now")).to_contain_text("The first tab’s.")
    ada_page.get_by_role("button", name="Keep mine").click()
    expect(ada_page.locator(".entry .text")).to_have_text("Mine.")
    ada_page.get_by_text("Earlier words").click()
    expect(ada_page.locator(".earlier .words")).to_have_text(["The first tab’s.", "Mine.", "As both read it."])


# The branch


def test_three_proud_things_open_three_blossoms(ada_page: Page, ada: User) -> None:
    kept(ada, 0)
    ada_page.goto("/today/")
    for number in (1, 2, 3):
        ada_page.locator("#proud_body").fill(f"Proud {number}.")
        ada_page.get_by_role("button", name="Add it").click()
        expect(ada_page.locator("#proud li")).to_have_count(number)
        expect(ada_page.locator("#proud .branch use")).to_have_count(1 + number)
    expect(ada_page.get_by_role("heading", name="Three things I’m proud of")).to_be_focused()
    expect(ada_page.locator("#proud_body")).to_have_count(0)
    expect(ada_page.locator("#proud").get_by_role("link", name="This week")).to_be_visible()


# By keyboard, and for everybody


def test_everything_is_reached_by_keyboard(ada_page: Page, ada: User) -> None:
    kept(ada, 1)
    ada_page.goto("/today/")
    ada_page.locator("[name=kind][value=win]").focus()
    ada_page.keyboard.press("ArrowRight")
    expect(ada_page.get_by_role("radio", name="Something hard")).to_be_checked()
    ada_page.keyboard.press("Tab")
    ada_page.keyboard.type("It split.")
    ada_page.keyboard.press("Tab")
    ada_page.keyboard.press("Enter")
    expect(ada_page.locator("#entries .entry.open")).to_contain_text("It split.")


def a_full_day(ada: User) -> Entry:
    kept(ada, 3, 2, 1)
    make.one_of_each(ada, "heliotrope")
    now = timezone.now()
    make.entry(ada, LINE, now=now)
    make.entry(ada, "", deed="tried", now=now)
    make.entry(ada, "Long. " * 300, now=now - timedelta(minutes=5))
    make.setback(ada, "Still open.", now=now)
    make.entry(ada, "Unanswered.", kind="doubt", now=now)
    mended = make.setback(ada, "It split.", now=now, themes=["asking"])
    Lesson.objects.create(owner=ada, entry=mended, lesson="Ask.", kind_words="You had two hands.")
    year = now.replace(year=now.year - 1, day=min(now.day, 28))
    make.entry(ada, "A year ago.", now=year, on=year.date())
    Entry.objects.get(pk=mended.pk).change(1, body="It split in two.")
    make.entry(ada, "Taken back.", now=now).remove(now)
    return mended


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_stands_in_anybodys_way(open_page: Callable[..., Page], ada: User, theme: Any, width: int) -> None:
    entry = a_full_day(ada)
    page = open_page(ada, color_scheme=theme, viewport={"width": width, "height": 850})
    for address in ("/today/", f"/entries/{entry.pk}/#id_body", "/entries/removed/"):
        page.goto(address)
        for fold in page.locator("main details").all():
            fold.evaluate("one => { one.open = true }")
        found = Axe().run(page).response["violations"]
        assert [(address, one["id"], one["nodes"][0]["target"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
