"""What Today shows, when, and which parts a keeping swaps."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from journal import almanac
from journal.models import Acceptance, Entry, Lesson
from journal.today import Today
from tests import make
from tests.journal.pages import box, field, text_of, words_of

pytestmark = pytest.mark.usefixtures("noon")
NOON = make.NOON
TODAY = NOON.date()
HTMX = {"HX-Request": "true"}


def day(ago: int) -> date:
    return TODAY - timedelta(days=ago)


def kept_on(user: User, *ago: int, **words: Any) -> None:
    for days in ago:
        make.entry(user, "A line.", on=day(days), now=NOON - timedelta(days=days), **words)


def said(client: Client) -> str:
    return text_of(client.get("/today/"))


# The first day


def test_a_newcomer_sees_three_gestures_and_nothing_else(ada_client: Client) -> None:
    answer = ada_client.get("/today/")
    words = text_of(answer)
    for gesture in ("Something I did", "Something hard", "or just write", "Something I’m proud of this week"):
        assert gesture in words
    for later in ("Or one tap", "For another day", "A bead where you wrote", "On this day", "Three things"):
        assert later not in words
    assert "Your first page You don’t need to be ready." in words
    assert field(answer, "first") == "1"


def test_after_the_first_kept_line_there_are_deeds_and_still_no_thread(ada: User, ada_client: Client) -> None:
    make.entry(ada)
    words = said(ada_client)
    assert "Your first page The page is open." in words
    assert "Or one tap, without words" in words
    assert "thread" not in words
    assert "For another day" not in words


def test_seven_deeds_lie_open_and_the_others_are_folded(ada: User, ada_client: Client) -> None:
    make.entry(ada)
    near, far = words_of(ada_client.get("/today/")).split('class="more"')[:2]
    assert [deed for deed in Entry.Deed.values if f'value="{deed}"' in near] == [
        "showed_up",
        "began",
        "tried",
        "asked_for_help",
        "said_no",
        "rested",
        "put_right",
    ]
    assert [deed for deed in Entry.Deed.values if f'value="{deed}"' in far] == [
        "opened_up",
        "came_back",
        "laughed",
        "finished",
    ]


def test_something_proud_is_a_first_line_too(ada: User, ada_client: Client) -> None:
    make.entry(ada, "I rang her.", kind="proud")
    assert "Or one tap, without words" in said(ada_client)


# What it is called


def test_from_the_second_day_it_is_called_by_its_date(ada: User, ada_client: Client) -> None:
    kept_on(ada, 1)
    assert "Friday, 20 November Good afternoon. The page is open." in said(ada_client)


def test_the_name_is_said_where_there_is_one(ada: User, ada_client: Client) -> None:
    kept_on(ada, 1)
    ada.name = "<Ada> & co"
    ada.save()
    assert (
        "Good afternoon, <bdi>&lt;Ada&gt; &amp; co</bdi>. The page is open."
        in ada_client.get("/today/").content.decode()
    )


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [(0, "Hello"), (4, "Hello"), (5, "Good morning"), (11, "Good morning"), (12, "Good afternoon")]
    + [(17, "Good afternoon"), (18, "Good evening"), (23, "Good evening")],
)
def test_the_greeting_follows_the_clock_on_their_wall(hour: int, greeting: str, bea: User) -> None:
    now = datetime.fromisoformat(f"2026-11-20T{hour:02d}:30:00+09:00")
    assert Today(bea, now).greeting == greeting
    bea.time_zone = ""
    assert Today(bea, now).greeting == "Hello"


def test_the_day_is_theirs(bea: User, bea_client: Client) -> None:
    """16:00 UTC on Friday is one o'clock on Saturday in Tokyo, unless the day begins later."""
    kept_on(bea, 5)
    with time_machine.travel(NOON + timedelta(hours=4)):
        assert "Saturday, 21 November" in said(bea_client)
        User.objects.update(day_starts_at=4)
        assert "Friday, 20 November" in said(bea_client)


# What was kept today


def test_kept_today_is_told_newest_first_by_their_clock(bea: User, bea_client: Client) -> None:
    make.entry(bea, "At noon.", now=NOON - timedelta(hours=9))
    make.entry(bea, "", deed="rested", now=NOON - timedelta(hours=2))
    make.entry(bea, "This minute.", now=NOON - timedelta(seconds=59))
    words = said(bea_client)
    told = words[words.index("Kept today") :]
    assert "Something I did · just now This minute. Kept. Change Undo Rested · 19:00 Add a word" in told
    assert "Something I did · 12:00 At noon. Change" in told


