"""The Journal: its order, months, days and rests, its filters, and pages that hold every entry once."""

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.sealed import Sealed
from journal.filters import Filters
from journal.models import Acceptance, Answer, Entry, Lesson, Milestone, Theme
from journal.timeline import PAGE, Place, Timeline
from tests import make
from tests.journal.pages import text_of, words_of

pytestmark = pytest.mark.usefixtures("noon")
TODAY = make.NOON.date()
HTMX = {"HX-Request": "true"}


def bodies(answer: Any) -> list[str]:
    """The texts on a page, in their order."""
    return re.findall(
        r'<(?:p class="(?:text|words)" dir="auto"|li [^>]*dir="auto"><span class="words"[^>]*)>(.*?)</',
        words_of(answer),
    )


def headings(answer: Any) -> list[str]:
    """Months and days, in their order; what only a screen reader hears stands in brackets."""
    found = re.findall(r"<h([23])([^>]*)>(.*?)</h\1>", words_of(answer).split('id="pages"')[-1], flags=re.S)
    plain = [(f"({text})" if 'class="vh"' in rest else text) for _, rest, text in found]
    return [" ".join(re.sub(r"<[^>]*>", "", text).split()) for text in plain]


def many(owner: User, count: int, **words: Any) -> list[Entry]:
    """One a day, the newest first."""
    days = [TODAY - timedelta(days=ago) for ago in range(count)]
    return [make.entry(owner, f"Line {ago}.", on=day, **words) for ago, day in enumerate(days)]


def pager(answer: Any) -> tuple[str, str]:
    """What it says, and where it leads."""
    found = re.search(r'<p class="pager"><a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', words_of(answer))
    return (found[2], found[1]) if found else ("", "")


# Months, days, rests


def test_a_blank_journal_says_so_and_has_nothing_to_find(ada_client: Client) -> None:
    answer = ada_client.get("/entries/")
    assert "The pages are still blank Blank isn’t behind." in text_of(answer)
    assert "Find something" not in text_of(answer)


def test_days_stand_under_their_months_the_newest_first(ada: User, ada_client: Client) -> None:
    for day in ("2025-12-31", "2026-11-20", "2026-10-01", "2026-11-02", "2026-11-20"):
        make.entry(ada, f"On {day}.", on=date.fromisoformat(day))
    answer = ada_client.get("/entries/")
    shown = ["November", "20 Friday", "2 Monday", "October", "1 Thursday", "December 2025", "31 Wednesday"]
    assert headings(answer) == shown
    assert bodies(answer) == [
        "On 2026-11-20.",
        "On 2026-11-20.",
        "On 2026-11-02.",
        "On 2026-10-01.",
        "On 2025-12-31.",
    ]


def test_of_one_day_what_was_kept_last_comes_first(ada: User, ada_client: Client) -> None:
    for minute in (5, 30, 10):
        make.entry(ada, f"At {minute}.", now=make.NOON - timedelta(minutes=minute), on=TODAY)
    assert bodies(ada_client.get("/entries/")) == ["At 5.", "At 10.", "At 30."]


def test_three_quiet_days_are_a_rest_and_fewer_are_nothing_to_speak_of(ada: User, ada_client: Client) -> None:
    for day in (20, 17, 13, 12, 5):
        make.entry(ada, on=date(2026, 11, day))
    assert re.findall(r'class="rest"><span>(.*?)<', words_of(ada_client.get("/entries/"))) == [
        "a rest of three days",
        "a rest of six days",
    ]


def test_a_long_rest_is_told_in_figures(ada: User, ada_client: Client) -> None:
    for day in (20, 7, 1):
        make.entry(ada, on=date(2026, 10, day))
    assert re.findall(r'class="rest"><span>(.*?)<', words_of(ada_client.get("/entries/"))) == [
        "a rest of twelve days",
        "a rest of five days",
    ]
    make.entry(ada, on=date(2026, 10, 31))
    Entry.objects.get(local_date=date(2026, 10, 20)).remove(make.NOON)
    assert "a rest of 23 days" in text_of(ada_client.get("/entries/"))


