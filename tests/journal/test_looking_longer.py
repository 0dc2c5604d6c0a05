"""The longer look at something hard, what becomes a step of it, and one's own kind words given back."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from journal import kind_words
from journal.models import Entry, Lesson, PutAway, Revision, Step
from journal.prompts.reframing import LONGER
from tests import make
from tests.journal.pages import box, text_of

pytestmark = pytest.mark.usefixtures("noon")
HTMX = {"HX-Request": "true"}
TODAY = make.NOON.date()


@pytest.fixture
def hard(ada: User) -> Entry:
    return make.setback(ada)


def place(entry: Entry, step: str = "") -> str:
    return f"/entries/{entry.pk}/lesson/" + (f"?step={step}" if step else "")


def kind(owner: User, words: str, ago: int) -> Entry:
    """Kind words of so many days ago."""
    entry = make.setback(owner, f"Something hard, {ago} days ago.", on=TODAY - timedelta(days=ago))
    Lesson.write(entry, kind_words=words)
    return entry


def steps_of(user: User) -> list[tuple[str, object]]:
    return [(step.title, step.milestone_id) for step in Step.objects.of(user).order_by("created_at")]


# Look longer


def test_every_longer_page_is_one_press_away_from_the_lesson(hard: Entry, ada_client: Client) -> None:
    page = ada_client.get(place(hard, "lesson")).content.decode()
    assert re.findall(r'name="to" value="(\w+)"', page) == [question.name for question in LONGER]


@pytest.mark.parametrize("name", ["told_myself", "too_much", "put_right"])
def test_a_longer_page_keeps_its_words_and_goes_back_to_the_lesson(name: str, hard: Entry, ada_client: Client) -> None:
    answer = ada_client.post(place(hard, name), {name: "That I always do this."})
    assert (answer.status_code, answer.headers["Location"]) == (303, place(hard, "lesson"))
    assert getattr(Lesson.objects.of(hard.owner).get(), name) == "That I always do this."
    assert box(ada_client.get(place(hard, name)), name) == "That I always do this."
    assert "That I always do this." in text_of(ada_client.get(f"/entries/{hard.pk}/"))


def test_the_way_to_a_longer_page_keeps_what_was_typed(hard: Entry, ada_client: Client) -> None:
    words = {"lesson": "Half a thought", "themes": "", "to": "told_myself"}
    answer = ada_client.post(place(hard, "lesson"), words, headers=HTMX)
    assert answer.headers["HX-Push-Url"] == place(hard, "told_myself")
    assert "What did I tell myself?" in text_of(answer)
    assert ada_client.post(place(hard, "lesson"), words).headers["Location"] == place(hard, "told_myself")
    assert Lesson.objects.of(hard.owner).get().lesson == "Half a thought"


def test_longer_words_that_are_written_over_stay_among_the_earlier(hard: Entry, ada_client: Client) -> None:
    for words in ("That I always do this.", "That it is the third time."):
        ada_client.post(place(hard, "told_myself"), {"told_myself": words})
    assert [revision.words for revision in Revision.objects.of(hard.owner)] == [
        {"told_myself": "That I always do this."}
    ]


def test_on_the_way_back_nothing_becomes_a_step(hard: Entry, ada_client: Client) -> None:
    ada_client.post(place(hard, "put_right"), {"put_right": "Ring Tom.", "as_step": "1", "do": "back"})
    assert (Lesson.objects.of(hard.owner).get().put_right, steps_of(hard.owner)) == ("Ring Tom.", [])


# A step in one press


@pytest.mark.parametrize(("step", "name"), [("forward", "way_forward"), ("put_right", "put_right")])
def test_what_is_to_be_done_becomes_a_step_in_one_press(
    step: str, name: str, ada: User, hard: Entry, ada_client: Client
) -> None:
    assert 'name="as_step" value="1" checked' in ada_client.get(place(hard, step)).content.decode()
    for _ in range(2):
        ada_client.post(place(hard, step), {name: "Friday:\nask Karim.", "as_step": "1"})
    assert steps_of(ada) == [("Friday: ask Karim.", None)]
    again = ada_client.get(place(hard, step)).content.decode()
    assert 'name="as_step"' not in again
    assert "It is a small step by now." in again


def test_without_the_tick_it_is_no_step_and_can_become_one_later(ada: User, hard: Entry, ada_client: Client) -> None:
    ada_client.post(place(hard, "forward"), {"way_forward": "Ask Karim.", "options": "Silly ones."})
    assert steps_of(ada) == []
    page = ada_client.get(f"/entries/{hard.pk}/").content.decode()
    assert 'name="of" value="way_forward"' in page
    for _ in range(2):
        answer = ada_client.post(f"/entries/{hard.pk}/lesson/steps/", {"of": "way_forward"}, follow=True)
    assert steps_of(ada) == [("Ask Karim.", None)]
    assert "It is a small step now." in text_of(answer)
    assert 'name="of"' not in ada_client.get(f"/entries/{hard.pk}/").content.decode()


def test_nothing_written_makes_no_step(ada: User, hard: Entry, ada_client: Client) -> None:
    ada_client.post(place(hard, "put_right"), {"put_right": "  ", "as_step": "1"})
    ada_client.post(place(hard, "lesson"), {"lesson": "Ask.", "as_step": "1"})
    assert ada_client.post(f"/entries/{hard.pk}/lesson/steps/", {"of": "put_right"}).status_code == 303
    assert ada_client.post(f"/entries/{hard.pk}/lesson/steps/", {"of": "body"}).status_code == 404
    assert steps_of(ada) == []


def test_nobody_else_makes_a_step_of_it(ada: User, bea: User, hard: Entry, bea_client: Client) -> None:
    Lesson.write(hard, way_forward="Ask Karim.")
    assert bea_client.post(f"/entries/{hard.pk}/lesson/steps/", {"of": "way_forward"}).status_code == 404
    assert steps_of(ada) == steps_of(bea) == []


# Their own kind words


def test_before_there_are_any_there_are_only_beginnings(hard: Entry, ada_client: Client) -> None:
    page = ada_client.get(place(hard, "friend")).content.decode()
    assert "Of course that hurt, because…" in page
    assert 'class="own"' not in page


def test_two_sentences_come_back_with_the_month_they_are_from(ada: User, hard: Entry, ada_client: Client) -> None:
    for ago, words in ((3, "One sauce is one sauce."), (190, "You were tired."), (400, "Nobody has four hands.")):
        kind(ada, words, ago)
    page = text_of(ada_client.get(place(hard, "friend")))
    whens = {"One sauce": "November", "You were": "May", "Nobody": "October 2025"}
    shown = [when for words, when in whens.items() if f"“{words}" in page]
    assert len(shown) == 2
    assert [f"You said this in {when}." in page for when in shown] == [True, True]


def test_the_same_ones_all_day_and_in_the_end_all_of_them(ada: User) -> None:
    for ago in range(1, 9):
        kind(ada, f"Sentence {ago}.", ago)
    days = [TODAY + timedelta(days=more) for more in range(40)]
    shown = [[one.words for one in kind_words.chosen(ada, day)] for day in days]
    assert shown == [[one.words for one in kind_words.chosen(ada, day)] for day in days]
    assert {words for day in shown for words in day} == {f"Sentence {ago}." for ago in range(1, 9)}


def test_only_ones_own_of_earlier_days_and_other_pages(ada: User, bea: User, hard: Entry) -> None:
    kind(bea, "Bea's own.", 5)
    kind(ada, "Of today.", 0)
    kind(ada, "Taken back.", 2).remove(make.NOON)
    Lesson.write(hard, kind_words="Of this page.")
    earlier = kind(ada, "An earlier one.", 9)
    assert [one.words for one in kind_words.chosen(ada, TODAY, beside=hard.pk)] == ["An earlier one."]
    assert [one.entry for one in kind_words.own(ada)][-1] == earlier.pk


def test_all_of_them_newest_first_and_no_more_than_asked_for(ada: User) -> None:
    for ago in (9, 1, 5):
        kind(ada, f"Sentence {ago}.", ago)
    assert [one.words for one in kind_words.own(ada)] == ["Sentence 1.", "Sentence 5.", "Sentence 9."]
    assert [one.words for one in kind_words.own(ada, most=2)] == ["Sentence 1.", "Sentence 5."]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_sentence_is_said_again_below_what_was_typed(
    headers: Any, ada: User, hard: Entry, ada_client: Client
) -> None:
    said = kind(ada, "One sauce is one sauce.", 9)
    for _ in range(2):
        words = {"kind_words": "You had no hands.", "borrow": str(said.pk)}
        answer = ada_client.post(place(hard, "friend"), words, headers=headers, follow=True)
    assert box(answer, "kind_words") == "You had no hands.\nOne sauce is one sauce."


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_sentence_that_was_put_away_stays_away_until_it_is_let_back(
    headers: Any, ada: User, hard: Entry, ada_client: Client
) -> None:
    said = kind(ada, "One sauce is one sauce.", 9)
    send: Callable[..., Any] = lambda **pressed: ada_client.post(  # noqa: E731
        place(hard, "friend"), {"kind_words": "You had"} | pressed, headers=headers, follow=True
    )
    answer = send(put_away=str(said.pk))
    assert box(answer, "kind_words") == "You had"
    assert "Put away. It stays where you wrote it" in text_of(answer)
    if headers:
        assert '<div id="say" hx-swap-oob="innerHTML">Put away.</div>' in answer.content.decode()
    assert "“One sauce" not in text_of(answer)
    assert kind_words.own(ada) == [kind_words.Kind("You had", TODAY, hard.pk)]
    assert "“One sauce is one sauce.”" in text_of(send(take_up=str(said.pk)))


def test_what_was_put_away_can_be_let_back_on_its_own_page(ada: User, ada_client: Client) -> None:
    said = kind(ada, "One sauce is one sauce.", 9)
    back = f'action="/entries/{said.pk}/put-away/"'
    assert back not in ada_client.get(f"/entries/{said.pk}/").content.decode()
    for _ in range(2):
        ada_client.post(f"/entries/{said.pk}/put-away/", {"away": "1"})
    assert PutAway.objects.of(ada).count() == 1
    assert back in ada_client.get(f"/entries/{said.pk}/").content.decode()
    ada_client.post(f"/entries/{said.pk}/put-away/", {"away": "0"})
    assert not PutAway.objects.of(ada).exists()


@pytest.mark.parametrize("name", ["borrow", "put_away", "take_up"])
def test_nobody_elses_words_are_said_or_put_away(name: str, ada: User, bea: User, bea_client: Client) -> None:
    said, own = kind(ada, "One sauce is one sauce.", 9), make.setback(bea)
    assert bea_client.post(place(own, "friend"), {name: str(said.pk)}).status_code == 404
    assert bea_client.post(f"/entries/{said.pk}/put-away/", {"away": "1"}).status_code == 404
    assert not PutAway.objects.exists()
    assert not Lesson.objects.of(bea).exists()


def test_what_does_not_open_is_passed_over(ada: User, hard: Entry, ada_client: Client) -> None:
    broken = kind(ada, "One sauce is one sauce.", 9)
    kind(ada, "You were tired.", 20)
    sealed = type(Lesson.objects.values_list("kind_words", flat=True)[0])
    Lesson.objects.filter(entry=broken).update(kind_words=sealed(b"\x01" * 60))
    assert [one.words for one in kind_words.chosen(ada, TODAY)] == ["You were tired."]


@pytest.mark.parametrize("count", [1, 3])
def test_the_friends_page_asks_as_much_for_three_as_for_one(
    count: int, ada: User, hard: Entry, ada_client: Client, django_assert_num_queries: Any
) -> None:
    for ago in range(count):
        kind(ada, f"Sentence {ago}.", ago + 1)
    ada_client.get("/today/")
    with django_assert_num_queries(7):
        ada_client.get(place(hard, "friend"))
