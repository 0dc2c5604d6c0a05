"""Search finds what a plain reading finds, best first; nothing that was asked for stays anywhere."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts import keys
from accounts.models import User
from accounts.sealed import Sealed
from journal import search
from journal.filters import Filters
from journal.folding import fold
from journal.models import Answer, Entry, Lesson, Milestone, Theme
from journal.search import SHOWN, find
from tests import make
from tests.journal.pages import field, text_of, words_of

pytestmark = pytest.mark.usefixtures("noon")
TODAY = make.NOON.date()
HTMX = {"HX-Request": "true"}


def ago(days: int) -> dict[str, Any]:
    return {"on": TODAY - timedelta(days=days), "now": make.NOON - timedelta(days=days)}


def ask(client: Client, words: str, *, part: bool = False, **more: Any) -> Any:
    return client.post("/entries/search/", {"q": words} | more, headers=HTMX if part else {})


def shown(answer: Any) -> list[str]:
    """The texts of the entries that were found, in their order, without marks."""
    page = re.sub("</?mark>", "", words_of(answer))
    return re.findall(r'<(?:p class="text"|span class="words"[^>]*|p class="words") dir="auto">(.*?)</', page)


def told(answer: Any) -> str:
    found = re.search(r'<p class="found">(.*?)</p>', words_of(answer))
    return " ".join(re.sub("<[^>]*>", "", found[1]).split()) if found else ""


def bodies(user: User, words: str, filters: Filters | None = None) -> list[str]:
    return [entry.body for entry in find(user, filters or Filters(), words).entries]


# What is found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Asked for a hand.", "ask"),
        ("A silence isn’t a question.", "isn't"),
        ("The ÉCOLE was shut.", "ecole"),
        ("The ecole was shut.", "École"),
        ("Over the Straße.", "STRASSE"),
        ("طلبتُ المُسَاعَدَة من أخي", "مساعده".replace("ه", "ة")),
        ("طلبت المساعدة من أخي", "اخي"),
        ("ســــلام", "سلام"),
        ("我终于开口请人帮忙了", "帮忙"),
        ("오늘은 쉬었다", "쉬었"),
        ("かたづけをした", "片".replace("片", "づけ")),
        ("Two\nlines with\na break.", "lines break two"),
        ("100 % (really) [yes] a.b*c \\d+", "(really) [yes] a.b*c \\d+ %"),
        ("🌊 and salt", "🌊"),
    ],
)
def test_words_are_found_whatever_their_spelling(text: str, words: str, ada: User) -> None:
    make.entry(ada, "Something else.")
    make.entry(ada, text)
    assert bodies(ada, words) == [text]


def test_every_text_that_belongs_to_an_entry_is_looked_through(ada: User) -> None:
    goal = Milestone.objects.create(owner=ada, title="A supper menu", local_date=TODAY)
    hard = make.setback(ada, "The sauce split.", themes=["Asking for help"], milestone=goal)
    fields = ("kind_words", "lesson", "goal", "reality", "options", "way_forward")
    Lesson.objects.create(owner=ada, entry=hard, **{name: f"the {name.replace('_', '-')} text" for name in fields})
    doubt = make.entry(ada, "Who am I?", kind="doubt")
    Answer.objects.create(owner=ada, entry=doubt, answer="Karim asked me.")
    make.entry(ada, "", deed="came_back")
    for name in fields:
        assert bodies(ada, name.replace("_", "-")) == ["The sauce split."]
    assert bodies(ada, "asking") == ["The sauce split."]
    assert bodies(ada, "supper") == ["The sauce split."]
    assert bodies(ada, "karim") == ["Who am I?"]
    assert bodies(ada, "came back") == [""]
    assert bodies(ada, "came_back") == []


def test_all_words_have_to_be_there_in_whichever_text(ada: User) -> None:
    hard = make.setback(ada, "The sauce split at table nine.", themes=["Asking"])
    Lesson.objects.create(owner=ada, entry=hard, lesson="Two stations are too many.")
    make.setback(ada, "The sauce was thin.")
    assert bodies(ada, "sauce stations ask") == ["The sauce split at table nine."]
    assert bodies(ada, "sauce stations elsewhere") == []


def test_nothing_of_somebody_else_and_nothing_taken_back_is_found(ada: User, bea: User) -> None:
    goal = Milestone.objects.create(owner=bea, title="lighthouse", local_date=TODAY)
    hers = make.setback(bea, "A lighthouse.", themes=["lighthouse"], milestone=goal)
    Lesson.objects.create(owner=bea, entry=hers, lesson="lighthouse")
    make.entry(ada, "A lighthouse, taken back.", themes=["lighthouse"]).remove(make.NOON)
    assert find(ada, Filters(), "lighthouse").total == 0
    assert bodies(bea, "lighthouse") == ["A lighthouse."]


def test_what_does_not_open_is_passed_over(ada: User) -> None:
    odd, kept = make.entry(ada, "A lighthouse, changed."), make.entry(ada, "A lighthouse.")
    Entry.objects.filter(pk=odd.pk).update(body=Sealed(b"\x01\x01" + b"x" * 60))
    Lesson.objects.create(owner=ada, entry=kept, lesson="x")
    Lesson.objects.update(lesson=Sealed(b"odd"))
    assert bodies(ada, "lighthouse") == ["A lighthouse."]


def test_without_its_keys_a_journal_is_locked_and_not_empty(ada: User, ada_client: Client) -> None:
    make.entry(ada, "A lighthouse.")
    keys.destroy(ada.pk)
    assert ask(ada_client, "lighthouse").status_code == 503


Letters = st.text("aáAbB ’ß\u0301بأا北京\n", max_size=6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.tuples(Letters, Letters), min_size=1, max_size=6), words=Letters)
def test_what_is_found_is_what_a_plain_reading_finds(texts: list[tuple[str, str]], words: str, ada: User) -> None:
    Entry.objects.all().delete()
    kept = [Entry(owner=ada, kind="setback", body=body, local_date=TODAY) for body, _lesson in texts]
    lessons = [Lesson(owner=ada, entry=entry, lesson=text[1]) for entry, text in zip(kept, texts, strict=True)]
    Entry.objects.bulk_create(kept)
    Lesson.objects.bulk_create(lessons)
    terms = fold(words).split()
    holding = {
        entry.pk
        for entry, both in zip(kept, texts, strict=True)
        if terms and all(any(term in fold(text) for text in both) for term in terms)
    }
    assert {entry.pk for entry in find(ada, Filters(), words).entries} == holding


# In which order


def test_whole_words_come_before_beginnings_and_those_before_the_inside(ada: User) -> None:
    make.entry(ada, "Ask, and rest.", **ago(9))
    make.entry(ada, "A task.", **ago(1))
    make.entry(ada, "Asked.", **ago(2))
    make.entry(ada, "A basket; then an ask.", **ago(8))
    found = find(ada, Filters(), "ask")
    assert [entry.body for entry in found.entries] == ["A basket; then an ask.", "Ask, and rest.", "Asked.", "A task."]
    assert not found.newest_first


def test_a_lesson_a_theme_and_a_title_weigh_more_than_a_text_and_less_than_a_whole_word(ada: User) -> None:
    goal = Milestone.objects.create(owner=ada, title="To be asked", local_date=TODAY)
    make.entry(ada, "Asked today.", **ago(1))
    make.entry(ada, "Towards it.", milestone=goal, **ago(2))
    make.entry(ada, "With a theme.", themes=["Asking"], **ago(3))
    Lesson.objects.create(owner=ada, entry=make.setback(ada, "It split.", **ago(4)), lesson="Asking helps.")
    make.entry(ada, "I can ask.", **ago(5))
    assert bodies(ada, "ask") == ["I can ask.", "Towards it.", "With a theme.", "It split.", "Asked today."]


def test_among_equals_the_newest_comes_first(ada: User) -> None:
    for days in (3, 1, 2):
        make.entry(ada, f"Salt, {days}.", **ago(days))
    found = find(ada, Filters(), "salt")
    assert ([entry.body for entry in found.entries], found.newest_first) == (["Salt, 1.", "Salt, 2.", "Salt, 3."], True)


def test_where_words_have_no_spaces_every_place_is_as_good(ada: User) -> None:
    make.entry(ada, "北京。", **ago(2))
    make.entry(ada, "我去北京了", **ago(1))
    assert bodies(ada, "北京") == ["我去北京了", "北京。"]


# The page


def test_the_page_says_how_many_of_what_and_in_which_order(ada: User, ada_client: Client) -> None:
    for days, lesson in ((1, "Asking for a hand."), (200, "A silence isn’t a question I was asked.")):
        hard = make.setback(ada, f"Day {days}.", **ago(days))
        Lesson.objects.create(owner=ada, entry=hard, lesson=lesson)
    make.entry(ada, "I can ask.", **ago(3))
    answer = ask(ada_client, "ask", kind="lesson")
    assert told(answer) == "Two lessons with “ask”, newest first. Clear"
    assert shown(answer) == ["Day 1.", "Asking for a hand.", "Day 200.", "A silence isn’t a question I was asked."]
    assert "<mark>Ask</mark>ing for a hand." in words_of(answer)
    assert re.findall(r'<h2 id="f-[^>]*>(.*?)</h2>', words_of(answer)) == ["November", "May"]
    assert told(ask(ada_client, "ask")) == "Three things with “ask”, whole words first. Clear"
    assert told(ask(ada_client, "ask", kind="win")) == "One win with “ask”. Clear"


def test_best_first_each_day_names_its_month(ada: User, ada_client: Client) -> None:
    for body, days in (("An ask.", 700), ("A basket.", 1), ("Asked.", 40)):
        make.entry(ada, body, **ago(days))
    days = re.findall(r"<h3[^>]*>(.*?)</h3>", words_of(ask(ada_client, "ask")))
    assert [re.sub("<[^>]*>", "", day) for day in days] == ["20 December 2024", "11 October", "19 November"]


def test_a_part_comes_back_with_what_is_read_out_and_an_address_without_words(ada: User, ada_client: Client) -> None:
    make.entry(ada, "A lighthouse & a boat.")
    answer = ask(ada_client, "lighthouse", part=True, kind="win", to="2026-11-30")
    assert answer.status_code == 200
    assert '<div id="say" hx-swap-oob="innerHTML">One win with lighthouse.</div>' in words_of(answer)
    assert answer.headers["HX-Replace-Url"] == "/entries/?kind=win&to=2026-11-30"
    assert "<html" not in words_of(answer)
    assert "A <mark>lighthouse</mark> &amp; a boat." in answer.content.decode()


def test_nothing_found_says_what_finds_more(ada: User, ada_client: Client) -> None:
    make.entry(ada, "A boat.")
    words = text_of(ask(ada_client, "lighthouse"))
    assert "“lighthouse” Nothing kept with that word. A shorter one finds more. See everything" in words
    assert "Nothing kept with all of these words. Fewer of them find more." in text_of(ask(ada_client, "a lighthouse"))
    part = words_of(ask(ada_client, "lighthouse", part=True))
    assert '<div id="say" hx-swap-oob="innerHTML">Nothing kept with that word.' in part


def test_the_words_stay_in_their_box_and_nowhere_else(
    ada: User, ada_client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    make.entry(ada, "A lighthouse.")
    answer = ask(ada_client, "lighthouse")
    assert field(answer, "q") == "lighthouse"
    assert re.findall("<title>(.*?)</title>", words_of(answer)) == ["Journal · Onward"]
    assert [link for link in re.findall(r'(?:href|action)="([^"]*)"', words_of(answer)) if "light" in link] == []
    assert "lighthouse" not in str(dict(ada_client.session.items()))
    assert "lighthouse" not in str(dict(answer.headers))
    assert "lighthouse" not in caplog.text
    assert "Cache-Control" in answer.headers and "no-store" in answer.headers["Cache-Control"]
    assert cache.get("lighthouse") is None


def test_words_are_only_words(ada: User, ada_client: Client) -> None:
    make.entry(ada, '"><script>alert(1)</script>', themes=["<i>sea</i>"])
    for words in ("script", "<script>", '"><script>alert(1)</script>', "<i>sea</i>", "{{ 7 }}"):
        for answer in (ask(ada_client, words), ask(ada_client, words, part=True)):
            page = answer.content.decode()
            assert answer.status_code == 200
            assert re.findall(r"<script>|<i>|alert\(1\)\"", page) == []


def test_too_many_words_are_said_at_the_field_and_stay_in_it(ada: User, ada_client: Client) -> None:
    make.entry(ada, "A boat.")
    answer = ask(ada_client, "x" * 201)
    assert (answer.status_code, field(answer, "q")) == (422, "x" * 201)
    assert "More than 200 characters at once is too much to look for. A few words find more." in text_of(answer)
    part = ask(ada_client, "x" * 201, part=True)
    assert (part.status_code, "More than 200 characters" in text_of(part)) == (422, True)
    assert ask(ada_client, "x" * 200).status_code == 200


def test_without_words_everything_is_there(ada: User, ada_client: Client) -> None:
    make.entry(ada, "A boat.")
    for words in ("", "  ", "\x00\x07", "\u0301", "\u200d"):
        answer = ask(ada_client, words)
        assert (answer.status_code, shown(answer)) == (200, ["A boat."])
        assert shown(ask(ada_client, words, part=True)) == ["A boat."]


def test_filters_alone_have_an_address_of_their_own(ada: User, ada_client: Client) -> None:
    make.entry(ada, "A boat.")
    make.entry(ada, "A note.", kind="note")
    answer = ask(ada_client, "", kind=["note", "doubt"])
    assert (answer.status_code, answer.headers["Location"]) == (303, "/entries/?kind=note&kind=doubt")
    part = ask(ada_client, "", part=True, kind=["note", "doubt"])
    assert (shown(part), part.headers["HX-Replace-Url"]) == (["A note."], "/entries/?kind=note&kind=doubt")


def test_filters_hold_for_what_is_found(ada: User) -> None:
    goal = Milestone.objects.create(owner=ada, title="A menu", local_date=TODAY)
    make.entry(ada, "Sea one.", themes=["Salt"], **ago(1))
    make.entry(ada, "Sea two.", kind="note", **ago(2))
    make.entry(ada, "Sea three.", milestone=goal, **ago(3))
    theme = Theme.objects.get()
    assert bodies(ada, "sea", Filters(kinds=("note",))) == ["Sea two."]
    assert bodies(ada, "sea", Filters(theme=theme)) == ["Sea one."]
    assert bodies(ada, "sea", Filters(milestone=goal)) == ["Sea three."]
    assert bodies(ada, "sea", Filters(last=TODAY - timedelta(days=2))) == ["Sea two.", "Sea three."]
    assert bodies(ada, "salt", Filters(kinds=("note",))) == []


def test_what_is_asked_of_somebody_elses_leads_nowhere(ada: User, bea_client: Client) -> None:
    make.entry(ada, "A boat.", themes=["Sea"])
    assert ask(bea_client, "boat", theme=str(Theme.objects.get().pk)).status_code == 404
    for odd in ({"kind": "victory"}, {"theme": "x"}, {"milestone": "1"}, {"skip": "-1"}, {"skip": "x"}):
        assert ask(bea_client, "boat", **odd).status_code == 404


def test_an_odd_day_is_said_and_the_words_stay(ada: User, ada_client: Client) -> None:
    make.entry(ada, "A boat.")
    answer = ask(ada_client, "boat", to="0000-00-00")
    assert (answer.status_code, field(answer, "q")) == (422, "boat")
    assert "That isn’t a day we can read." in text_of(answer)


def test_coming_back_with_get_leads_to_the_journal(ada_client: Client) -> None:
    answer = ada_client.get("/entries/search/?q=lighthouse")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/entries/")


def test_more_than_a_page_is_shown_piece_by_piece(ada: User, ada_client: Client) -> None:
    for days in range(SHOWN + 2):
        make.entry(ada, f"Salt {days}.", **ago(days))
    first = ask(ada_client, "salt", kind="win")
    assert told(first) == f"{SHOWN + 2} wins with “salt”, newest first. Clear"
    assert (len(shown(first)), field(first, "skip")) == (SHOWN, str(SHOWN))
    more = ask(ada_client, "salt", part=True, kind="win", skip=str(SHOWN))
    assert shown(more) == [f"Salt {SHOWN}.", f"Salt {SHOWN + 1}."]
    assert "More of them" in text_of(first) and 'name="skip"' not in words_of(more)
    assert len(re.findall("autofocus", words_of(more))) == 1


def test_who_keeps_counts_out_of_sight_sees_none(ada: User, ada_client: Client) -> None:
    User.objects.filter(pk=ada.pk).update(counts_hidden=True)
    for days in (1, 2):
        make.entry(ada, "A boat.", **ago(days))
    assert told(ask(ada_client, "boat", kind="win")) == "Wins with “boat”, newest first. Clear"


@pytest.mark.parametrize("count", [1, 3, 60])
def test_search_asks_as_often_however_much_there_is(
    count: int, ada: User, ada_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for days in range(count):
        hard = make.setback(ada, "Salt.", themes=["Salt", "Sea"], **ago(days))
        Lesson.objects.create(owner=ada, entry=hard, lesson="Ask.")
    ada_client.get("/today/")
    # Session, person, key; all that stands beside entries, where the themes found are, entries; what is shown, twice.
    with django_assert_num_queries(8):
        ask(ada_client, "salt", part=True)


@given(text=st.text(max_size=30), words=st.text(min_size=1, max_size=8))
def test_any_sign_may_be_looked_for(text: str, words: str) -> None:
    for term in search.terms_of(words):
        held = term in fold(text)
        assert (search.Term(term).standing(fold(text)) > 0) == held