def test_who_keeps_counts_out_of_sight_sees_a_rest_without_one(ada: User, ada_client: Client) -> None:
    User.objects.filter(pk=ada.pk).update(counts_hidden=True)
    for day in (20, 10):
        make.entry(ada, on=date(2026, 11, day))
    assert '<p class="rest"><span>a rest</span></p>' in words_of(ada_client.get("/entries/"))


def test_no_rest_is_told_between_months_or_of_a_part_of_the_story(ada: User, ada_client: Client) -> None:
    for day in (date(2026, 11, 20), date(2026, 10, 2)):
        make.entry(ada, on=day)
    assert 'class="rest"' not in words_of(ada_client.get("/entries/"))
    make.entry(ada, "A note.", on=date(2026, 11, 1), kind="note")
    make.entry(ada, "Another.", on=date(2026, 11, 20), kind="note")
    assert "a rest of 18 days" in text_of(ada_client.get("/entries/"))
    assert 'class="rest"' not in words_of(ada_client.get("/entries/?kind=note"))


def test_the_proud_things_of_a_day_share_a_card_in_the_order_they_came(ada: User, ada_client: Client) -> None:
    for minute, kind in enumerate(("proud", "win", "proud", "proud")):
        make.entry(ada, f"Thing {minute}.", kind=kind, on=TODAY, now=make.NOON + timedelta(minutes=minute))
    make.entry(ada, "Alone.", kind="proud", on=TODAY - timedelta(days=1))
    answer = ada_client.get("/entries/")
    assert bodies(answer) == ["Thing 0.", "Thing 2.", "Thing 3.", "Thing 1.", "Alone."]
    assert re.findall(r'"kind-proud"|(\w+ things? I’m proud of|Something I’m proud of)<', words_of(answer)) == [
        "Three things I’m proud of",
        "Something I’m proud of",
    ]
    assert [words_of(answer).count(f"#bloom-{number}") for number in (1, 2, 3)] == [2, 1, 1]


def test_a_card_shows_the_lesson_and_the_answer(ada: User, ada_client: Client) -> None:
    hard, doubt = make.setback(ada, "The sauce split."), make.entry(ada, "Who am I to cook?", kind="doubt")
    Lesson.objects.create(owner=ada, entry=hard, lesson="Two stations are one too many.")
    Answer.objects.create(owner=ada, entry=doubt, answer="Karim asked me.")
    words = text_of(ada_client.get("/entries/"))
    for sentence in ("The sauce split.", "Two stations are one too many.", "Who am I to cook?", "Karim asked me."):
        assert sentence in words


def test_of_a_long_text_its_opening_is_shown_with_a_way_to_the_rest(ada: User, ada_client: Client) -> None:
    kept = make.entry(ada, "å" * 1000 + "ß" * 5)
    words = words_of(ada_client.get("/entries/"))
    assert ("å" * 1000 in words, "ß" in words) == (True, False)
    assert re.findall(r'href="([^"]*)">Read all of it<', words) == [f"/entries/{kept.pk}/"]


def test_one_that_does_not_open_says_so_and_the_others_are_there(ada: User, ada_client: Client) -> None:
    make.entry(ada, "Before.")
    odd = make.entry(ada, "Changed by a hand.")
    make.entry(ada, "Proud.", kind="proud")
    broken = make.entry(ada, "Proud and changed.", kind="proud")
    for one in (odd, broken):
        Entry.objects.filter(pk=one.pk).update(body=Sealed(b"\x01\x01" + b"x" * 60))
    words = text_of(ada_client.get("/entries/"))
    assert "This entry can’t be opened; kept as it is · 20 November 2026" in words
    assert "This can’t be opened; it is kept as it is." in words
    assert ("Before." in words, "Proud." in words) == (True, True)


def test_what_was_taken_back_and_what_is_somebody_elses_are_not_there(ada: User, bea: User, ada_client: Client) -> None:
    make.entry(ada, "Mine.")
    make.entry(bea, "Not mine.")
    make.entry(ada, "Taken back.").remove(make.NOON)
    assert bodies(ada_client.get("/entries/")) == ["Mine."]


