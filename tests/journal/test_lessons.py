from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from accounts.sealed import Sealed
from journal.models import Acceptance, Entry, Lesson, Revision
from journal.prompts.reframing import QUESTIONS
from tests import make
from tests.journal.pages import text_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def hard(ada: User) -> Entry:
    return make.setback(ada)


def place(entry: Entry, step: str = "") -> str:
    return f"/entries/{entry.pk}/lesson/" + (f"?step={step}" if step else "")


def lesson_of(entry: Entry) -> dict[str, str]:
    lesson = Lesson.objects.of(entry.owner).get(entry=entry)
    return {name: getattr(lesson, name) for name in Lesson.WORDS if getattr(lesson, name)}


def earlier(entry: Entry) -> list[dict[str, str]]:
    return [revision.words for revision in Revision.objects.of(entry.owner).filter(entry=entry)]


# What is asked


def test_a_kept_setback_comes_to_the_friend_first(hard: Entry, ada_client: Client) -> None:
    page = ada_client.get(place(hard)).content.decode()
    assert "A friend tells you:" in page
    assert hard.body in page


def test_with_kind_words_the_lesson_comes_next(hard: Entry, ada_client: Client) -> None:
    Lesson.write(hard, kind_words="One sauce is one sauce.")
    page = ada_client.get(place(hard)).content.decode()
    assert "What is this teaching me?" in page
    assert "One sauce is one sauce." in page


@pytest.mark.parametrize("step", [*QUESTIONS, "kept"])
def test_every_step_has_a_page(step: str, hard: Entry, ada_client: Client) -> None:
    assert ada_client.get(place(hard, step)).status_code == 200


@pytest.mark.parametrize("step", [*QUESTIONS, "kept"])
def test_a_title_says_nothing_of_what_was_written(step: str, hard: Entry, ada_client: Client) -> None:
    Lesson.write(hard, **dict.fromkeys(Lesson.WORDS, hard.body))
    page = ada_client.get(place(hard, step)).content.decode()
    assert hard.body in page
    assert hard.body not in page.split("</title>")[0]


def test_a_step_that_is_none_is_not_there(hard: Entry, ada_client: Client) -> None:
    assert ada_client.get(place(hard, "verdict")).status_code == 404