def test_yesterday_is_not_today(ada: User, ada_client: Client) -> None:
    kept_on(ada, 1)
    assert "A line." not in said(ada_client)


def test_what_was_kept_further_east_is_not_lost_on_the_way_west(ada: User, ada_client: Client) -> None:
    make.entry(ada, "Kept on Saturday already.", on=TODAY + timedelta(days=1))
    assert "Something I did · Saturday 21 November Kept on Saturday already." in said(ada_client)


def test_nothing_of_somebody_else_is_there(ada: User, bea_client: Client) -> None:
    make.one_of_each(ada, "heliotrope")
    kept_on(ada, 1, 2, 3, 365)
    assert "heliotrope" not in said(bea_client)
    assert "Your first page" in said(bea_client)


# The thread


def test_the_thread_is_there_from_the_third_kept_day(ada: User, ada_client: Client) -> None:
    seen = []
    for ago in (2, 1, 0):
        kept_on(ada, ago, ago)
        seen.append('class="string"' in words_of(ada_client.get("/today/")))
    assert seen == [False, False, True]
    assert "Your thread starts here." in said(ada_client)


def test_another_day_can_be_written_to_from_the_third_kept_day_on(ada: User, ada_client: Client) -> None:
    seen = []
    for ago in (2, 1, 0):
        kept_on(ada, ago)
        seen.append("For another day, or with a theme" in said(ada_client))
    assert seen == [False, False, True]


def test_it_says_what_a_bead_is_from_the_fourth_day_on(ada: User, ada_client: Client) -> None:
    kept_on(ada, 3, 2, 1)
    assert "Your thread starts here." in said(ada_client)
    kept_on(ada, 0)
    assert "A bead where you wrote. The bare thread is rest." in said(ada_client)


@pytest.mark.parametrize("away", [2, 3, 12, 400])
def test_after_any_absence_it_says_welcome_back_without_a_number(away: int, ada: User, ada_client: Client) -> None:
    kept_on(ada, away, away + 1, away + 2)
    for _ in range(2):
        words = said(ada_client)
        assert "Welcome back. The thread held." in words
        assert not {str(away), str(away - 1)} & set(words.split())
        make.entry(ada)


def test_what_a_day_held_colours_its_bead(ada: User, ada_client: Client) -> None:
    kept_on(ada, 9, 8)
    kept_on(ada, 8, 7, kind="proud")
    hard = make.setback(ada, on=day(7))
    Lesson.objects.create(owner=ada, entry=hard, lesson="Ask sooner.")
    Lesson.objects.create(owner=ada, entry=make.setback(ada, on=day(6)), kind_words="Not yet a lesson.")
    gone = make.setback(ada, on=day(5))
    Lesson.objects.create(owner=ada, entry=gone, lesson="Taken back.")
    gone.remove(NOON)
    marks = {on: held.mark for on, held in almanac.held(ada, day(27), TODAY).items()}
    assert marks == {day(9): "leaf", day(8): "clay", day(7): "gold", day(6): "leaf"}
    assert words_of(ada_client.get("/today/")).count('class="bead ') == 4


def test_the_thread_is_told_to_those_who_do_not_see_it(ada: User, ada_client: Client) -> None:
    kept_on(ada, 3, 2, 1)
    told = "The last four weeks on a thread: a bead for each day you wrote, bare thread for each day of rest."
    assert f'role="img" aria-label="{told}"' in words_of(ada_client.get("/today/"))


# The branch


def test_each_proud_thing_of_this_week_opens_a_blossom(ada: User, ada_client: Client) -> None:
    make.entry(ada, "Last week’s.", kind="proud", on=date(2026, 11, 15))
    blossoms, fields = [], []
    for number in range(5):
        page = words_of(ada_client.get("/today/"))
        blossoms.append([name for name in ("#bloom-1", "#bloom-2", "#bloom-3") if name in page])
        fields.append('id="proud_body"' in page)
        make.entry(ada, f"Proud {number}.", kind="proud", now=NOON + timedelta(seconds=number))
    all_three = ["#bloom-1", "#bloom-2", "#bloom-3"]
    assert blossoms == [[], all_three[:1], all_three[:2], all_three, all_three]
    assert fields == [True, True, True, False, False]
    words = said(ada_client)
    assert "This week, 16–22 November Proud 0. Proud 1. Proud 2. Proud 3. Proud 4. This week" in words
    assert "Last week’s." not in words


def test_the_days_of_a_week_across_two_months_are_named(ada: User, ada_client: Client) -> None:
    with time_machine.travel(datetime.fromisoformat("2026-12-02T12:00:00+00:00")):
        make.entry(ada, "I rang her.", kind="proud", on=date(2026, 12, 1))
        assert "30 November – 6 December" in said(ada_client)


