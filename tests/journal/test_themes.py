"""Themes: offered only from one's own words, the index at the back, a page of their own, another word for them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from journal import alphabet
from journal.models import Entry, Lesson, Theme
from tests import make
from tests.journal.pages import text_of

pytestmark = pytest.mark.usefixtures("noon")
TODAY = make.NOON.date()


def lesson(owner: User, themes: list[str], on: date = TODAY, words: str = "Ask for a hand.", **more: str) -> Entry:
    entry = make.setback(owner, "The sauce split.", on=on, themes=themes)
    Lesson.write(entry, lesson=words, **more)
    return entry


def named(owner: User, name: str) -> Theme:
    return next(theme for theme in Theme.objects.of(owner) if theme.name == name)


def place(theme: Theme) -> str:
    return f"/themes/{theme.pk}/"


def index_of(client: Client) -> list[str]:
    page = client.get("/lessons/").content.decode()
    lines = page[page.index('id="index-h"') :].split("</section>")[0].split("<li>")[1:]
    return [" ".join(text_of(Answer(line)).split()).replace(" ,", ",") for line in lines]


class Answer:
    def __init__(self, text: str) -> None:
        self.content = text.encode()


def names(entry: Entry) -> list[str]:
    return sorted(theme.name for theme in Entry.objects.get(pk=entry.pk).themes.all())


# Offered at the field


def test_only_ones_own_earlier_words_are_offered(ada: User, bea: User, ada_client: Client) -> None:
    make.entry(bea, themes=["Bea's word"])
    hard = make.setback(ada, themes=["asking"])
    assert "Or one of yours" not in text_of(ada_client.get(f"/entries/{hard.pk}/lesson/?step=lesson"))
    make.entry(ada, themes=["resting", "soup"])
    page = text_of(ada_client.get(f"/entries/{hard.pk}/lesson/?step=lesson"))
    assert "Or one of yours" in page
    assert "resting" in page
    assert "Bea" not in page


@pytest.mark.parametrize("themes", ["", "asking", "RESTING"])
def test_a_tapped_word_is_kept_with_the_typed_ones(themes: str, ada: User, ada_client: Client) -> None:
    make.entry(ada, themes=["resting"])
    hard = make.setback(ada)
    words = {"lesson": "Sleep.", "themes": themes, "theme": [str(named(ada, "resting").pk), "nonsense"]}
    ada_client.post(f"/entries/{hard.pk}/lesson/?step=lesson", words)
    assert names(hard) == (["asking", "resting"] if themes == "asking" else ["resting"])


def test_a_word_is_tapped_on_an_entrys_own_page(ada: User, ada_client: Client) -> None:
    make.entry(ada, themes=["resting"])
    entry = make.entry(ada, "A walk.", themes=["air"])
    assert "resting" in text_of(ada_client.get(f"/entries/{entry.pk}/"))
    chip = str(named(ada, "resting").pk)
    ada_client.post(f"/entries/{entry.pk}/", {"version": 1, "theme": chip})
    assert names(entry) == ["air", "resting"]


def test_words_come_back_in_the_order_in_which_they_were_typed(ada: User) -> None:
    words = ["sleep", "family", "work", "Sleep"]
    assert [theme.name for theme in Theme.named(ada, words)] == ["sleep", "family", "work"]


def test_nobody_elses_word_can_be_tapped(ada: User, bea: User, ada_client: Client) -> None:
    make.entry(bea, themes=["Bea's word"])
    hard = make.setback(ada)
    ada_client.post(f"/entries/{hard.pk}/lesson/", {"lesson": "Ask.", "theme": str(named(bea, "Bea's word").pk)})
    assert names(hard) == []


# The index


def test_the_index_is_as_in_the_back_of_a_book(ada: User, bea: User, ada_client: Client) -> None:
    lesson(bea, ["bread"])
    for days, themes in ((0, ["Étude", "asking"]), (5, ["asking"]), (400, ["zest", "asking"])):
        lesson(ada, themes, TODAY - timedelta(days=days))
    make.setback(ada, "Still open.", themes=["open"])
    lesson(ada, ["gone"]).remove(make.NOON)
    assert index_of(ada_client) == [
        "asking, 16 Oct 2025, 15 Nov, 20 Nov",
        "Étude, 20 Nov",
        "zest, 16 Oct 2025",
    ]


def test_a_theme_of_more_than_eight_days_is_on_many_pages(ada: User, ada_client: Client) -> None:
    for days in range(9):
        lesson(ada, ["soup"], TODAY - timedelta(days=days))
    assert index_of(ada_client) == ["soup, on many pages"]


def test_a_lesson_without_a_word_is_among_what_was_taken(ada: User, ada_client: Client) -> None:
    lesson(ada, [])
    page = text_of(ada_client.get("/lessons/"))
    assert "Ask for a hand. a lesson from 20 November 2026" in page
    assert "once it has a word for the index" in page


def test_an_empty_back_of_the_book_says_so(ada_client: Client) -> None:
    assert "Blank so far" in text_of(ada_client.get("/lessons/"))


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", ["10 pans", "aim", "Ärger", "étude", "öl", "zest", "щи"]),
        ("de", ["10 pans", "aim", "Ärger", "étude", "öl", "zest", "щи"]),
        ("sv", ["10 pans", "aim", "étude", "zest", "Ärger", "öl", "щи"]),
    ],
)
def test_the_order_is_that_of_the_language(language: str, order: list[str]) -> None:
    with translation.override(language):
        assert sorted(set(order), key=alphabet.place) == order


def test_polish_and_turkish_letters_have_places_of_their_own() -> None:
    with translation.override("pl"):
        assert sorted(["lód", "łyk", "luz"], key=alphabet.place) == ["lód", "luz", "łyk"]
    with translation.override("tr"):
        assert sorted(["iz", "Iğdır", "jest"], key=alphabet.place) == ["Iğdır", "iz", "jest"]


def test_what_does_not_open_stands_last_and_stops_nothing(ada: User, ada_client: Client) -> None:
    lesson(ada, ["asking", "zest"])
    broken = named(ada, "asking")
    Theme.objects.filter(pk=broken.pk).update(name=type(Theme.objects.values_list("name", flat=True)[0])(b"\x01" * 60))
    assert index_of(ada_client) == ["zest, 20 Nov", "can’t be opened, 20 Nov"]
    assert ada_client.get(place(broken)).status_code == 200
    assert ada_client.post(place(broken), {"name": "new"}).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_the_back_of_the_book_asks_as_much_for_three_as_for_one(
    count: int, ada: User, ada_client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        lesson(ada, [f"theme {number}", "all"], TODAY - timedelta(days=number))
    ada_client.get("/today/")
    with django_assert_num_queries(11):
        ada_client.get("/lessons/")


# A theme's page


def test_before_the_third_entry_it_leads_to_the_journal(ada: User, ada_client: Client) -> None:
    for days in range(2):
        lesson(ada, ["asking"], TODAY - timedelta(days=days))
    theme = named(ada, "asking")
    assert f'href="/entries/?theme={theme.pk}"' in ada_client.get("/lessons/").content.decode()
    assert "When" not in text_of(ada_client.get(place(theme)))
    lesson(ada, ["asking"], TODAY - timedelta(days=3))
    assert f'href="{place(theme)}"' in ada_client.get("/lessons/").content.decode()
    assert "When November: 17 19 20" in text_of(ada_client.get(place(theme)))


def since_march(ada: User, lessons: int, kept: int = 5) -> str:
    for number in range(kept):
        day = date(2026, 3, 3) + timedelta(days=40 * number)
        if number < lessons:
            lesson(ada, ["asking"], day, f"Lesson {number}.", kind_words=f"Kind {number}.")
        else:
            make.entry(ada, "Asked.", on=day, themes=["asking"])
    make.entry(ada, "Taken back.", themes=["asking"]).remove(make.NOON)
    return place(named(ada, "asking"))


@pytest.mark.parametrize(
    ("lessons", "hidden", "said"),
    [
        (3, False, "Five entries since March, three with a lesson."),
        (0, False, "Five entries since March."),
        (5, False, "Five entries since March, each with a lesson."),
        (3, True, "On several pages since March, some with a lesson."),
        (0, True, "On several pages since March."),
    ],
)
def test_a_plain_sentence_with_its_count(lessons: int, hidden: bool, said: str, ada: User, ada_client: Client) -> None:
    ada.counts_hidden = hidden
    ada.save()
    assert said in text_of(ada_client.get(since_march(ada, lessons)))


def test_a_year_that_has_passed_is_named(ada: User, ada_client: Client) -> None:
    for days in (0, 1, 400):
        make.entry(ada, themes=["asking"], on=TODAY - timedelta(days=days))
    page = text_of(ada_client.get(place(named(ada, "asking"))))
    assert "Three entries since October 2025." in page
    assert "When November: 19 20 October 2025: 16" in page


def test_what_was_said_there_stands_there(ada: User, ada_client: Client) -> None:
    page = text_of(ada_client.get(since_march(ada, 3)))
    assert "Kind 2. Lesson 2. 22 May 2026 Kind 1. Lesson 1." in page
    assert "Taken back" not in page


def test_nobody_else_sees_or_renames_it(ada: User, bea_client: Client) -> None:
    place = since_march(ada, 1)
    assert bea_client.get(place).status_code == 404
    assert bea_client.post(place, {"name": "Bea was here"}).status_code == 404
    assert [theme.name for theme in Theme.objects.of(ada)] == ["asking"]


@pytest.mark.parametrize("count", [3, 5])
def test_a_themes_page_asks_as_much_for_five_as_for_three(
    count: int, ada: User, ada_client: Client, django_assert_num_queries: Any
) -> None:
    here = since_march(ada, count, count)
    ada_client.get("/today/")
    with django_assert_num_queries(7):
        ada_client.get(here)


# Another word for it


def test_it_gets_another_word_everywhere(ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, themes=["asking", "soup"])
    theme = named(ada, "asking")
    for _ in range(2):
        answer = ada_client.post(place(theme), {"name": " asking  for help ", "version": 1})
        assert (answer.status_code, answer.headers["Location"]) == (303, place(theme))
    assert names(entry) == ["asking  for help", "soup"]


def test_another_spelling_of_the_same_word_is_taken_as_it_is(ada: User, ada_client: Client) -> None:
    make.entry(ada, themes=["cafe"])
    ada_client.post(place(named(ada, "cafe")), {"name": "Café"})
    assert [theme.name for theme in Theme.objects.of(ada)] == ["Café"]


def test_a_word_that_stands_already_asks_first(ada: User, ada_client: Client) -> None:
    make.entry(ada, themes=["resting"])
    make.entry(ada, themes=["rest"])
    answer = ada_client.post(place(named(ada, "rest")), {"name": "Resting"})
    assert answer.status_code == 422
    assert "There is “ resting ” already. Put both together?" in text_of(answer)
    assert 'value="Resting"' in answer.content.decode()
    assert len(Theme.objects.of(ada)) == 2


def test_put_together_nothing_is_lost(ada: User, bea: User, ada_client: Client) -> None:
    make.entry(bea, themes=["resting"])
    both = make.entry(ada, "Both.", themes=["resting", "rest"])
    one, gone = make.entry(ada, "One.", themes=["rest", "soup"]), make.entry(ada, "Gone.", themes=["rest"])
    gone.remove(make.NOON)
    kept, old = named(ada, "resting"), named(ada, "rest")
    answer = ada_client.post(place(old), {"name": "Resting", "merge": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (303, place(kept))
    assert [names(entry) for entry in (both, one, gone)] == [["resting"], ["resting", "soup"], ["resting"]]
    assert ada_client.get(place(old)).status_code == 404
    assert Theme.objects.of(bea).count() == 1


@pytest.mark.parametrize("name", ["", "  ", "a, b", "x" * 81])
def test_a_word_that_is_none_stays_in_its_box(name: str, ada: User, ada_client: Client) -> None:
    make.entry(ada, themes=["asking"])
    answer = ada_client.post(place(named(ada, "asking")), {"name": name})
    assert answer.status_code == 422
    assert f'value="{name.strip()}"' in answer.content.decode() or not name.strip()
    assert [theme.name for theme in Theme.objects.of(ada)] == ["asking"]


def test_two_tabs_do_not_overwrite_each_other(ada: User, ada_client: Client) -> None:
    make.entry(ada, themes=["asking"])
    theme = named(ada, "asking")
    ada_client.post(place(theme), {"name": "help", "version": 1})
    answer = ada_client.post(place(theme), {"name": "hands", "version": 1})
    assert answer.status_code == 409
    assert 'value="hands"' in answer.content.decode()
    assert [theme.name for theme in Theme.objects.of(ada)] == ["help"]
