"""The finder offers what there is, its filters combine, and what is found in any kind of page is marked there."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from journal.filters import KINDS, Filters, kinds_of
from journal.models import (
    Acceptance,
    Answer,
    Decision,
    Doubt,
    Encouragement,
    Entry,
    Kindness,
    Later,
    Lesson,
    Meeting,
    Milestone,
    Revisit,
    Sequel,
    Theme,
    ThenNow,
)
from tests import make
from tests.journal.pages import words_of

pytestmark = pytest.mark.usefixtures("noon")
TODAY = make.NOON.date()
HTMX = {"HX-Request": "true"}
OPENED = "/entries/?find=1"


def ago(days: int) -> dict[str, Any]:
    return {"on": TODAY - timedelta(days=days), "now": make.NOON - timedelta(days=days)}


def ask(client: Client, words: str, **more: Any) -> Any:
    return client.post("/entries/search/", {"q": words} | more)


def bodies(filters: Filters, user: User) -> set[str]:
    return {entry.body for entry in filters.of(user)}


def ticked(answer: Any) -> dict[str, bool]:
    """Each chip of the finder, and whether it is chosen."""
    chips = re.findall(r'<input type="checkbox" name="(\w+)" value="([^"]*)"( checked)?>', words_of(answer))
    return {value if name == "kind" else name: bool(checked) for name, value, checked in chips}


def chosen(answer: Any, name: str) -> list[str]:
    """What can be chosen in a list; what is chosen stands in brackets."""
    found = re.search(rf'<select [^>]*name="{name}">(.*?)</select>', words_of(answer))
    options = re.findall(r"<option [^>]*?( selected)?>(.*?)</option>", found[1]) if found else []
    return [f"({text})" if here else text for here, text in options]


# Opened by hand


def test_nothing_is_offered_before_somebody_asks_for_it(ada: User, ada_client: Client) -> None:
    make.entry(ada, "Sea.", themes=["Salt"])
    for closed in (ada_client.get("/entries/"), ada_client.get("/entries/?month=2026-11"), ask(ada_client, "sea")):
        assert (ticked(closed), "Salt</option>" in words_of(closed)) == ({}, False)
        assert re.findall(r'<button class="opener"[^>]* name="find" value="1" aria-expanded="false"', words_of(closed))


def test_without_a_script_the_page_comes_back_with_the_finder_open(ada: User, ada_client: Client) -> None:
    make.entry(ada, "Sea.", themes=["Salt"])
    answer = ask(ada_client, "", find="1")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{OPENED}#filter")
    assert chosen(ada_client.get(OPENED), "theme") == ["any", "Salt"]


def test_who_opens_it_keeps_the_month_and_the_words(ada: User, ada_client: Client) -> None:
    make.entry(ada, "Sea.", on=date(2026, 6, 3))
    assert 'name="at" value="2026-06"' in words_of(ada_client.get("/entries/?month=2026-06"))
    answer = ask(ada_client, "", find="1", at="2026-06")
    assert answer.headers["Location"] == "/entries/?month=2026-06&find=1#filter"
    assert ticked(ada_client.get("/entries/?month=2026-06&find=1")) == {"win": False, "month": False}
    answer = ask(ada_client, "sea", find="1", at="2026-06")
    assert ticked(answer) == {"win": False, "month": False}
    assert re.findall("<mark>(.*?)</mark>", words_of(answer)) == ["Sea"]
    assert 'value="sea"' in words_of(answer)


def test_with_htmx_the_finder_alone_comes_and_the_address_stays(ada: User, ada_client: Client) -> None:
    make.setback(ada, "Sea.", on=date(2026, 6, 3), themes=["Salt"])
    words = {"q": "sea", "find": "1", "at": "2026-06"}
    answer = ada_client.post("/entries/search/", words, headers=HTMX)
    assert (answer.status_code, "HX-Replace-Url" in answer.headers) == (200, False)
    assert words_of(answer).strip().startswith('<details class="more" open>')
    assert ticked(answer) == {"setback": False, "open": False, "month": False}
    assert ("Sea." in words_of(answer), chosen(answer, "theme")) == (False, ["any", "Salt"])


def test_an_odd_place_leads_nowhere(ada: User, ada_client: Client) -> None:
    assert ask(ada_client, "sea", at="2026-13").status_code == 404


# What is offered


def test_a_newcomer_is_offered_the_one_kind_there_is(ada: User, bea: User, ada_client: Client) -> None:
    Lesson.objects.create(owner=bea, entry=make.setback(bea, themes=["Hers"]), lesson="Hers.")
    Milestone.keep(bea, make.NOON, title="Hers")
    make.entry(ada)
    make.entry(ada, kind="doubt").remove(make.NOON)
    answer = ada_client.get(OPENED)
    assert ticked(answer) == {"win": False}
    assert "<select" not in words_of(answer)


def test_a_kind_is_offered_from_its_first_page_on_and_a_lesson_from_the_first_one(ada: User) -> None:
    assert kinds_of(ada) == []
    for kind in Entry.Kind.values:
        make.entry(ada, f"A {kind}.", kind=kind)
    assert kinds_of(ada) == [kind for kind in KINDS if kind != "lesson"]
    lesson = Lesson.objects.create(owner=ada, entry=make.setback(ada), kind_words="You can rest.")
    assert "lesson" not in kinds_of(ada)
    Lesson.write(lesson.entry, lesson="Ask.")
    assert kinds_of(ada) == list(KINDS)
    lesson.entry.remove(make.NOON)
    assert "lesson" not in kinds_of(ada)


def test_what_is_chosen_is_offered_even_where_there_is_none(ada: User, ada_client: Client) -> None:
    make.entry(ada)
    assert ticked(ada_client.get("/entries/?kind=doubt&open=1")) == {"win": False, "doubt": True, "open": True}


def test_what_can_stay_open_is_offered_with_a_chip_for_it(ada: User, ada_client: Client) -> None:
    make.setback(ada)
    assert ticked(ada_client.get(OPENED)) == {"setback": False, "open": False}


def test_own_themes_and_milestones_can_be_chosen(ada: User, ada_client: Client) -> None:
    goal = Milestone.keep(ada, make.NOON, title="A <menu>")
    make.entry(ada, "Sea.", themes=["Salt", "asking", "Éclairs"], milestone=goal)
    first = ada_client.get(OPENED)
    assert chosen(first, "theme") == ["any", "asking", "Éclairs", "Salt"]
    salt = next(theme for theme in Theme.objects.of(ada) if theme.name == "Salt")
    answer = ada_client.get(f"/entries/?theme={salt.pk}&milestone={goal.pk}")
    assert chosen(answer, "theme") == ["any", "asking", "Éclairs", "(Salt)"]
    assert chosen(answer, "milestone") == ["any", "(A <menu>)"]


# What is still open


def test_open_is_what_nothing_more_was_said_about(ada: User) -> None:
    for kind in Entry.Kind.values:
        make.entry(ada, f"A {kind}.", kind=kind)
    taught, left = make.setback(ada, "Taught."), make.setback(ada, "Left be.")
    Lesson.objects.create(owner=ada, entry=taught, lesson="Ask.")
    Acceptance.accept(left)
    Lesson.objects.create(owner=ada, entry=make.setback(ada, "With kind words alone."), kind_words="Rest.")
    Answer.objects.create(owner=ada, entry=make.entry(ada, "Answered.", kind="doubt"), answer="No.")
    Answer.objects.create(owner=ada, entry=make.entry(ada, "Not answered.", kind="doubt"))
    Decision.write(make.entry(ada, "Decided.", kind="decision"), decided="Go.")
    Decision.write(make.entry(ada, "On its way.", kind="decision"), want="Rest.")
    hard, doubts = {"A setback.", "With kind words alone."}, {"A doubt.", "Not answered."}
    assert bodies(Filters(open=True), ada) == hard | doubts | {"A decision.", "On its way."}
    assert bodies(Filters(("setback",), open=True), ada) == hard
    assert bodies(Filters(("doubt", "win"), open=True), ada) == doubts


def test_what_is_open_is_said_and_has_an_address(ada: User, ada_client: Client) -> None:
    make.setback(ada, "The sauce split.")
    Acceptance.accept(make.setback(ada, "It was only hard."))
    answer = ask(ada_client, "", kind="setback", open="1")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/entries/?kind=setback&open=1")
    words = words_of(ada_client.get(answer.headers["Location"]))
    assert "<strong>Hard things</strong> · <strong>Still open</strong>" in words
    assert ("The sauce split." in words, "It was only hard." in words) == (True, False)


# Together


def test_filters_combine_and_each_narrows(ada: User, bea: User, ada_client: Client) -> None:
    goal = Milestone.keep(ada, make.NOON, title="A menu")
    whole = {"themes": ["Salt"], "milestone": goal, "on": date(2026, 6, 3)}
    kept = make.setback(ada, "Sea: all of it.", **whole)
    taught = make.setback(ada, "Sea: taught.", **whole)
    Lesson.objects.create(owner=ada, entry=taught, lesson="Ask.")
    make.entry(ada, "Sea: a win.", **whole)
    make.setback(ada, "Sea: no theme.", **whole | {"themes": []})
    make.setback(ada, "Sea: no milestone.", **whole | {"milestone": None})
    make.setback(ada, "Sea: another month.", **whole | {"on": date(2026, 7, 1)})
    make.setback(ada, "A lake: all but the word.", **whole)
    make.setback(bea, "Sea: hers.", on=date(2026, 6, 3))
    asked = {"theme": str(kept.themes.get().pk), "milestone": str(goal.pk), "month": "2026-06"}
    answer = ask(ada_client, "sea", kind="setback", open="1", **asked)
    assert re.findall(r"<mark>Sea</mark>: (.*?)<", words_of(answer)) == ["all of it."]
    assert "with “<bdi>sea</bdi>” in June 2026." in words_of(answer)
    choices = {"setback": True, "open": True, "month": True}
    assert ticked(answer) == {"win": False, "lesson": False} | choices
    answer = ask(ada_client, "sea", kind="lesson", **asked)
    assert re.findall(r"<mark>Sea</mark>: (.*?)<", words_of(answer)) == ["taught."]


def test_a_month_that_the_book_is_open_at_narrows_only_where_it_is_chosen(ada: User, ada_client: Client) -> None:
    make.entry(ada, "Sea in June.", on=date(2026, 6, 3))
    make.entry(ada, "Sea in July.", on=date(2026, 7, 3))
    month = ada_client.get("/entries/?month=2026-06&find=1")
    assert "Only June 2026" in words_of(month)
    assert ticked(month) == {"win": False, "month": False}
    assert ticked(ada_client.get("/entries/?month=2026-06&kind=win")) == {"win": True, "month": True}
    assert "<strong>One win</strong>" in words_of(ask(ada_client, "sea", kind="win", month="2026-06"))
    assert "<strong>Two wins</strong>" in words_of(ask(ada_client, "sea", kind="win"))
    assert ask(ada_client, "", month="2026-06").headers["Location"] == "/entries/?month=2026-06"


def test_an_odd_month_leads_nowhere(ada: User, ada_client: Client) -> None:
    assert ask(ada_client, "sea", month="2026-13").status_code == 404


# In every kind of page


def _doubt(owner: User) -> Entry:
    doubt = make.entry(owner, "Who am I to cook?", kind="doubt")
    Doubt.write(doubt, fear="That the lighthouse-fear goes out.", guard="A lighthouse-guard.", still_true="Lighthouse.")
    return doubt


def _after_a_doubt(owner: User) -> Entry:
    doubt = make.entry(owner, "Who am I to cook?", kind="doubt")
    Revisit.write(doubt, known="The lighthouse stood.")
    return doubt


def _decision(owner: User) -> Entry:
    decision = make.entry(owner, "To move or to stay?", kind="decision")
    Decision.write(decision, **{name: f"A lighthouse, {name}." for name in Decision.WORDS})
    Revisit.write(decision, known="A lighthouse is loud.")
    return decision


def _meeting(owner: User) -> Entry:
    meeting = make.entry(owner, "With Lina.", kind="meeting")
    Meeting.write(meeting, helpful="To speak of the lighthouse.", takeaway="The lighthouse can wait.")
    return meeting


def _then_now(owner: User) -> Entry:
    page = make.entry(owner, "The lighthouse is easier.", kind="then_now")
    ThenNow.objects.create(owner=owner, entry=page, old=make.entry(owner, "An old doubt.", kind="doubt", **ago(300)))
    return page


def _encouragement(owner: User) -> Entry:
    said = make.entry(owner, "You kept the lighthouse.", kind="encouragement")
    Encouragement.objects.create(owner=owner, entry=said, from_whom="The lighthouse keeper")
    return said


def _letter(owner: User) -> Entry:
    letter = make.entry(owner, "Dear me, the lighthouse.", kind="letter")
    Later.close(letter, TODAY)
    letter.later.open(make.NOON)
    return letter


def _sequel(owner: User) -> Entry:
    hard = make.setback(owner, "The sauce split.", **ago(200))
    Lesson.objects.create(owner=owner, entry=hard, lesson="Ask.", told_myself="I am no lighthouse.")
    Sequel.objects.create(owner=owner, entry=hard, came_of_it="Somebody lit the lighthouse.")
    return hard


def _kindness(owner: User) -> Entry:
    win = make.entry(owner, "Rested.")
    Kindness.objects.create(owner=owner, entry=win, words="You are a lighthouse.")
    return win


PAGES: list[tuple[Callable[[User], Entry], int]] = [
    (_doubt, 3),
    (_after_a_doubt, 1),
    (_decision, 7),
    (_meeting, 2),
    (_then_now, 1),
    (_encouragement, 2),
    (_letter, 1),
    (_sequel, 2),
    (_kindness, 1),
]


@pytest.mark.parametrize(("page", "marks"), PAGES, ids=lambda one: getattr(one, "__name__", str(one)).strip("_"))
def test_what_is_found_in_any_page_is_marked_in_it(
    page: Callable[[User], Entry], marks: int, ada: User, ada_client: Client
) -> None:
    entry = page(ada)
    answer = words_of(ask(ada_client, "lighthouse"))
    assert re.findall(r'id="entry-([^"]*)"', answer) == [str(entry.pk)]
    assert len(re.findall("<mark>lighthouse</mark>", answer, flags=re.I)) == marks


def test_a_letter_that_is_closed_is_found_by_no_word_and_shown_by_its_kind_without_any(
    ada: User, ada_client: Client
) -> None:
    letter = make.entry(ada, "Dear me, the lighthouse.", kind="letter", themes=["lighthouse"])
    Later.close(letter, TODAY + timedelta(days=30))
    assert "Nothing kept with that word. A shorter one finds more." in words_of(ask(ada_client, "lighthouse"))
    closed = words_of(ada_client.get("/entries/?kind=letter"))
    assert ("Closed. It is for 20 December 2026." in closed, "Dear me" in closed) == (True, False)


# What it costs


@pytest.mark.parametrize("count", [1, 3])
def test_an_opened_finder_asks_for_kinds_themes_and_milestones_once_each(
    count: int, ada: User, ada_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for days in range(count):
        goal = Milestone.keep(ada, make.NOON, title=f"Goal {days}")
        make.setback(ada, themes=[f"Theme {days}"], milestone=goal, **ago(days))
    ada_client.get("/today/")
    # The session, the person, their key, the entries, their themes; kinds, themes, milestones; the months.
    with django_assert_num_queries(9):
        answer = ada_client.get(OPENED)
    assert (len(chosen(answer, "theme")), len(chosen(answer, "milestone"))) == (1 + count, 1 + count)
    with django_assert_num_queries(6):
        part = ada_client.post("/entries/search/", {"find": "1"}, headers=HTMX)
    assert (chosen(part, "theme"), chosen(part, "milestone")) == (chosen(answer, "theme"), chosen(answer, "milestone"))
