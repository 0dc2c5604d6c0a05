"""One small step: tried, done, not today, made smaller, told in other words."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.days import local_date
from accounts.models import User
from accounts.sealed import Sealed
from journal.models import Completion, Entry, Milestone, Step
from journal.templatetags.steps import small_step
from tests import make

UNOPENED = Sealed(b"\x01\x01" + bytes(40))
HTMX = {"HX-Request": "true"}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def path(owner: User, *titles: str, beyond: tuple[str, ...] = ()) -> tuple[Milestone, list[Step]]:
    milestone = Milestone.keep(owner, make.NOON, title="A supper menu", good_enough="Five dishes.")
    steps = [Step.keep(milestone, title=title) for title in titles]
    return milestone, steps + [Step.keep(milestone, title=title, beyond=True) for title in beyond]


def order(milestone: Milestone) -> list[str]:
    return [step.title for step in milestone.steps.all()]


# Writing


def test_a_step_is_written_last_on_its_side_of_the_line(ada: User, ada_client: Client) -> None:
    milestone, _ = path(ada, "one", beyond=("after",))
    id = str(uuid4())
    answer = ada_client.post(f"/milestones/{milestone.pk}/steps/", {"id": id, "title": " two "})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/milestones/{milestone.pk}/#step-{id}")
    ada_client.post(f"/milestones/{milestone.pk}/steps/", {"title": "more", "beyond": "on"})
    assert order(milestone) == ["one", "two", "after", "more"]


def test_the_same_step_twice_is_one_and_other_words_are_another(ada: User, ada_client: Client) -> None:
    milestone, _ = path(ada)
    id = str(uuid4())
    for title in ("one", "one", "two", "two"):
        ada_client.post(f"/milestones/{milestone.pk}/steps/", {"id": id, "title": title})
    assert order(milestone) == ["one", "two"]


def test_an_id_of_somebody_elses_step_gets_a_new_one(ada: User, bea: User, bea_client: Client) -> None:
    _, (step,) = path(ada, "one")
    milestone, _ = path(bea)
    bea_client.post(f"/milestones/{milestone.pk}/steps/", {"id": str(step.pk), "title": "one"})
    assert (order(milestone), Step.objects.get(pk=step.pk).owner, Step.objects.count()) == (["one"], ada, 2)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_step_without_words_is_not_kept_and_it_is_said(
    ada: User, ada_client: Client, headers: dict[str, str]
) -> None:
    milestone, _ = path(ada, "one")
    answer = ada_client.post(f"/milestones/{milestone.pk}/steps/", {"title": "\x00 "}, headers=headers)
    assert (answer.status_code, order(milestone)) == (422, ["one"])
    assert "A step takes a few words. Small is fine." in text(answer)
    assert ("<html" in text(answer)) is not bool(headers)


def test_with_htmx_the_steps_alone_come_back_with_a_cleared_box(ada: User, ada_client: Client) -> None:
    milestone, _ = path(ada, "one")
    answer = ada_client.post(f"/milestones/{milestone.pk}/steps/", {"title": "two"}, headers=HTMX)
    assert (answer.status_code, text(answer).lstrip().startswith('<section id="steps"')) == (200, True)
    assert ["two" in text(answer), "Kept." in text(answer), 'name="title" dir="auto" value=""' in text(answer)] == [
        True,
        True,
        True,
    ]


# What came of it


@pytest.mark.parametrize(("outcome", "said"), [("tried", "I tried"), ("done", "I did it")])
def test_tried_and_done_both_complete_a_step(ada: User, ada_client: Client, outcome: str, said: str) -> None:
    milestone, (step, _) = path(ada, "one", "two")
    answer = ada_client.post(f"/steps/{step.pk}/completion/", {"outcome": outcome})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/milestones/{milestone.pk}/#step-{step.pk}")
    kept = Completion.objects.of(ada).get()
    assert (kept.step, kept.outcome, kept.local_date) == (step, outcome, local_date(ada, timezone.now()))
    page = text(ada_client.get(f"/milestones/{milestone.pk}/"))
    assert [words in page for words in (said, "stone-a-done", "stone-b-next")] == [True, True, True]


def test_a_step_completed_twice_keeps_its_first_day_and_its_last_word(ada: User) -> None:
    _, (step,) = path(ada, "one")
    step.complete("tried", make.NOON)
    step.complete("done", make.NOON + timedelta(days=3))
    assert [(one.outcome, one.local_date) for one in Completion.objects.all()] == [("done", date(2026, 11, 20))]


def test_open_takes_it_back(ada: User, ada_client: Client) -> None:
    milestone, (step,) = path(ada, "one")
    for outcome in ("done", "open", "open"):
        assert ada_client.post(f"/steps/{step.pk}/completion/", {"outcome": outcome}).status_code == 303
    assert Completion.objects.count() == 0
    assert "stone-a-next" in text(ada_client.get(f"/milestones/{milestone.pk}/"))


def test_rest_leaves_it_open_until_tomorrow(ada: User, ada_client: Client) -> None:
    milestone, (step, other) = path(ada, "one", "two")
    ada_client.post(f"/steps/{step.pk}/completion/", {"outcome": "rest"})
    today = local_date(ada, timezone.now())
    rested = Step.objects.get(pk=step.pk)
    assert (rested.is_done, rested.rests_until) == (False, today + timedelta(days=1))
    assert list(Step.objects.of(ada).waiting(today)) == [other]
    assert list(Step.objects.of(ada).waiting(today + timedelta(days=1))) == [step, other]
    assert "Resting until tomorrow." in text(ada_client.get(f"/milestones/{milestone.pk}/"))


def test_a_step_of_an_unknown_outcome_stays_as_it_is(ada: User, ada_client: Client) -> None:
    _, (step,) = path(ada, "one")
    assert [ada_client.post(f"/steps/{step.pk}/completion/", {"outcome": odd}).status_code for odd in ("", "x")] == [
        422
    ] * 2
    assert Completion.objects.count() == 0


@pytest.mark.parametrize(
    ("before", "outcome", "said"),
    [
        (0, "done", "Done. That was the first step."),
        (0, "tried", "Tried. That was the first step."),
        (1, "done", "Done."),
        (2, "done", "Done. That was the last step to good enough."),
        (2, "tried", "Tried. That was the last step to good enough."),
        (2, "rest", "It will keep."),
        (2, "open", "Open again."),
    ],
)
def test_what_is_said_when_a_stone_is_pressed(
    ada: User, ada_client: Client, before: int, outcome: str, said: str
) -> None:
    _, steps = path(ada, "one", "two", "three", beyond=("after",))
    for step in steps[:before]:
        step.complete("done", make.NOON)
    answer = ada_client.post(f"/steps/{steps[before].pk}/completion/", {"outcome": outcome}, headers=HTMX)
    assert re.findall(r'id="say"[^>]*>([^<]*)<', text(answer)) == [said]


def test_with_htmx_the_stone_comes_back_with_each_other_one_that_looks_different(ada: User, ada_client: Client) -> None:
    _, (one, two, three) = path(ada, "one", "two", "three")

    def pressed(step: Step, outcome: str) -> list[str]:
        answer = text(ada_client.post(f"/steps/{step.pk}/completion/", {"outcome": outcome}, headers=HTMX))
        assert "<html" not in answer
        return re.findall(r'<li class="(\w+)" id="step-([^"]+)"( hx-swap-oob="true")?', answer)

    oob = ' hx-swap-oob="true"'
    assert pressed(one, "done") == [("done", str(one.pk), ""), ("next", str(two.pk), oob)]
    assert pressed(three, "done") == [("done", str(three.pk), "")]
    assert pressed(one, "open") == [("next", str(one.pk), ""), ("later", str(two.pk), oob)]


def test_a_stone_asks_as_much_among_three_as_alone(ada: User, ada_client: Client) -> None:
    counts = []
    milestone, _ = path(ada)
    ada_client.get("/milestones/")
    for number in (1, 3):
        while milestone.steps.count() < number:
            Step.keep(milestone, title="a step")
        step = milestone.steps.last()
        with CaptureQueriesContext(connection) as queries:
            ada_client.post(f"/steps/{step.pk}/completion/", {"outcome": "done"}, headers=HTMX)
        counts.append(len([one for one in queries if "SAVEPOINT" not in one["sql"]]))
        step.reopen()
    assert counts == [13, 13]


# On Today


def test_a_step_on_its_own_leads_back_to_today(ada: User, ada_client: Client) -> None:
    step = Step.objects.create(owner=ada, title="Ring the landlord")
    answer = ada_client.post(f"/steps/{step.pk}/completion/", {"outcome": "rest"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/today/?step=rest&of={step.pk}")
    ada_client.post(f"/steps/{step.pk}/parts/", {"title": "Find the number"})
    assert [one.title for one in Step.objects.of(ada).filter(smaller_of=step)] == ["Find the number"]


def five_kept(owner: User) -> None:
    for number in range(5):
        make.entry(owner, f"Line {number}.", on=make.NOON.date() - timedelta(days=number + 9))


@pytest.mark.parametrize("outcome", ["tried", "done"])
def test_a_step_taken_on_today_gives_way_to_the_next_one(ada: User, ada_client: Client, outcome: str) -> None:
    five_kept(ada)
    _, (one, _two) = path(ada, "Ten dishes", "Ask two friends")
    words = {"outcome": outcome, "back": "today"}
    plain = ada_client.post(f"/steps/{one.pk}/completion/", words)
    assert (plain.status_code, plain.headers["Location"]) == (303, f"/today/?step=effort&of={one.pk}")
    part = text(ada_client.post(f"/steps/{one.pk}/completion/", words, headers=HTMX))
    assert ("Ten dishes" in part, "Ask two friends" in part, part.count("Kept.")) == (False, True, 2)


def test_after_not_today_nothing_offers_itself(ada: User, ada_client: Client) -> None:
    five_kept(ada)
    _, (one, _two) = path(ada, "Ten dishes", "Ask two friends")
    words = {"outcome": "rest", "back": "today"}
    plain = ada_client.post(f"/steps/{one.pk}/completion/", words)
    assert (plain.status_code, plain.headers["Location"]) == (303, f"/today/?step=rest&of={one.pk}")
    part = text(ada_client.post(f"/steps/{one.pk}/completion/", words, headers=HTMX))
    assert ("dishes" in part, "friends" in part, part.count("It will keep."), part.count("<form")) == (
        False,
        False,
        2,
        1,
    )
    assert "One small step" not in text(ada_client.get("/today/"))


def test_a_smaller_step_written_on_today_is_the_next_one(ada: User, ada_client: Client) -> None:
    five_kept(ada)
    _, (one,) = path(ada, "Ten dishes")
    part = text(ada_client.post(f"/steps/{one.pk}/parts/", {"title": "One dish", "back": "today"}, headers=HTMX))
    assert re.findall(r'<p class="lead" dir="auto">(.*?)</p>', part) == ["One dish"]
    assert re.findall(r"<li>.*?<bdi>(.*?)</bdi>", part) == ["Ten dishes"]


def test_after_the_last_step_only_the_word_and_the_way_back_are_left(ada: User, ada_client: Client) -> None:
    _, (one,) = path(ada, "Ten dishes")
    part = text(ada_client.post(f"/steps/{one.pk}/completion/", {"outcome": "done", "back": "today"}, headers=HTMX))
    assert ("Kept." in part, part.count("<form"), "Undo" in part) == (True, 1, True)


def test_what_cannot_be_opened_is_not_offered_as_a_step(ada: User, bea: User) -> None:
    _, (one, two) = path(ada, "heliotrope", "Ask two friends")
    Step.objects.filter(pk=one.pk).update(title=UNOPENED)
    for number in range(5):
        make.entry(ada, f"Line {number}.")
    assert small_step(ada, make.NOON.date())["step"] == two
    assert small_step(bea, make.NOON.date())["step"] is None


def test_a_step_waits_for_today_until_five_things_are_kept(ada: User, ada_client: Client) -> None:
    path(ada, "Ask two friends")
    for number in range(4):
        make.entry(ada, f"Line {number}.", on=make.NOON.date() - timedelta(days=number))
    assert "Ask two friends" not in ada_client.get("/today/").content.decode()
    make.entry(ada, "Line five.")
    assert "Ask two friends" in ada_client.get("/today/").content.decode()


# Smaller


def test_a_smaller_step_lies_right_before_the_one_it_came_from(ada: User, ada_client: Client) -> None:
    milestone, (_, two, *_) = path(ada, "one", "two", "three", beyond=("after",))
    id = str(uuid4())
    answer = ada_client.post(f"/steps/{two.pk}/parts/", {"id": id, "title": "half of two"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/milestones/{milestone.pk}/#step-{id}")
    assert order(milestone) == ["one", "half of two", "two", "three", "after"]
    assert str(two.smaller_steps.get().pk) == id


def test_the_same_smaller_step_twice_is_one(ada: User, ada_client: Client) -> None:
    milestone, (one, _) = path(ada, "one", "two")
    id = str(uuid4())
    for title in ("half", "half", "a quarter"):
        ada_client.post(f"/steps/{one.pk}/parts/", {"id": id, "title": title})
    one.refresh_from_db()
    assert order(milestone) == ["half", "a quarter", "one", "two"]


def test_a_smaller_step_without_words_keeps_the_form(ada: User, ada_client: Client) -> None:
    milestone, (one,) = path(ada, "one")
    answer = ada_client.post(f"/steps/{one.pk}/parts/", {"title": " "})
    assert (answer.status_code, order(milestone)) == (422, ["one"])
    assert "A step takes a few words. Small is fine." in text(answer)


@pytest.mark.django_db
@given(st.lists(st.integers(0, 7), max_size=12))
@settings(max_examples=40, deadline=None)
def test_wherever_steps_are_split_each_part_goes_right_before_its_whole(cuts: list[int]) -> None:
    owner = User.objects.create_user(f"{uuid4()}@example.com", "a long enough secret")
    milestone, _ = path(owner, "a", "b")
    expected = ["a", "b"]
    for number, cut in enumerate(cuts):
        place = cut % len(expected)
        list(milestone.steps.all())[place].split(title=f"part {number}")
        expected.insert(place, f"part {number}")
    assert order(milestone) == expected


# In other words


def test_a_step_is_told_in_other_words_and_moved_across_the_line(ada: User, ada_client: Client) -> None:
    milestone, (one, *_) = path(ada, "one", "two", beyond=("after",))
    answer = ada_client.post(f"/steps/{one.pk}/", {"title": "uno", "beyond": "on", "version": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/milestones/{milestone.pk}/#step-{one.pk}")
    assert order(milestone) == ["two", "after", "uno"]
    ada_client.post(f"/steps/{one.pk}/", {"title": "uno", "version": "2"})
    assert order(milestone) == ["two", "uno", "after"]


def test_two_tabs_that_reword_a_step_lose_no_word(ada: User, ada_client: Client) -> None:
    _, (one,) = path(ada, "one")
    for title, status in (("uno", 303), ("uno", 303), ("eins", 409)):
        answer = ada_client.post(f"/steps/{one.pk}/", {"title": title, "version": "1"})
        assert answer.status_code == status
    assert ["<bdi>uno</bdi>" in text(answer), 'value="eins"' in text(answer)] == [True, True]
    assert Step.objects.get().title == "uno"


@pytest.mark.parametrize(
    "words", [{"title": ""}, {"title": "uno", "version": "x"}, {"title": "uno", "version": "99" * 9}]
)
def test_a_rewording_that_does_not_hold_changes_nothing(ada: User, ada_client: Client, words: dict[str, str]) -> None:
    _, (one,) = path(ada, "one")
    assert ada_client.post(f"/steps/{one.pk}/", words).status_code == 422
    assert Step.objects.get().title == "one"


def test_a_step_that_cannot_be_opened_can_still_be_done(ada: User, ada_client: Client) -> None:
    milestone, (one,) = path(ada, "heliotrope")
    Step.objects.update(title=UNOPENED)
    assert ada_client.post(f"/steps/{one.pk}/completion/", {"outcome": "done"}).status_code == 303
    assert ada_client.post(f"/steps/{one.pk}/", {"title": "new", "version": "1"}).status_code == 409
    assert Step.objects.get().sealed_bytes("title") == bytes(UNOPENED)
    assert "This can’t be opened; kept as it is." in text(ada_client.get(f"/milestones/{milestone.pk}/"))


# One small step


def test_one_small_step_is_chosen_from_what_waits_on_this_side_of_enough(ada: User, bea: User) -> None:
    path(bea, "hers")
    path(ada, "older")
    later = Milestone.keep(ada, make.NOON + timedelta(days=1), title="Home by eleven", step="newer")
    Step.keep(later, title="only if it is fun", beyond=True)
    Step.objects.create(owner=ada, title="on its own")
    done = Step.keep(later, title="done")
    done.complete("done", make.NOON)
    reached, _ = path(ada, "of a reached one")
    reached.reach(make.NOON)
    waiting = [step.title for step in Step.objects.of(ada).waiting(make.NOON.date())]
    assert waiting == ["newer", "older", "on its own"]
    assert Entry.objects.of(ada).count() == 1
