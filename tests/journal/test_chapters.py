"""A month and a year in somebody's own words, with some of what was kept in it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.sealed import Sealed
from journal.models import Chapter, Entry, Lesson, Milestone, Week
from journal.models.chapter import Span
from journal.models.week import monday_of
from tests import make
from tests.journal.pages import text_of, words_of

OCTOBER = date(2026, 10, 1)


def post(client: Client, address: str = "/months/2026-10/", **words: Any) -> Any:
    return client.post(address, words)


def lesson(owner: User, text: str, on: date) -> Entry:
    hard = make.setback(owner, "It rained.", on=on)
    Lesson.write(hard, lesson=text)
    return hard


# Names


@pytest.mark.parametrize("span", Span)
@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(9998, 12, 31)))
def test_a_day_lies_in_what_it_is_named_by(span: Span, day: date) -> None:
    first = span.named(span.name_of(day))
    assert first <= day <= span.last_day(first)
    assert span.name_of(span.last_day(first)) == span.name_of(day)
    assert span.name_of(span.last_day(first) + timedelta(days=1)) != span.name_of(day)


@pytest.mark.parametrize(
    "address",
    ["/months/2026-13/", "/months/2026/", "/months/1899-12/", "/months/2026-12/", "/months/x/", "/months/2026-1/"]
    + ["/years/2027/", "/years/1899/", "/years/26/", "/years/2026-11/", "/years/٢٠٢٦/"],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_none_or_is_to_come_is_not_there(address: str, method: str, ada_client: Client, noon: None) -> None:
    assert getattr(ada_client, method)(address, {"words": "Here."}).status_code == 404
    assert Chapter.objects.count() == 0


@pytest.mark.parametrize(("plural", "this"), [("months", "2026-11"), ("years", "2026")])
def test_they_lead_to_this_one(plural: str, this: str, ada_client: Client, noon: None) -> None:
    assert ada_client.get(f"/{plural}/").headers["Location"] == f"/{plural}/{this}/"


def test_it_leads_to_its_neighbours(ada_client: Client, noon: None) -> None:
    october = words_of(ada_client.get("/months/2026-10/"))
    assert [name for name in ("2026-09", "2026-11") if f'href="/months/{name}/"' in october] == ["2026-09", "2026-11"]
    assert 'href="/months/2026-12/"' not in words_of(ada_client.get("/months/2026-11/"))
    year = words_of(ada_client.get("/years/2026/"))
    assert ('href="/years/2025/"' in year, 'href="/years/2027/"' in year) == (True, False)
    assert ('href="/months/2026-11/"' in year, 'href="/months/2026-12/"' in year) == (True, False)


# In one's own words


@pytest.mark.parametrize(
    ("address", "first", "span"),
    [("/months/2026-10/", OCTOBER, "month"), ("/years/2026/", date(2026, 1, 1), "year")],
)
def test_words_are_kept_once_and_found_again(
    address: str, first: date, span: str, ada: User, ada_client: Client, noon: None
) -> None:
    words = {"words": "Much rain.", "easier": "Asking.", "heavy": "", "carry_on": "Walks."}
    for _ in range(2):
        assert post(ada_client, address, version="0", **words).headers["Location"] == address
    [kept] = Chapter.objects.of(ada)
    assert {name: getattr(kept, name) for name in Chapter.WORDS} == words
    assert (kept.first, kept.span, kept.version) == (first, span, 1)
    page = words_of(ada_client.get(address))
    assert [text for text in ("Much rain.", "Asking.", "Walks.") if f"{text}</textarea>" in page] == [
        "Much rain.",
        "Asking.",
        "Walks.",
    ]


def test_a_month_is_told_in_its_year_by_its_own_words(ada_client: Client, noon: None) -> None:
    post(ada_client, words="Much rain.")
    post(ada_client, "/months/2026-09/", heavy="The heat.")
    said = text_of(ada_client.get("/years/2026/"))
    assert "September The heat. October Much rain. November" in said


def test_nothing_written_makes_no_row(ada_client: Client, noon: None) -> None:
    assert post(ada_client, words=" ").status_code == 303
    assert Chapter.objects.count() == 0


def test_two_tabs_lose_no_word(ada_client: Client, noon: None) -> None:
    post(ada_client, version="0", words="The first tab.")
    answer = post(ada_client, version="0", words="The second tab.")
    assert answer.status_code == 409
    page = words_of(answer)
    assert "The second tab.</textarea>" in page
    assert '<dd dir="auto">The first tab.</dd>' in page
    assert Chapter.objects.get().words == "The first tab."
    assert post(ada_client, version="1", words="The second tab.").status_code == 303
    assert Chapter.objects.get().words == "The second tab."


def test_the_page_is_ones_own(ada: User, bea_client: Client, ada_client: Client, noon: None) -> None:
    post(ada_client, words="Much rain.")
    make.entry(ada, "Cooked.", on=OCTOBER)
    for address in ("/months/2026-10/", "/years/2026/"):
        said = text_of(bea_client.get(address))
        assert [word for word in ("Much rain.", "Cooked.") if word in said] == []
    post(bea_client, words="Sun.")
    assert sorted(one.words for one in Chapter.objects.all()) == ["Much rain.", "Sun."]


def test_words_that_cannot_be_opened_stay(ada: User, ada_client: Client, noon: None) -> None:
    post(ada_client, words="Much rain.", easier="Asking.")
    Chapter.objects.update(words=Sealed(b"\x01\x01" + bytes(40)))
    for address in ("/months/2026-10/", "/years/2026/"):
        assert "This can’t be opened; kept as it is." in text_of(ada_client.get(address))
    assert post(ada_client, words="Over it.").status_code == 409
    assert Chapter.objects.get().text_of("words") is None


# What was kept in it


@pytest.mark.parametrize("address", ["/months/2026-10/", "/years/2026/"])
def test_some_of_what_was_kept_stands_beside_it(address: str, ada: User, ada_client: Client, noon: None) -> None:
    lesson(ada, "Ask sooner.\nAnd sit down.", date(2026, 10, 16))
    make.entry(ada, "Sat down for supper.", kind=Entry.Kind.PROUD, on=date(2026, 10, 25))
    make.entry(ada, "Ten dishes, in pencil.", on=date(2026, 10, 2))
    make.setback(ada, "Still open.", on=date(2026, 10, 3))
    goal = Milestone.keep(ada, datetime(2026, 10, 4, 12, tzinfo=make.NOON.tzinfo), title="A supper menu")
    goal.reach(datetime(2026, 10, 30, 12, tzinfo=make.NOON.tzinfo))
    Week.take(ada, date(2026, 9, 28), "Rest is part of it.")  # Its Thursday is the first of October.
    said = text_of(ada_client.get(address))
    assert "One win, one lesson, one proud thing, one milestone." in said
    shown = [
        "Ask sooner.",
        "Sat down for supper.",
        "Ten dishes, in pencil.",
        "A supper menu",
        "Begun",
        "Rest is part of it.",
    ]
    assert [word for word in shown if word in said] == shown
    assert [word for word in ("And sit down.", "Still open.") if word in said] == []


def test_what_lies_outside_of_it_stays_away(ada: User, ada_client: Client, noon: None) -> None:
    for day, body in ((date(2026, 9, 30), "Before."), (date(2026, 11, 1), "After.")):
        make.entry(ada, body, on=day)
    make.entry(ada, "Taken back.", on=OCTOBER).remove(make.NOON)
    Week.take(ada, date(2026, 10, 26), "November’s already.")  # Its Thursday is the 29th: October's.
    Week.take(ada, date(2026, 11, 2), "Not this month’s.")
    said = text_of(ada_client.get("/months/2026-10/"))
    words = ("Before.", "After.", "Taken back.", "November’s already.", "Not this month’s.")
    assert [word for word in words if word in said] == ["November’s already."]


def test_counts_stay_out_of_sight_for_who_wants_it(ada: User, ada_client: Client, noon: None) -> None:
    make.entry(ada, on=OCTOBER)
    assert "One win." in text_of(ada_client.get("/months/2026-10/"))
    ada.counts_hidden = True
    ada.save()
    assert "One win." not in text_of(ada_client.get("/months/2026-10/"))


@pytest.mark.parametrize(("address", "queries"), [("/months/2026-10/", 11), ("/years/2026/", 12)])
@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_however_much_there_is(
    address: str,
    queries: int,
    count: int,
    ada: User,
    ada_client: Client,
    noon: None,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for number in range(count):
        day = date(2026, 10, 5 + number)
        lesson(ada, f"{number}", day)
        make.entry(ada, f"win {number}", on=day)
        make.entry(ada, f"proud {number}", kind=Entry.Kind.PROUD, on=day)
        now = datetime(2026, 10, 5 + number, 12, tzinfo=make.NOON.tzinfo)
        Milestone.keep(ada, now, title=f"{number}").reach(now)
        Week.take(ada, monday_of(OCTOBER) + timedelta(days=7 * number), "A takeaway.")
        Chapter.objects.create(owner=ada, first=date(2026, 10 - number, 1), span="month", words="Words.")
    ada_client.get(address)
    with django_assert_num_queries(queries):
        assert ada_client.get(address).status_code == 200


def test_of_very_much_the_latest_stand_there(ada: User, ada_client: Client, noon: None) -> None:
    for number in range(10):
        make.entry(ada, f"Win {number}.", on=date(2026, 10, 1 + number))
    said = text_of(ada_client.get("/months/2026-10/"))
    assert [number for number in range(10) if f"Win {number}." in said] == list(range(5, 10))
