"""Look back: the year as dots, and one from before."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from journal import almanac
from journal.models import Entry, Later, Lesson, NotAgain
from tests import make
from tests.journal.pages import text_of, words_of
from tests.journal.test_shelves import damage

TODAY = make.NOON.date()
HELD = st.dictionaries(
    st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    st.builds(almanac.Held, st.sampled_from(["leaf", "gold", "clay"]), st.integers(1, 40)),
)

pytestmark = pytest.mark.usefixtures("noon")


def kept(owner: User, *days: date, **words: Any) -> list[Entry]:
    return [make.entry(owner, words.get("body", f"On {day}."), on=day, now=make.NOON) for day in days]


def page(client: Client, year: str = "") -> str:
    return text_of(client.get("/look-back/", {"year": year} if year else {}))


# Drawn


@given(HELD, st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 400))
def test_each_day_has_one_dot_in_its_place_and_only_kept_days_are_more_than_a_speck(
    held: dict[date, almanac.Held], first: date, more: int
) -> None:
    last = first + timedelta(days=more)
    rows = almanac.rows(held, first, last)
    days = [row.first.replace(day=number) for row in rows for number in range(1, len(row.dots) + 1)]
    start = first.replace(day=1)
    assert days == [start + timedelta(days=number) for number in range((last - start).days + 1)]
    dots = [dot for row in rows for dot in row.dots]
    assert [dot.mark for dot in dots] == [held[day].mark if day in held else "" for day in days]
    assert [int(dot.x) for dot in dots] == [20 * day.day - 10 for day in days]
    for dot in dots:
        assert float(dot.x) - float(dot.r) > 0 and float(dot.x) + float(dot.r) < 620
        assert float(dot.y) - float(dot.r) > 0 and float(dot.y) + float(dot.r) < 40
    assert [row.written for row in rows] == [sum(bool(dot.mark) for dot in row.dots) for row in rows]


def test_all_dots_of_one_look_are_one_path_with_a_circle_for_each_day() -> None:
    held = {date(2026, 5, 2): almanac.Held("leaf", 1), date(2026, 5, 3): almanac.Held("gold", 9)}
    row = almanac.rows(held, date(2026, 5, 1), date(2026, 5, 4))[0]
    assert [(css, path.count("M")) for css, path in row.paths] == [("z", 2), ("d", 1), ("d gold", 1)]
    dot = row.dots[1]
    assert dict(row.paths)["d"] == f"M25.8 {dot.y}a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0 -8.4 0"


def test_more_kept_on_a_day_is_a_larger_dot_up_to_four() -> None:
    day = date(2026, 5, 7)
    sizes = [almanac.rows({day: almanac.Held("leaf", count)}, day, day)[0].dots[6].r for count in (1, 2, 3, 4, 90)]
    assert sizes == ["4.2", "5", "6.2", "7", "7"]


# The page


def test_before_the_first_line_it_says_when_it_begins(ada_client: Client) -> None:
    words = page(ada_client)
    assert "There is nothing to look back on yet. It begins with the first line you keep." in words
    assert "The year" not in words


def test_months_before_the_beginning_are_not_shown(ada: User, ada_client: Client) -> None:
    kept(ada, date(2026, 9, 30), date(2026, 11, 1), date(2026, 11, 2))
    words = page(ada_client)
    assert "You began in September. October was mostly rest." in words
    assert "September : you wrote on one day October : rest November : you wrote on two days" in words
    assert "August" not in words and "December" not in words


def test_each_month_leads_to_its_days(ada: User, ada_client: Client) -> None:
    kept(ada, date(2026, 10, 3))
    words = words_of(ada_client.get("/look-back/"))
    assert 'href="/months/2026-10/"' in words
    assert "On 2026-10-03." in words_of(ada_client.get("/months/2026-10/"))


def test_another_year_is_a_page_of_its_own(ada: User, ada_client: Client) -> None:
    kept(ada, date(2024, 12, 24), date(2025, 3, 1))
    assert "You began in December 2024." in page(ada_client)
    words = page(ada_client, "2025")
    assert "January : rest February : rest March : you wrote on one day" in words
    assert "2026 2025 2024" in words
    for odd in ("2023", "2027", "0000", "x", "99999", "²025"):
        assert page(ada_client, odd) == page(ada_client)


def test_who_keeps_counts_out_of_sight_hears_none(ada: User, ada_client: Client) -> None:
    User.objects.filter(pk=ada.pk).update(counts_hidden=True)
    kept(ada, date(2026, 11, 1), date(2026, 11, 2))
    assert "November : you wrote" in page(ada_client)
    assert "two days" not in page(ada_client)


def test_what_was_taken_back_and_what_is_somebody_elses_is_no_dot(ada: User, bea: User, ada_client: Client) -> None:
    kept(ada, date(2026, 11, 1))
    kept(ada, date(2026, 11, 2))[0].remove(make.NOON)
    kept(bea, date(2026, 11, 3), date(2026, 8, 1))
    assert "November : you wrote on one day" in page(ada_client)
    assert "August" not in page(ada_client)


@pytest.mark.parametrize("many", [1, 3])
def test_it_asks_as_much_for_many_as_for_one(
    many: int, ada: User, ada_client: Client, django_assert_num_queries: Any
) -> None:
    kept(ada, *(TODAY - timedelta(days=30 + 40 * number) for number in range(many)))
    ada_client.get("/look-back/")
    with django_assert_num_queries(11):
        ada_client.get("/look-back/")


# One from before


def test_one_from_before_is_at_least_thirty_days_old(ada: User, ada_client: Client) -> None:
    kept(ada, TODAY - timedelta(days=29))
    assert "One from before" not in page(ada_client)
    kept(ada, TODAY - timedelta(days=30), body="I rang her.")
    assert "One from before I rang her." in page(ada_client)


def test_a_hard_thing_comes_back_only_with_its_lesson(ada: User, ada_client: Client) -> None:
    day = TODAY - timedelta(days=90)
    hard = make.setback(ada, "The sauce split.", on=day)
    make.entry(ada, "Am I any good?", kind=Entry.Kind.DOUBT, on=day)
    assert "One from before" not in page(ada_client)
    Lesson.objects.create(owner=ada, entry=hard, lesson="Salt last.")
    assert "One from before The sauce split. What it’s teaching me Salt last." in page(ada_client)


def test_a_hard_thing_whose_lesson_does_not_open_is_passed(ada: User, ada_client: Client) -> None:
    hard = make.setback(ada, "The sauce split.", on=TODAY - timedelta(days=90))
    damage(Lesson.objects.create(owner=ada, entry=hard, lesson="Salt last."), "lesson")
    assert "One from before" not in page(ada_client)
    kept(ada, TODAY - timedelta(days=91), body="I rang her.")
    assert "One from before I rang her." in page(ada_client)


def test_it_is_the_same_all_day_and_not_the_same_every_day(ada: User, ada_client: Client, time_machine: Any) -> None:
    kept(ada, *(TODAY - timedelta(days=40 + number) for number in range(60)))

    def shown() -> str:
        return page(ada_client).partition("One from before")[2][:20]

    first = shown()
    time_machine.move_to(make.NOON + timedelta(hours=9))
    assert shown() == first
    seen = set()
    for days in range(1, 8):
        time_machine.move_to(make.NOON + timedelta(days=days))
        ada_client.force_login(ada)
        seen.add(shown())
    assert len(seen) > 2


def test_not_this_one_again_is_kept_and_can_be_taken_back(ada: User, ada_client: Client) -> None:
    [one] = kept(ada, TODAY - timedelta(days=60), body="I rang her.")
    address = f"/entries/{one.pk}/not-again/"
    answer = ada_client.post(address, follow=True)
    assert answer.redirect_chain == [("/look-back/", 303)]
    assert "It won’t come back by itself." in text_of(answer)
    assert "One from before" not in page(ada_client)
    ada_client.post(address)
    assert NotAgain.objects.of(ada).count() == 1
    ada_client.post(address, {"again": "1"})
    assert "I rang her." in page(ada_client)


def test_what_was_put_away_can_be_let_back_from_its_own_page(ada: User, ada_client: Client) -> None:
    [one] = kept(ada, TODAY - timedelta(days=60), body="I rang her.")
    assert "Let it come back by itself" not in text_of(ada_client.get(f"/entries/{one.pk}/"))
    ada_client.post(f"/entries/{one.pk}/not-again/")
    ada_client.get("/look-back/")
    assert "Let it come back by itself" in text_of(ada_client.get(f"/entries/{one.pk}/"))
    answer = ada_client.post(f"/entries/{one.pk}/not-again/", {"again": "1", "back": "page"})
    assert answer["Location"] == f"/entries/{one.pk}/"
    assert "It may come back." in text_of(ada_client.get(answer["Location"]))
    assert "I rang her." in page(ada_client)


def test_with_htmx_the_next_one_stands_in_its_place(ada: User, ada_client: Client) -> None:
    one, other = kept(ada, TODAY - timedelta(days=60), TODAY - timedelta(days=61))
    first = one if f"On {one.local_date}." in page(ada_client) else other
    answer = ada_client.post(f"/entries/{first.pk}/not-again/", headers={"HX-Request": "true"})
    words = text_of(answer)
    assert words.startswith("It won’t come back by itself. Undo One from before")
    assert f"On {(other if first is one else one).local_date}." in words
    assert words.endswith("It won’t come back by itself.")
    back = ada_client.post(f"/entries/{first.pk}/not-again/", {"again": "1"}, headers={"HX-Request": "true"})
    assert text_of(back).endswith("It may come back.")
    assert 'id="good-h" tabindex="-1" autofocus' in words_of(back)


def test_nobody_else_puts_it_away(ada: User, bea_client: Client) -> None:
    [one] = kept(ada, TODAY - timedelta(days=60))
    assert bea_client.post(f"/entries/{one.pk}/not-again/").status_code == 404
    assert NotAgain.objects.count() == 0


# The other shelves


def test_an_opened_letter_lies_among_the_kind_words_and_a_closed_one_does_not(ada: User, ada_client: Client) -> None:
    opened, closed = (
        make.entry(ada, f"Dear me, {day}.", kind=Entry.Kind.LETTER, on=TODAY - timedelta(days=40))
        for day in ("in spring", "in autumn")
    )
    for letter in (opened, closed):
        Later.close(letter, TODAY - timedelta(days=1))
    opened.later.open(make.NOON)
    words = page(ada_client)
    assert "Dear me, in spring. A letter to later, written on 11 October 2026" in words
    assert "in autumn" not in words
    shelf = words_of(ada_client.get("/look-back/")).partition('id="kind"')[2].partition("</section>")[0]
    assert all(f'href="{place}"' in shelf for place in ("/kind-words/", "/encouragements/", "/later/"))


@pytest.mark.parametrize("many", [2, 12, 13, 15])
def test_the_last_proud_week_begins_with_what_was_named_first(many: int, ada: User, ada_client: Client) -> None:
    for number in range(many):
        day = TODAY - timedelta(days=11 - number % 3)
        moment = make.NOON - timedelta(days=9) + timedelta(minutes=number)
        make.entry(ada, f"Line {number:02}.", kind=Entry.Kind.PROUD, on=day, now=moment)
    make.entry(ada, "A week before.", kind=Entry.Kind.PROUD, on=TODAY - timedelta(days=19))
    make.entry(ada, "Of this week.", kind=Entry.Kind.PROUD, on=TODAY)
    shelf = words_of(ada_client.get("/look-back/")).partition('id="kind"')[2].partition("</section>")[0]
    assert re.findall(r"<p[^>]*>([^<]+)</p>", shelf) == [f"Line {number:02}." for number in range(min(many, 3))]


def test_a_name_that_does_not_open_is_left_out_of_what_they_said(ada: User, ada_client: Client) -> None:
    said = make.encouragement(ada, "You stayed with it.", "Bea")
    assert "You stayed with it. Bea , 20 November 2026" in page(ada_client)
    damage(said.encouragement, "from_whom")
    assert "You stayed with it. 20 November 2026" in page(ada_client)


def test_then_and_now_waits_for_a_then(ada: User, ada_client: Client) -> None:
    kept(ada, TODAY - timedelta(days=89))
    assert "/then-and-now/" not in words_of(ada_client.get("/look-back/"))
    kept(ada, TODAY - timedelta(days=90))
    assert "/then-and-now/" in words_of(ada_client.get("/look-back/"))


# Patterns


def weeks_of(owner: User, weekday: int, many: int, **words: Any) -> list[Entry]:
    """So many things on that day of the week, a week apart, the last one in the week before this."""
    last = TODAY - timedelta(days=7 + (TODAY.weekday() - weekday) % 7)
    days = [last - timedelta(days=7 * number) for number in range(many)]
    return [make.entry(owner, f"Line {number}.", on=day, **words) for number, day in enumerate(days)]


def shapes(client: Client, **query: str) -> str:
    return text_of(client.get("/look-back/", query)).rpartition("Shapes ")[2]


def test_there_is_no_pattern_before_thirty_things(ada: User, ada_client: Client) -> None:
    weeks_of(ada, 1, 20)
    weeks_of(ada, 3, 9)
    assert "holds the most" not in page(ada_client)
    weeks_of(ada, 5, 1)
    words = shapes(ada_client, pattern="weekday")
    assert words.startswith(
        "Tuesday holds the most: 20 things. Monday rest Tuesday 20 Wednesday rest Thursday 9 Friday"
    )


def test_two_first_places_are_no_pattern(ada: User, ada_client: Client) -> None:
    weeks_of(ada, 1, 16)
    weeks_of(ada, 3, 16)
    assert "Tuesday holds" not in page(ada_client) and "Thursday holds" not in page(ada_client)


def lessons_of(owner: User, theme: str, many: int) -> None:
    for entry in weeks_of(owner, 1, many, kind=Entry.Kind.SETBACK, themes=[theme]):
        Lesson.write(entry, lesson="Ask first.")


def test_a_theme_is_named_by_its_lessons_and_never_by_what_was_hard(ada: User, bea: User, ada_client: Client) -> None:
    lessons_of(ada, "Asking", 7)
    lessons_of(ada, "The exam", 3)
    weeks_of(ada, 1, 9, kind=Entry.Kind.SETBACK, themes=["My mother"])
    weeks_of(ada, 2, 30, themes=["Calm"])
    lessons_of(bea, "Heliotrope", 9)
    words = shapes(ada_client, pattern="theme")
    assert words.startswith("“Asking” stands beside the most lessons: seven. Asking 7 The exam 3")
    assert [theme for theme in ("Heliotrope", "Calm", "My mother") if theme in words] == []


def test_patterns_come_one_at_a_time(ada: User, ada_client: Client) -> None:
    lessons_of(ada, "Asking", 7)
    weeks_of(ada, 1, 30)
    first = ada_client.get("/look-back/", {"pattern": "weekday"})
    assert "pattern=theme" in words_of(first) or "pattern=month" in words_of(first)
    part = ada_client.get("/look-back/", {"pattern": "theme"}, headers={"HX-Request": "true"})
    assert text_of(part).startswith("Shapes “Asking” stands beside")
    assert 'id="say" hx-swap-oob="innerHTML">“Asking” stands beside the most lessons: seven.<' in words_of(part)


def test_a_sentence_names_its_year_and_a_young_year_leaves_it_to_the_one_before(
    ada: User, ada_client: Client, time_machine: Any
) -> None:
    weeks_of(ada, 1, 40)
    assert "From what you kept in 2026" in shapes(ada_client, pattern="weekday")
    time_machine.move_to(make.NOON + timedelta(days=60))
    ada_client.force_login(ada)
    kept(ada, date(2025, 3, 1), date(2027, 1, 9))
    words = shapes(ada_client, pattern="weekday", year="2027")
    assert words.startswith("Tuesday holds the most: 40 things.")
    assert "From what you kept in 2026" in words
    assert "holds the most" not in page(ada_client, "2025")


def test_out_of_sight_leaves_the_shape_alone(ada: User, ada_client: Client) -> None:
    User.objects.filter(pk=ada.pk).update(counts_hidden=True)
    weeks_of(ada, 1, 31)
    words = shapes(ada_client, pattern="weekday")
    assert words.startswith("Tuesday holds the most. Monday Tuesday Wednesday")
    assert "31" not in words