@pytest.mark.parametrize("kind", ["win", "note", "proud", "doubt"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_a_setback_is_looked_at(kind: str, method: str, ada: User, ada_client: Client) -> None:
    entry = make.entry(ada, kind=kind)
    assert getattr(ada_client, method)(place(entry), {"lesson": "x"}).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_looks_at_it(method: str, hard: Entry, bea_client: Client) -> None:
    assert getattr(bea_client, method)(place(hard), {"lesson": "Bea was here."}).status_code == 404
    assert not Lesson.objects.of(hard.owner).exists()


def test_what_was_taken_back_is_not_looked_at(hard: Entry, ada_client: Client) -> None:
    hard.remove(make.NOON)
    assert ada_client.get(place(hard)).status_code == 404


def test_other_methods_are_refused(hard: Entry, ada_client: Client) -> None:
    assert [getattr(ada_client, name)(place(hard)).status_code for name in ("put", "patch", "delete")] == [405] * 3


@pytest.mark.parametrize(("enough", "said"), [("enough", "Good enough for today"), ("will_do", "That will do")])
def test_the_way_out_is_said_in_their_own_word(
    enough: str, said: str, ada: User, hard: Entry, ada_client: Client
) -> None:
    ada.enough = enough
    ada.save()
    assert said in ada_client.get(place(hard)).content.decode()


# Writing


def test_a_script_sends_any_of_the_fields(hard: Entry, ada_client: Client) -> None:
    words = {"kind_words": "You had no hands.", "lesson": "Ask for one.", "goal": "", "way_forward": "Friday."}
    answer = ada_client.post(place(hard), words)
    assert (answer.status_code, answer.headers["Location"]) == (303, place(hard))
    assert lesson_of(hard) == {"kind_words": "You had no hands.", "lesson": "Ask for one.", "way_forward": "Friday."}


def test_a_field_that_is_not_sent_is_left_alone_and_an_empty_one_is_cleared(hard: Entry, ada_client: Client) -> None:
    Lesson.write(hard, kind_words="You had no hands.", lesson="Ask for one.", goal="Hands.")
    ada_client.post(place(hard), {"lesson": "Ask earlier.", "goal": ""})
    assert lesson_of(hard) == {"kind_words": "You had no hands.", "lesson": "Ask earlier."}


def test_nothing_is_lost_by_writing_over_it(hard: Entry, ada_client: Client) -> None:
    for words in ("Ask for a hand.", "Ask earlier.", ""):
        ada_client.post(place(hard), {"lesson": words})
    assert earlier(hard) == [{"lesson": "Ask for a hand."}, {"lesson": "Ask earlier."}]
    page = ada_client.get(f"/entries/{hard.pk}/").content.decode()
    assert page.index("Ask earlier.") < page.index("Ask for a hand.")


def test_the_same_page_sent_twice_writes_once(hard: Entry, ada_client: Client) -> None:
    for _ in range(2):
        ada_client.post(place(hard), {"lesson": "Ask for a hand.", "themes": "asking", "version": "1"})
    assert earlier(hard) == []
    assert Lesson.objects.of(hard.owner).get().version == 1
    assert Entry.objects.of(hard.owner).get().version == 2


def test_nothing_said_makes_no_row(hard: Entry, ada_client: Client) -> None:
    ada_client.post(place(hard, "friend"), {"kind_words": "  "})
    assert not Lesson.objects.of(hard.owner).exists()


def test_earlier_words_do_not_hide_that_the_entry_was_kept_before(hard: Entry, ada_client: Client) -> None:
    """The composer's form sent again after a lesson was written and written over."""
    for words in ("Ask for a hand.", "Ask earlier."):
        Lesson.write(hard, lesson=words)
    ada_client.post("/entries/", {"id": str(hard.pk), "kind": "setback", "body": hard.body})
    assert Entry.objects.of(hard.owner).count() == 1


def test_what_cannot_be_seen_is_taken_out_and_said(hard: Entry, ada_client: Client) -> None:
    answer = ada_client.post(place(hard, "lesson"), {"lesson": "Ask\0 for a hand.\x07"}, follow=True)
    assert lesson_of(hard) == {"lesson": "Ask for a hand."}
    assert "Some characters that can’t be seen were left out." in answer.content.decode()


def test_a_megabyte_of_emoji_is_a_lesson(hard: Entry, ada_client: Client) -> None:
    ada_client.post(place(hard), {"lesson": "🌱" * 250_000})
    assert lesson_of(hard) == {"lesson": "🌱" * 250_000}


def test_what_is_written_at_once_is_all_there(hard: Entry, at_once: Callable[..., Any]) -> None:
    lines = [f"Lesson {number}." for number in range(8)]

    def write(line: str) -> set[str]:
        """And says what is there by now."""
        Lesson.write(hard, lesson=line)
        return {lesson_of(hard)["lesson"], *(words["lesson"] for words in earlier(hard))}

    there = at_once(*[partial(write, line) for line in lines])
    assert max(there, key=len) == set(lines)


# What happened, told anew


def test_what_happened_can_be_told_anew(hard: Entry, ada_client: Client) -> None:
    answer = ada_client.post(place(hard, "happened"), {"body": "It split at nine.", "version": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (303, place(hard, "friend"))
    assert Entry.objects.of(hard.owner).get().body == "It split at nine."
    assert earlier(hard) == [{"body": hard.body, "deed": ""}]


def test_what_happened_left_as_it_is_changes_nothing(hard: Entry, ada_client: Client) -> None:
    ada_client.post(place(hard, "happened"), {"body": hard.body, "version": "1"})
    assert Entry.objects.of(hard.owner).get().version == 1


def test_an_empty_page_is_refused_and_nothing_is_written(hard: Entry, ada_client: Client) -> None:
    answer = ada_client.post(place(hard, "happened"), {"body": "  ", "version": "1"})
    assert answer.status_code == 422
    assert "One word is enough." in answer.content.decode()
    assert Entry.objects.of(hard.owner).get().body == hard.body


def test_two_tabs_keep_both_texts(hard: Entry, ada_client: Client) -> None:
    ada_client.post(place(hard, "happened"), {"body": "The first tab.", "version": "1"})
    answer = ada_client.post(place(hard, "happened"), {"body": "The second tab.", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "The first tab." in page
    assert "The second tab." in page
    assert {"body": "The second tab.", "deed": ""} in earlier(hard)
    assert Entry.objects.of(hard.owner).get().body == "The first tab."
    assert 'name="version" id="id_version" value="2"' in page


# Themes


def test_themes_are_kept_for_the_index(hard: Entry, ada_client: Client) -> None:
    ada_client.post(place(hard, "lesson"), {"lesson": "Ask.", "themes": "asking, resting", "version": "1"})
    assert sorted(theme.name for theme in Entry.objects.of(hard.owner).get().themes.all()) == ["asking", "resting"]
    page = ada_client.get(place(hard, "lesson")).content.decode()
    assert '<option value="asking">' in page


def test_a_theme_of_another_tab_does_not_go(hard: Entry, ada_client: Client) -> None:
    ada_client.post(place(hard, "lesson"), {"themes": "asking", "version": "1"})
    ada_client.post(place(hard, "lesson"), {"themes": "resting", "version": "1"})
    assert sorted(theme.name for theme in Entry.objects.of(hard.owner).get().themes.all()) == ["asking", "resting"]


def test_too_many_themes_leave_the_lesson_in_the_form(hard: Entry, ada_client: Client) -> None:
    themes = ",".join(f"theme {number}" for number in range(21))
    answer = ada_client.post(place(hard, "lesson"), {"lesson": "Ask for a hand.", "themes": themes, "version": "1"})
    assert answer.status_code == 422
    assert "Ask for a hand." in answer.content.decode()


def test_a_page_that_lost_its_place_says_so(hard: Entry, ada_client: Client) -> None:
    answer = ada_client.post(place(hard, "lesson"), {"lesson": "Ask for a hand.", "version": "one"})
    assert answer.status_code == 422
    assert "The page lost its place." in answer.content.decode()
    assert 'name="version" id="id_version" value="1"' in answer.content.decode()


# Going on


@pytest.mark.parametrize(
    ("step", "next_one"), [("happened", "friend"), ("friend", "lesson"), ("lesson", "kept"), ("forward", "kept")]
)
def test_carry_on_leads_to_the_next_page(step: str, next_one: str, hard: Entry, ada_client: Client) -> None:
    Lesson.write(hard, kind_words="One sauce is one sauce.")
    answer = ada_client.post(place(hard, step), {QUESTIONS[step].fields[0]: "Words."})
    assert answer.headers["Location"] == place(hard, next_one)


@pytest.mark.parametrize("step", QUESTIONS)
def test_good_enough_at_each_step_keeps_what_was_typed(step: str, hard: Entry, ada_client: Client) -> None:
    Lesson.write(hard, kind_words="One sauce is one sauce.")
    answer = ada_client.post(place(hard, step), {QUESTIONS[step].fields[0]: "Typed.", "do": "enough"})
    assert answer.headers["Location"] == place(hard, "kept")
    assert "Typed." in [Entry.objects.of(hard.owner).get().body, *lesson_of(hard).values()]


def test_good_enough_with_nothing_said_leads_to_today(hard: Entry, ada_client: Client) -> None:
    answer = ada_client.post(place(hard, "friend"), {"kind_words": "", "do": "enough"})
    assert answer.headers["Location"] == "/today/"


def test_only_hard_keeps_what_was_typed_and_is_not_asked_about_again(hard: Entry, ada_client: Client) -> None:
    answer = ada_client.post(place(hard, "lesson"), {"lesson": "", "themes": "uncle", "version": "1", "do": "hard"})
    assert answer.headers["Location"] == place(hard, "kept")
    entry = Entry.objects.of(hard.owner).with_records().get()
    assert (entry.acceptance.way, [theme.name for theme in entry.themes.all()]) == ("hard", ["uncle"])
    assert not entry.is_open
    assert "It was only hard." in ada_client.get(place(hard, "kept")).content.decode()


def test_a_lesson_takes_only_hard_away_again(hard: Entry, ada_client: Client) -> None:
    Acceptance.accept(hard, Acceptance.Way.HARD)
    ada_client.post(place(hard, "lesson"), {"lesson": "Ask for a hand."})
    assert not Acceptance.objects.of(hard.owner).exists()


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ({"lesson": "Ask."}, "Kept, <em>with its lesson.</em>"),
        ({"kind_words": "One sauce."}, '<h1 tabindex="-1" autofocus>Kept.</h1>'),
    ],
)
def test_the_last_page_says_what_was_kept(words: dict[str, str], heading: str, hard: Entry, ada_client: Client) -> None:
    Lesson.write(hard, **words)
    page = ada_client.get(place(hard, "kept")).content.decode()
    assert heading in page
    assert next(iter(words.values())) in page


def test_only_hard_is_said_also_where_a_lesson_was_typed(hard: Entry, ada_client: Client) -> None:
    ada_client.post(place(hard, "lesson"), {"lesson": "Eat first.", "do": "hard"})
    page = text_of(ada_client.get(place(hard, "kept")))
    assert ("Eat first." in page, "It was only hard." in page, "with its lesson" in page) == (True, True, False)


# By htmx


def test_htmx_gets_the_next_question_alone(hard: Entry, ada_client: Client) -> None:
    answer = ada_client.post(place(hard, "friend"), {"kind_words": "One sauce."}, headers=HTMX)
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["HX-Push-Url"]) == (200, place(hard, "lesson"))
    assert "<html" not in page
    assert '<div id="say" hx-swap-oob="innerHTML">The third, and last.</div>' in page
    assert "One sauce." in page


@pytest.mark.parametrize(("did", "shown"), [("back", "A friend tells you:"), ("longer", "A way forward")])
def test_on_the_way_back_and_on_words_are_kept(did: str, shown: str, hard: Entry, ada_client: Client) -> None:
    answer = ada_client.post(place(hard, "lesson"), {"lesson": "Half a thought", "do": did}, headers=HTMX)
    assert shown in answer.content.decode()
    assert lesson_of(hard) == {"lesson": "Half a thought"}


@pytest.mark.parametrize("do", ["enough", "hard", ""])
def test_htmx_leaves_by_a_full_page(do: str, hard: Entry, ada_client: Client) -> None:
    answer = ada_client.post(place(hard, "lesson"), {"lesson": "Ask.", "do": do}, headers=HTMX)
    assert answer.headers["HX-Redirect"] == place(hard, "kept")


def test_htmx_gets_an_invalid_form_alone(hard: Entry, ada_client: Client) -> None:
    answer = ada_client.post(place(hard, "lesson"), {"lesson": "Ask.", "version": "0"}, headers=HTMX)
    assert answer.status_code == 422
    assert "<html" not in answer.content.decode()


# How much is asked of the database


@pytest.mark.parametrize("count", [1, 3])
def test_a_question_costs_the_same_however_much_there_is(
    count: int, ada: User, ada_client: Client, django_assert_num_queries: object
) -> None:
    entries = [make.setback(ada, f"Hard {number}", themes=[f"theme {number}", "all"]) for number in range(count)]
    Lesson.write(entries[0], kind_words="One sauce.", lesson="Ask.")
    ada_client.get("/ways/")
    with django_assert_num_queries(7):  # type: ignore[operator]
        ada_client.get(place(entries[0], "lesson"))


def test_an_id_of_nobody_is_not_there(ada_client: Client) -> None:
    assert ada_client.get(f"/entries/{uuid4()}/lesson/").status_code == 404


# What cannot be opened


def damage(entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(body=Sealed(b"\x01\x01" + b"x" * 40))


@pytest.mark.parametrize("step", ["happened", "friend", "lesson"])
def test_a_setback_that_cannot_be_opened_is_not_asked_about(step: str, hard: Entry, ada_client: Client) -> None:
    damage(hard)
    answers = [ada_client.get(place(hard, step)), ada_client.post(place(hard, step), {"lesson": "Ask."})]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert ["it is kept as it is" in answer.content.decode() for answer in answers] == [True, True]
    assert not Lesson.objects.of(hard.owner).exists()


def test_a_lesson_that_cannot_be_opened_is_not_written_over(hard: Entry, ada_client: Client) -> None:
    Lesson.write(hard, lesson="Ask.")
    broken = Sealed(b"\x01\x01" + b"x" * 40)
    Lesson.objects.filter(entry=hard).update(lesson=broken)
    assert ada_client.post(place(hard), {"lesson": "Ask earlier."}).status_code == 409
    assert bytes(Lesson.objects.filter(entry=hard).values_list("lesson", flat=True).get()) == bytes(broken)
