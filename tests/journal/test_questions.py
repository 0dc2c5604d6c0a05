"""If nothing comes: one question at a time, none twice before all were seen, never one that was put away."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from journal.models import Asking, Declined, Entry, Helping
from journal.prompts import choice
from journal.prompts.questions import ALL, HELPING, USUAL, deck
from tests import make
from tests.journal.pages import box, field, text_of, words_of

HTMX = {"HX-Request": "true"}
WORDS = "Opened the letter from the bank."
NAMES = [f"win.{number}" for number in range(12)]
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    """It is Friday 20 November 2026, noon."""
    with time_machine.travel(make.NOON):
        yield


# The questions themselves


def test_there_are_enough_of_our_own() -> None:
    assert sum(map(len, USUAL.values())) >= 150
    assert USUAL.keys() == HELPING.keys()
    assert min(map(len, [*USUAL.values(), *HELPING.values()])) >= 6


def test_no_question_stands_twice_in_what_one_person_is_asked() -> None:
    for decks in (USUAL, HELPING):
        for about, questions in decks.items():
            words = [str(asked) for asked in questions.values()]
            assert sorted(words) == sorted(set(words)), about


@pytest.mark.parametrize("name", ALL)
def test_a_question_is_short_and_leaves_everybody_out_who_has_no_say(name: str) -> None:
    words = str(ALL[name])
    assert len(words) <= 110
    assert len(name) <= 60
    assert words[0].isupper()
    assert words[-1] in "?."
    assert re.search(r"\b(eat|ate|food|meal|diet|body|weigh|slept|sleep|calor|exercise)", words, re.I) is None
    assert re.search(r"\b(god|pray|boss|husband|wife|children|kids|christmas)\b", words, re.I) is None
    assert "'" not in words


# Which one comes

PEOPLE = st.uuids(version=4)


@given(person=PEOPLE, declined=st.sets(st.sampled_from(NAMES)), presses=st.integers(1, 60))
def test_none_comes_twice_before_all_were_seen(person: UUID, declined: set[str], presses: int) -> None:
    seen: dict[str, tuple[datetime, date]] = {}
    shown: list[str | None] = []
    for number in range(presses):
        name = choice.another(NAMES, person, seen, declined)
        shown.append(name)
        if name:
            seen[name] = (make.NOON + timedelta(minutes=number), TODAY)
    left = len(NAMES) - len(declined)
    if left == 0:
        assert shown == [None] * presses
        return
    assert declined.isdisjoint(shown)
    for start in range(presses - left + 1):
        assert len(set(shown[start : start + left])) == left


def test_it_stays_the_same_all_day_and_is_another_one_on_the_next() -> None:
    person, at = UUID(int=7), make.NOON
    first = choice.of_the_day(NAMES, person, TODAY, {}, ())
    assert first is not None
    seen = {first: (at, TODAY)}
    assert choice.of_the_day(NAMES, person, TODAY, seen, ()) == first
    second = choice.of_the_day(NAMES, person, TODAY + timedelta(days=1), seen, ())
    assert second not in (None, first)
    assert choice.of_the_day(NAMES, person, TODAY, seen, {first}) == second


# On the pages


def ask(client: Client, place: str = "today", **data: Any) -> Any:
    return client.post(f"/questions/{place}/", data, headers=HTMX)


def asked(answer: Any) -> str:
    found = re.search(r'<p class="ask"[^>]*>(.*?)</p>', words_of(answer))
    return found[1] if found else ""


def name_of(answer: Any) -> str:
    found = re.search(r'name="never" value="([^"]+)"', words_of(answer))
    assert found
    return found[1]


def test_a_newcomer_sees_three_gestures_and_no_question(ada: User, ada_client: Client) -> None:
    assert "If nothing comes" not in text_of(ada_client.get("/today/"))
    make.entry(ada)
    page = text_of(ada_client.get("/today/"))
    assert page.count("If nothing comes") == 1
    assert not any(str(words) in page for words in ALL.values())


@pytest.mark.parametrize("kind", ["win", "setback", "note"])
def test_today_asks_about_what_is_being_written(kind: str, ada_client: Client) -> None:
    answer = ask(ada_client, kind=kind)
    assert asked(answer) in {str(words) for words in USUAL[kind].values()}
    assert name_of(answer).startswith(f"{kind}.")


@pytest.mark.parametrize("kind", ["", "proud", "nothing"])
def test_a_kind_that_is_none_is_something_that_was_done(kind: str, ada_client: Client) -> None:
    assert name_of(ask(ada_client, kind=kind)).startswith("win.")


@pytest.mark.parametrize(
    ("place", "about"),
    [(same, same) for same in ("doubt", "proud", "takeaway", "friend", "lesson")] + [("happened", "setback")],
)
def test_other_pages_ask_about_what_is_theirs(place: str, about: str, ada_client: Client) -> None:
    assert name_of(ask(ada_client, place)).startswith(f"{about}.")


def test_another_one_comes_until_all_were_seen(ada_client: Client) -> None:
    names = [name_of(ask(ada_client, "doubt"))]
    names += [name_of(ask(ada_client, "doubt", another="1")) for _ in range(len(USUAL["doubt"]))]
    assert sorted(set(names)) == sorted(deck("doubt"))
    assert names[0] == names[-1]


def test_pressed_again_on_the_same_day_it_is_the_same(ada_client: Client, bea: User, client_of: Any) -> None:
    first = name_of(ask(ada_client))
    assert name_of(ask(ada_client)) == first
    for _ in range(3):
        last = name_of(ask(ada_client, another="1"))
    assert name_of(ask(ada_client)) == last
    with time_machine.travel(make.NOON + timedelta(days=1)):
        assert name_of(ask(ada_client)) not in (first, last)
    assert Asking.objects.of(bea).count() == 0


def test_never_this_one_is_remembered_and_can_be_undone(
    ada: User, ada_client: Client, bea: User, client_of: Any
) -> None:
    name = name_of(ask(ada_client, "takeaway"))
    answer = ask(ada_client, "takeaway", never=name)
    assert "That one won’t come again." in text_of(answer)
    seen = {name_of(answer), *(name_of(ask(ada_client, "takeaway", another="1")) for _ in range(30))}
    assert seen == set(deck("takeaway")) - {name}
    with time_machine.travel(make.NOON + timedelta(days=31)):
        later = client_of(ada)
        assert str(ALL[name]) in text_of(later.get("/questions/"))
        assert later.post("/questions/", {"back": "a\0b"}).status_code == 303
        assert later.post("/questions/", {"back": name}).status_code == 303
        assert "None is put away." in text_of(later.get("/questions/"))
    assert name_of(ask(ada_client, "takeaway", back=name)) == name
    Declined.keep(bea, name)
    assert [row.owner for row in Declined.objects.all()] == [bea]


def test_where_each_one_was_put_away_it_says_so(ada: User, ada_client: Client) -> None:
    for name in deck("takeaway"):
        Declined.keep(ada, name)
    answer = ask(ada_client, "takeaway")
    assert asked(answer) == "No question is left here. A blank page will do as well."
    assert 'href="/questions/"' in words_of(answer)


@pytest.mark.parametrize("data", [{"never": "win.nowhere"}, {"back": "x" * 500}, {"never": ""}])
def test_a_name_that_is_none_puts_nothing_away(data: dict[str, str], ada: User, ada_client: Client) -> None:
    assert ask(ada_client, **data).status_code == 200
    assert Declined.objects.of(ada).count() == 0


def test_a_place_that_is_none_is_not_found(ada_client: Client) -> None:
    assert ask(ada_client, "nowhere").status_code == 404
    assert ada_client.get("/questions/today/").status_code == 405


def test_whoever_helps_others_has_other_questions(ada: User, ada_client: Client) -> None:
    Helping.choose(ada, True)
    for place in ("today", "doubt", "friend", "lesson", "proud", "takeaway"):
        assert name_of(ask(ada_client, place)).startswith("helping.")
    Helping.choose(ada, False)
    assert not name_of(ask(ada_client)).startswith("helping.")


# Without a script: what was typed comes back with the question


def test_today_keeps_the_words_in_the_box(ada: User, ada_client: Client) -> None:
    for day in (18, 19, 20):
        make.entry(ada, "Before.", on=date(2026, 11, day))
    id = str(uuid4())
    typed = {"id": id, "kind": "setback", "body": WORDS, "themes": "home", "local_date": "2026-11-19"}
    answer = ada_client.post("/questions/today/", typed)
    assert answer.status_code == 200
    assert (box(answer, "body"), field(answer, "id"), field(answer, "themes")) == (WORDS, id, "home")
    assert re.search(r'value="setback" checked', words_of(answer))
    assert asked(answer) in {str(words) for words in USUAL["setback"].values()}
    assert [entry.body for entry in Entry.objects.of(ada)] == ["Before."] * 3
    assert WORDS not in str(answer.headers) + str(dict(ada_client.session))


def test_a_doubt_keeps_both_sides(ada: User, ada_client: Client) -> None:
    answer = ada_client.post("/questions/doubt/", {"id": str(uuid4()), "body": "A doubt.", "answer": "Half an answer"})
    assert (box(answer, "body"), box(answer, "answer")) == ("A doubt.", "Half an answer")
    assert asked(answer)
    assert Entry.objects.of(ada).count() == 0


def test_a_week_keeps_its_lines_for_good(ada: User, ada_client: Client) -> None:
    data = {"week": "2026-W47", "proud-0": WORDS, "proud-0-id": str(uuid4())}
    answers = [ada_client.post("/questions/proud/", data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert [(entry.kind, entry.body) for entry in Entry.objects.of(ada)] == [("proud", WORDS)]
    assert f">\n{WORDS}</textarea>" in words_of(answers[1])
    assert asked(answers[1])


def test_a_takeaway_is_kept_and_its_fold_stays_open(ada: User, ada_client: Client) -> None:
    make.entry(ada, kind="proud", on=date(2026, 11, 10))
    answer = ada_client.post("/questions/takeaway/", {"week": "2026-W47", "takeaway": WORDS})
    assert box(answer, "takeaway") == WORDS
    assert re.search(r'<details class="more longer" id="longer" open>', words_of(answer))
    assert asked(answer) in {str(words) for words in USUAL["takeaway"].values()}


@pytest.mark.parametrize(("place", "name"), [("friend", "kind_words"), ("lesson", "lesson")])
def test_a_setback_keeps_what_was_typed_for_good(place: str, name: str, ada: User, ada_client: Client) -> None:
    hard = make.setback(ada)
    answer = ada_client.post(f"/questions/{place}/", {"entry": str(hard.pk), name: WORDS, "version": "1"})
    assert (answer.status_code, box(answer, name)) == (200, WORDS)
    assert asked(answer) in {str(words) for words in USUAL[place].values()}
    assert getattr(Entry.objects.of(ada).with_records().get().lesson, name) == WORDS


def test_what_happened_is_asked_after_with_the_questions_of_a_hard_thing(ada: User, ada_client: Client) -> None:
    hard = make.setback(ada, "It split.")
    page = words_of(ada_client.get(f"/entries/{hard.pk}/lesson/?step=happened"))
    assert 'formaction="/questions/happened/"' in page
    data = {"entry": str(hard.pk), "body": WORDS, "version": "1"}
    for _ in range(2):
        answer = ada_client.post("/questions/happened/", data | {"another": "1"})
        assert (answer.status_code, box(answer, "body"), field(answer, "version")) == (200, WORDS, "2")
        assert asked(answer) in {str(words) for words in USUAL["setback"].values()}
    assert Entry.objects.of(ada).get().body == WORDS
    blank = ada_client.post("/questions/happened/", data | {"body": " ", "version": "2"})
    assert blank.status_code == 422
    assert asked(blank) in {str(words) for words in USUAL["setback"].values()}
    assert Entry.objects.of(ada).get().body == WORDS


@pytest.mark.parametrize("place", ["happened", "friend", "lesson"])
def test_somebody_elses_setback_is_not_found(place: str, ada: User, bea_client: Client) -> None:
    hard = make.setback(ada)
    for id in (str(hard.pk), "none", ""):
        assert bea_client.post(f"/questions/{place}/", {"entry": id, "lesson": WORDS}).status_code == 404
    assert not hasattr(Entry.objects.of(ada).with_records().get(), "lesson")


def test_themes_that_cannot_be_kept_come_back(ada: User, ada_client: Client) -> None:
    hard = make.setback(ada)
    themes = ",".join(map(str, range(30)))
    answer = ada_client.post("/questions/lesson/", {"entry": str(hard.pk), "lesson": WORDS, "themes": themes})
    assert (answer.status_code, box(answer, "lesson")) == (422, WORDS)


def test_a_week_that_is_none_is_not_found(ada_client: Client) -> None:
    assert ada_client.post("/questions/proud/", {"week": "last"}).status_code == 404


# How much it asks


@pytest.mark.parametrize("rows", [1, 3])
def test_a_question_asks_as_much_after_three_as_after_one(
    rows: int, ada: User, ada_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        name = name_of(ask(ada_client, another="1"))
        Declined.keep(ada, name)
    with django_assert_num_queries(11):
        ask(ada_client, another="1")


@pytest.mark.parametrize("rows", [1, 3])
def test_what_was_put_away_is_one_query(
    rows: int, ada: User, ada_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for name in NAMES[:rows]:
        Declined.keep(ada, name)
    ada_client.get("/questions/")
    with django_assert_num_queries(3):
        ada_client.get("/questions/")


def test_two_presses_at_once_note_it_once(ada: User, at_once: Callable[..., Any]) -> None:
    at_once(*[lambda: Asking.note(ada, "win.opened", datetime(2026, 11, 20, tzinfo=UTC))] * 4)
    at_once(*[lambda: Declined.keep(ada, "win.opened")] * 4)