def test_words_are_only_words(ada: User, ada_client: Client) -> None:
    make.entry(ada, '<script>alert("&amp;")</script>', themes=["<b>bold</b>"])
    page = ada_client.get("/entries/").content.decode()
    assert "&lt;script&gt;alert(&quot;&amp;amp;&quot;)&lt;/script&gt;" in page
    assert ("<script>alert" in page, "<b>bold" in page) == (False, False)


# Filters


def kinds(ada: User) -> None:
    for kind in ("win", "setback", "note", "proud", "doubt", "milestone"):
        make.entry(ada, f"A {kind}.", kind=kind)
    Lesson.objects.create(owner=ada, entry=make.setback(ada, "A taught setback."), lesson="Ask.")
    Lesson.objects.create(owner=ada, entry=make.setback(ada, "A setback on its way."), kind_words="There.")
    Acceptance.objects.create(owner=ada, entry=make.setback(ada, "A setback left be."))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("kind=win", {"A win."}),
        ("kind=win&kind=note", {"A win.", "A note."}),
        ("kind=setback", {"A setback.", "A taught setback.", "A setback on its way.", "A setback left be."}),
        ("kind=lesson", {"A taught setback."}),
        ("kind=lesson&kind=doubt", {"A taught setback.", "A doubt."}),
        ("kind=milestone", {"A milestone."}),
        ("kind=proud&kind=proud&kind=", {"A proud."}),
    ],
)
def test_kinds_are_shown_as_asked(query: str, shown: set[str], ada: User, ada_client: Client) -> None:
    kinds(ada)
    first = {text for text in bodies(ada_client.get(f"/entries/?{query}")) if text.startswith("A ")}
    assert first == shown


def test_a_theme_and_a_milestone_head_their_own_entries_and_no_title(ada: User, ada_client: Client) -> None:
    goal = Milestone.objects.create(owner=ada, title="A menu of <my> own", local_date=TODAY)
    make.entry(ada, "On the way.", milestone=goal)
    make.entry(ada, "With a theme.", themes=["Asking for help"])
    theme = Theme.objects.get()
    for address, name, shown in [
        (f"/entries/?theme={theme.pk}", "Asking for help", ["With a theme."]),
        (f"/entries/?milestone={goal.pk}", "A menu of <my> own", ["On the way."]),
    ]:
        answer = ada_client.get(address)
        assert bodies(answer) == shown
        assert f'<h2 dir="auto">{name}</h2>' in words_of(answer)
        assert re.findall("<title>(.*?)</title>", words_of(answer)) == ["Journal · Onward"]


def test_days_are_shown_from_and_to_whichever_way_round(ada: User, ada_client: Client) -> None:
    many(ada, 6)
    for query in ("from=2026-11-16&to=2026-11-18", "from=2026-11-18&to=2026-11-16"):
        assert bodies(ada_client.get(f"/entries/?{query}")) == ["Line 2.", "Line 3.", "Line 4."]
    assert bodies(ada_client.get("/entries/?from=2026-11-19")) == ["Line 0.", "Line 1."]
    assert bodies(ada_client.get("/entries/?to=2026-11-16&kind=win")) == ["Line 4.", "Line 5."]


def test_an_odd_day_is_said_at_its_field_and_stays_in_it(ada: User, ada_client: Client) -> None:
    many(ada, 2)
    for day in ("0000-01-01", "2026-02-30", "yesterday", "10000-01-01"):
        answer = ada_client.get("/entries/", {"from": day})
        assert answer.status_code == 422
        assert "That isn’t a day we can read. Something like 2026-11-20 will do." in text_of(answer)
        assert f'value="{day}"' in words_of(answer)