# On this day


def test_a_year_ago_comes_back(ada: User, ada_client: Client) -> None:
    make.entry(ada, "A plate with a chip.", on=date(2025, 11, 20), now=NOON - timedelta(days=365))
    words = said(ada_client)
    assert "On this day, a year ago A plate with a chip. Thursday 20 November 2025" in words


def test_the_latest_year_comes_back_first(ada: User, ada_client: Client) -> None:
    for year in (2019, 2022):
        make.entry(ada, f"In {year}.", on=date(year, 11, 20))
    words = said(ada_client)
    assert "On this day, 4 years ago In 2022. Sunday 20 November 2022" in words
    assert "In 2019." not in words


@pytest.mark.parametrize(("kind", "comes"), [("win", True), ("proud", True), ("note", False), ("doubt", False)])
def test_only_good_things_come_back(kind: str, comes: bool, ada: User, ada_client: Client) -> None:
    make.entry(ada, "A year ago.", kind=kind, on=date(2025, 11, 20))
    assert ("A year ago." in said(ada_client)) is comes


def test_something_hard_comes_back_with_its_lesson(ada: User, ada_client: Client) -> None:
    Lesson.objects.create(owner=ada, entry=make.setback(ada, "It split.", on=date(2025, 11, 20)), lesson="Ask.")
    assert "It split. What it’s teaching me Ask." in said(ada_client)


@pytest.mark.parametrize("only_good", [True, False])
def test_something_hard_alone_comes_back_only_where_the_person_wants_it(
    only_good: bool, ada: User, ada_client: Client
) -> None:
    User.objects.update(only_good_days_back=only_good)
    entry = make.setback(ada, "It split.", on=date(2025, 11, 20))
    Acceptance.objects.create(owner=ada, entry=entry)
    assert ("It split." in said(ada_client)) is not only_good


def test_what_was_taken_back_or_does_not_open_does_not_come_back(ada: User, ada_client: Client) -> None:
    make.entry(ada, "Taken back.", on=date(2025, 11, 20)).remove(NOON)
    damaged = make.entry(ada, "Does not open.", on=date(2025, 11, 20))
    other = Entry.objects.filter(body__filled=True).exclude(pk=damaged.pk)
    Entry.objects.filter(pk=damaged.pk).update(body=other.values_list("body", flat=True)[0])
    assert "On this day" not in said(ada_client)
    make.entry(ada, "An earlier one.", on=date(2024, 11, 20))
    assert "On this day, 2 years ago An earlier one." in said(ada_client)


def test_the_leap_day_comes_back_in_leap_years(ada: User) -> None:
    make.entry(ada, "A day that is seldom.", on=date(2024, 2, 29))
    found = Today(ada, datetime.fromisoformat("2028-02-29T12:00:00+00:00")).on_this_day
    assert found and (found.entry.body, found.years) == ("A day that is seldom.", 4)
    assert Today(ada, datetime.fromisoformat("2027-02-28T12:00:00+00:00")).on_this_day is None


# What a keeping swaps


def keep(client: Client, headers: dict[str, str] = HTMX, **words: Any) -> Any:
    return client.post("/entries/", {"id": uuid4(), "kind": "win", "body": "Opened it."} | words, headers=headers)


def test_what_is_kept_comes_first_and_the_form_is_clean_again(ada: User, ada_client: Client) -> None:
    kept_on(ada, 4, 3, 2)
    id = uuid4()
    answer = keep(ada_client, id=id, kind="setback")
    page = words_of(answer)
    assert answer.status_code == 200
    assert "<html" not in page
    assert re.search(
        rf'hx-swap-oob="afterbegin:#entries">\s*<article class="entry open just-kept" id="entry-{id}"', page
    )
    assert '<div id="say" hx-swap-oob="innerHTML">Kept.</div>' in page
    assert 'id="thread" hx-swap-oob="true"' in page
    assert (box(answer, "body"), field(answer, "id") not in ("", str(id))) == ("", True)
    assert 'value="win" checked' in page
    assert 'id="title"' not in page


def test_after_keeping_the_page_has_the_focus_and_after_a_tap_the_chip_keeps_it(ada: User, ada_client: Client) -> None:
    make.entry(ada)
    after = [words_of(keep(ada_client)), words_of(keep(ada_client, body="", deed="finished"))]
    assert ["autofocus" in page for page in after] == [True, False]
    assert 'id="deed-finished"' in after[1]
    assert '<details class="more" open>' in after[1]