def test_the_ends_of_the_calendar_are_days_like_others(ada: User, ada_client: Client) -> None:
    first, last = date.min, date.max
    for day in (first, last):
        make.entry(ada, f"{day}", on=day)
    assert bodies(ada_client.get("/entries/?from=0001-01-01&to=9999-12-31")) == ["9999-12-31", "0001-01-01"]
    for query in ("month=9999-12", "month=0001-01"):
        assert len(bodies(ada_client.get(f"/entries/?{query}"))) == 1


@pytest.mark.parametrize(
    "query",
    [
        "kind=victory",
        "kind=win&kind=x",
        "theme=x",
        f"theme={UUID(int=7)}",
        "milestone=1",
        f"milestone={UUID(int=7)}",
        "month=2026-13",
        "month=2026",
        "month=0000-01",
        "month=10000-01",
        "month=٢٠٢٦-٠١",
        "after=x",
        "after=2026-11-20",
        f"after=2026-13-01_0_{'0' * 32}",
        f"after=2026-11-20_{'9' * 18}_{'0' * 32}",
        f"after=2026-11-20_0_{'0' * 32}%00",
    ],
)
def test_an_address_that_no_page_of_ours_gives_leads_nowhere(query: str, ada: User, ada_client: Client) -> None:
    make.entry(ada)
    assert ada_client.get(f"/entries/?{query}").status_code == 404
    assert ada_client.get(f"/entries/?{query}", headers=HTMX).status_code == 404


def test_somebody_elses_theme_and_milestone_lead_nowhere(ada: User, bea_client: Client) -> None:
    goal = Milestone.objects.create(owner=ada, title="A menu", local_date=TODAY)
    make.entry(ada, themes=["Asking"], milestone=goal)
    for query in (f"theme={Theme.objects.get().pk}", f"milestone={goal.pk}"):
        assert bea_client.get(f"/entries/?{query}").status_code == 404


def test_a_part_without_anything_says_so_kindly(ada: User, ada_client: Client) -> None:
    make.entry(ada)
    for query, way in [
        ("kind=doubt", "See everything"),
        ("month=2020-02", "To the newest page"),
        (f"after=1999-01-01_0_{'0' * 32}", "To the newest page"),
    ]:
        words = text_of(ada_client.get(f"/entries/?{query}"))
        assert ("Nothing kept here" in words, way in words) == (True, True)


# Pages


def test_a_page_ends_after_thirty_with_a_way_on(ada: User, ada_client: Client) -> None:
    many(ada, PAGE + 3)
    first = ada_client.get("/entries/")
    assert bodies(first) == [f"Line {number}." for number in range(PAGE)]
    said, address = pager(first)
    assert said == "Earlier in October"
    second = ada_client.get(address)
    assert (bodies(second), headings(second)[0]) == (["Line 30.", "Line 31.", "Line 32."], "October")
    assert pager(second) == ("", "")


def test_thirty_are_one_page(ada: User, ada_client: Client) -> None:
    many(ada, PAGE)
    assert pager(ada_client.get("/entries/")) == ("", "")


def test_a_page_that_ends_with_its_month_leads_into_the_one_before(ada: User, ada_client: Client) -> None:
    many(ada, 20)
    for number in range(PAGE - 20):
        make.entry(ada, f"More {number}.", on=TODAY)
    make.entry(ada, on=date(2025, 9, 1))
    assert pager(ada_client.get("/entries/"))[0] == "Earlier, in September 2025"


def test_what_is_added_below_doubles_no_heading_and_takes_the_focus(ada: User, ada_client: Client) -> None:
    for day in [20, 20, 20, 9]:
        for number in range(10):
            make.entry(ada, f"{day}, {number}", on=date(2026, 11, day))
    make.entry(ada, on=date(2026, 10, 3))
    _said, address = pager(ada_client.get("/entries/"))
    answer = ada_client.get(address, headers=HTMX)
    assert headings(answer) == ["9 Monday", "October", "3 Saturday"]
    assert "a rest of ten days" in text_of(answer)
    assert re.findall(r"<h\d[^>]*autofocus>", words_of(answer)) == ['<h3 tabindex="-1" autofocus>']
    assert '<div id="say" hx-swap-oob="innerHTML">November, continued.</div>' in words_of(answer)
    assert "<title>" not in words_of(answer)