def test_the_first_kept_line_brings_what_comes_after_it(ada_client: Client) -> None:
    page = words_of(keep(ada_client, first="1"))
    assert "Or one tap, without words" in page
    assert 'id="title" hx-swap-oob="true"' in page
    assert "The page is open." in page
    assert "You don’t need to be ready." not in page


def test_the_first_proud_thing_brings_it_without_touching_what_is_being_written(ada_client: Client) -> None:
    page = words_of(keep(ada_client, kind="proud", first="1"))
    assert 'id="beyond" hx-swap-oob="true"' in page
    assert 'id="capture"' not in page
    assert 'id="title" hx-swap-oob="true"' in page


def test_a_proud_thing_opens_its_blossom_and_leads_to_the_next_line(ada: User, ada_client: Client) -> None:
    kept_on(ada, 0)
    fresh, focus = [], []
    for _ in range(3):
        page = words_of(keep(ada_client, kind="proud"))
        fresh.append([name for name in ("1", "2", "3") if f'#bloom-{name}" class="new"' in page])
        focus.append(("heading" if 'id="proud-h" tabindex="-1" autofocus' in page else "line", page.count("autofocus")))
    assert fresh == [["1"], ["2"], ["3"]]
    assert focus == [("line", 1), ("line", 1), ("heading", 1)]


def test_a_thread_begins_while_the_page_stands(ada: User, ada_client: Client) -> None:
    kept_on(ada, 2, 1)
    page = words_of(keep(ada_client))
    assert ("Your thread starts here." in page, 'id="thread" hx-swap-oob="true" hidden' in page) == (True, False)


def test_what_was_left_out_is_said_where_the_form_is(ada: User, ada_client: Client) -> None:
    page = words_of(keep(ada_client, body="One\x00two"))
    assert '<div id="say" hx-swap-oob="innerHTML">Kept. Some characters that can’t be seen were left out.</div>' in page


def test_a_line_for_another_day_says_which(ada: User, ada_client: Client) -> None:
    make.entry(ada)
    assert "Something I did · Tuesday 17 November Opened it." in text_of(keep(ada_client, local_date="2026-11-17"))


def test_a_history_visit_of_htmx_gets_the_whole_page(ada_client: Client) -> None:
    headers = HTMX | {"HX-History-Restore-Request": "true"}
    assert "<html" in words_of(ada_client.get("/today/", headers=headers))


def test_an_empty_proud_line_is_refused_where_it_was_written(ada: User, ada_client: Client) -> None:
    for headers, whole in ((HTMX, False), ({}, True)):
        answer = keep(ada_client, headers, kind="proud", body=" ")
        page = words_of(answer)
        assert (answer.status_code, "<html" in page) == (422, whole)
        proud = page[page.index('id="proud"') :]
        assert proud.count("One word is enough. An empty page can’t be kept.") == 2
        assert page.count("One word is enough. An empty page can’t be kept.") == 2


# How much it asks


@pytest.mark.parametrize("rows", [1, 3])
def test_today_asks_as_much_for_three_of_everything_as_for_one(
    rows: int, ada: User, ada_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ada_client.get("/today/")
    kept_on(ada, 3, 2, 1)
    for number in range(rows):
        entry = make.setback(ada, f"Line {number}.", themes=[f"theme {number}"])
        Lesson.objects.create(owner=ada, entry=entry, lesson="Ask.")
        make.entry(ada, f"Proud {number}.", kind="proud")
        make.entry(ada, f"Doubt {number}.", kind="doubt")
        make.entry(ada, f"Then {number}.", on=date(2025, 11, 20))
    with django_assert_num_queries(24):
        ada_client.get("/today/")


@pytest.mark.parametrize("rows", [1, 3])
def test_keeping_asks_as_much_in_a_journal_of_three_as_in_one_of_one(
    rows: int, ada: User, ada_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        kept_on(ada, 3, 2, 1, 0, themes=[f"theme {number}"])
    keep(ada_client)
    themes = ", ".join(f"theme {number}" for number in range(rows))
    with django_assert_num_queries(17):
        assert keep(ada_client, themes=themes).status_code == 200


def test_from_the_second_page_on_the_week_is_one_link_away(ada: User, ada_client: Client) -> None:
    make.entry(ada)
    assert 'href="/weeks/2026-W47/"' not in ada_client.get("/today/").content.decode()
    make.entry(ada, on=make.NOON.date() - timedelta(days=9))
    assert 'href="/weeks/2026-W47/"' in ada_client.get("/today/").content.decode()


def test_today_of_a_newcomer_asks_little(ada_client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ada_client.get("/today/")
    with django_assert_num_queries(12):
        ada_client.get("/today/")