def test_a_day_that_goes_on_is_named_to_the_ear_alone(ada: User, ada_client: Client) -> None:
    for number in range(PAGE + 1):
        make.entry(ada, f"Line {number}.", on=TODAY)
    _said, address = pager(ada_client.get("/entries/"))
    assert headings(ada_client.get(address, headers=HTMX)) == ["(20 Friday)"]
    assert headings(ada_client.get(address)) == ["November", "20 Friday"]


def test_the_filters_go_along_from_page_to_page(ada: User, ada_client: Client) -> None:
    many(ada, PAGE + 1, themes=["Sea"])
    make.entry(ada, "Without.", on=date(2026, 1, 1))
    theme = Theme.objects.get()
    query = f"kind=win&theme={theme.pk}&from=2026-01-01"
    _said, address = pager(ada_client.get(f"/entries/?{query}"))
    assert address.startswith(f"/entries/?{query}&after=2026-10-22_")
    assert bodies(ada_client.get(address)) == ["Line 30."]


Sizes = st.lists(
    st.tuples(
        st.dates(date(2026, 9, 25), date(2026, 10, 5)),
        st.sampled_from([make.NOON, make.NOON + timedelta(microseconds=1), make.NOON - timedelta(days=1)]),
    ),
    max_size=3 * PAGE,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=Sizes, late=Sizes)
def test_pages_hold_every_entry_once_whatever_is_added_between_them(
    rows: list[tuple[date, datetime]], late: list[tuple[date, datetime]], ada: User
) -> None:
    Entry.objects.all().delete()
    kept = [_plain(ada, *row) for row in rows]
    Entry.objects.bulk_create(kept)
    seen: list[Entry] = []
    after = None
    while True:
        page = Timeline(ada, Filters(), TODAY, after)
        seen += page.entries[:PAGE]
        if not page.earlier:
            break
        after = Place.named(str(Place.of(seen[-1])))
        Entry.objects.bulk_create([_plain(ada, *late.pop()) for _ in late[:2]])
    ids = [entry.pk for entry in seen]
    assert len(ids) == len(set(ids))
    assert [entry.pk for entry in kept if entry.pk not in set(ids)] == []
    keys = [(entry.local_date, entry.created_at, entry.pk.hex) for entry in seen]
    assert all(one > next_ for one, next_ in pairwise(keys))


def _plain(owner: User, day: date, at: datetime) -> Entry:
    return Entry(owner=owner, kind="note", local_date=day, created_at=at)


@given(day=st.dates(), at=st.datetimes(timezones=st.just(make.NOON.tzinfo)), id=st.uuids())
def test_a_place_is_read_back_as_it_was_written(day: date, at: datetime, id: UUID) -> None:
    place = Place(day, at, id)
    assert Place.named(str(place)) == place


@given(text=st.text() | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}_-?[0-9]{1,20}_[0-9a-f]{31,33}", fullmatch=True))
def test_what_is_no_place_is_refused_in_one_way(text: str) -> None:
    with suppress(ValueError):
        place = Place.named(text)
        assert Place.named(str(place)) == place


# The months beside it


def nav(answer: Any) -> list[tuple[str, str]]:
    words = words_of(answer).split('<nav class="months"')[1].split("</nav>")[0]
    return re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', words)


def test_only_months_with_something_kept_are_named(ada: User, ada_client: Client) -> None:
    for day in (date(2026, 11, 20), date(2026, 9, 30), date(2026, 1, 1), date(2024, 5, 5)):
        make.entry(ada, on=day)
    make.entry(ada, on=date(2026, 3, 3)).remove(make.NOON)
    assert nav(ada_client.get("/entries/")) == [
        ("/entries/?month=2026-11", "November"),
        ("/entries/?month=2026-09", "September"),
        ("/entries/?month=2026-01", "January"),
        ("/entries/?month=2024-05", "2024"),
    ]
    assert nav(ada_client.get("/entries/?month=2024-05")) == [
        ("/entries/?month=2024-05", "May"),
        ("/entries/?month=2026-01", "2026"),
    ]


def test_a_month_is_shown_alone_and_leads_to_the_one_before(ada: User, ada_client: Client) -> None:
    for day in (date(2026, 11, 20), date(2026, 9, 30), date(2026, 9, 1), date(2026, 3, 3)):
        make.entry(ada, f"{day}", on=day)
    answer = ada_client.get("/entries/?month=2026-09")
    assert bodies(answer) == ["2026-09-30", "2026-09-01"]
    assert pager(answer) == ("Earlier, in March", "/entries/?month=2026-03")
    assert 'href="/entries/?month=2026-09" aria-current="true"' in words_of(answer)
    below = ada_client.get("/entries/?month=2026-03", headers=HTMX)
    assert headings(below) == ["March", "3 Tuesday"]


def test_a_full_month_goes_on_within_itself_and_then_to_the_one_before(ada: User, ada_client: Client) -> None:
    for number in range(PAGE + 1):
        make.entry(ada, f"Line {number}.", on=date(2026, 9, 2))
    make.entry(ada, on=date(2026, 8, 1))
    said, address = pager(ada_client.get("/entries/?month=2026-09"))
    assert (said, address[:36]) == ("Earlier in September", "/entries/?month=2026-09&after=2026-0")
    assert pager(ada_client.get(address, headers=HTMX)) == ("Earlier, in August", "/entries/?month=2026-08")


def test_words_in_an_address_are_nothing_to_the_journal(ada: User, ada_client: Client) -> None:
    make.entry(ada, "A boat.")
    for words in ("lighthouse", "x" * 300):
        answer = ada_client.get("/entries/", {"q": words})
        assert (answer.status_code, bodies(answer), words in words_of(answer)) == (200, ["A boat."], False)


# What it costs


@pytest.mark.parametrize("count", [1, 3, 100])
def test_the_journal_asks_six_times_however_much_there_is(
    count: int, ada: User, ada_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for entry in many(ada, count, themes=["Sea", "Salt"]):
        Lesson.objects.create(owner=ada, entry=entry, lesson="Ask.")
    ada_client.get("/today/")
    # The session, the person, their key, the entries with what stands beside them, their themes; the months.
    with django_assert_num_queries(6):
        answer = ada_client.get("/entries/")
    assert len(bodies(answer)) >= min(count, PAGE)


@pytest.mark.parametrize("count", [1, 3, 60])
def test_what_is_added_below_asks_five_times_and_a_theme_once_more(
    count: int, ada: User, ada_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many(ada, PAGE + count, themes=["Sea"])
    ada_client.get("/today/")
    _said, address = pager(ada_client.get("/entries/"))
    theme = Theme.objects.get()
    with django_assert_num_queries(5):
        ada_client.get(address, headers=HTMX)
    with django_assert_num_queries(10):
        ada_client.get(f"/entries/?theme={theme.pk}")


@pytest.mark.parametrize("address", ["/entries/", "/entries/?after={after}", "/entries/?month=2025-06"])
def test_no_question_of_the_journal_reads_all_entries(address: str, ada: User, bea: User, ada_client: Client) -> None:
    days = [TODAY - timedelta(days=number // 3) for number in range(3000)]
    Entry.objects.bulk_create(_plain(owner, day, make.NOON) for owner in (ada, bea) for day in days)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        ada_client.get(address.format(after=Place(days[1500], make.NOON, UUID(int=1 << 127))))
    plans = [_plan(one["sql"]) for one in asked if 'FROM "journal_entry"' in one["sql"]]
    assert len(plans) == 2
    for plan in plans:
        assert "entry_timeline" in plan or "entry_kind" in plan
        assert not re.search(r"Seq Scan on journal_entry\b|SCAN (journal_entry|U\d)\b(?! USING)|USE TEMP B-TREE", plan)


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN ") + sql)
        return "\n".join(str(row) for row in cursor.fetchall())
