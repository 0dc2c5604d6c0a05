"""Steps, good things and words are taken back and put back; nothing that hangs on them is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from journal import pruning
from journal.facts import step_waits_from
from journal.models import Completion, Detour, Entry, Matter, Milestone, Step, Treat, Week
from journal.models.matter import Full
from journal.models.week import monday_of
from journal.path import Path
from journal.walked import before_a_second
from tests import make
from tests.journal.pages import text_of, words_of

pytestmark = pytest.mark.usefixtures("noon")
NOON = make.NOON
WORDS = "Ring the landlord"
MADE: dict[str, Callable[[User], Any]] = {
    "steps": lambda owner: Step.keep_alone(owner, NOON, title=WORDS),
    "treats": lambda owner: Treat.add(owner, text=WORDS),
    "matters": lambda owner: Matter.add(owner, text=WORDS),
}
EACH = pytest.mark.parametrize("noun", MADE)


@EACH
def test_it_goes_from_its_list_where_a_line_puts_it_back(
    noun: str, ada: User, ada_client: Client, bea_client: Client
) -> None:
    row = MADE[noun](ada)
    place = f"/{noun}/{row.pk}"
    assert bea_client.post(f"{place}/deletion/").status_code == 404
    answer = ada_client.post(f"{place}/deletion/")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/{noun}/")
    page = ada_client.get(f"/{noun}/")
    assert (f"Taken back. Put it back : {WORDS}" in text_of(page), page.context["taken"]) == (True, [row])
    assert ada_client.get(f"{place}/").headers["Location"] == "/entries/removed/"
    assert ("Taken back." in text_of(bea_client.get(f"/{noun}/"))) is False
    assert [
        bea_client.post(f"{place}/restoration/").status_code,
        ada_client.get(f"{place}/restoration/").status_code,
    ] == [
        404,
        405,
    ]
    assert ada_client.post(f"{place}/restoration/").status_code == 303
    assert (ada_client.get(f"{place}/").status_code, "Taken back." in text_of(ada_client.get(f"/{noun}/"))) == (
        200,
        False,
    )


@EACH
def test_for_thirty_days_it_stands_among_what_was_taken_back(
    noun: str, ada: User, ada_client: Client, bea_client: Client
) -> None:
    MADE[noun](ada).remove(NOON)
    pruning.tick(NOON + timedelta(days=29))
    with time_machine.travel(NOON + timedelta(days=9)):
        page = text_of(ada_client.get("/entries/removed/"))
        assert f"{WORDS} Put it back Here until 20 December." in page
        assert (
            WORDS in text_of(bea_client.get("/entries/removed/")),
            WORDS in text_of(ada_client.get(f"/{noun}/")),
        ) == (
            False,
            False,
        )
    pruning.tick(NOON + timedelta(days=30, microseconds=1))
    assert [model.objects.count() for model in (Step, Treat, Matter)] == [0, 0, 0]


@EACH
def test_what_does_not_stand_taken_back_is_left_alone(noun: str, ada: User) -> None:
    MADE[noun](ada)
    pruning.tick(NOON + timedelta(days=400))
    assert type(MADE[noun](ada)).objects.of(ada).count() >= 1


@pytest.mark.parametrize("noun", ["steps", "treats", "matters"])
def test_the_same_form_sent_again_brings_it_back(noun: str, ada: User, ada_client: Client) -> None:
    form = {"id": str(uuid4()), "title": WORDS, "text": WORDS}
    for _ in range(2):
        ada_client.post(f"/{noun}/", form)
        model = {"steps": Step, "treats": Treat, "matters": Matter}[noun]
        [row] = model.objects.of(ada)
        assert str(row.pk) == form["id"]
        row.remove(NOON)


@EACH
def test_other_words_from_another_tab_bring_it_back(noun: str, ada: User, ada_client: Client) -> None:
    row = MADE[noun](ada)
    row.remove(NOON)
    words = {"version": "1", "title": "Write to the landlord", "text": "Write to the landlord"}
    assert ada_client.post(f"/{noun}/{row.pk}/", words).status_code == 303
    [stands] = type(row).objects.of(ada)
    assert (stands.pk, stands.version) == (row.pk, 2)


# Steps, and what hangs on them


def test_a_step_is_nowhere_while_it_is_taken_back(ada: User, ada_client: Client) -> None:
    goal = Milestone.keep(ada, NOON, title="A menu", step="Ten dishes")
    step = goal.steps.get()
    smaller = step.split(title="One dish")
    step.complete("tried", NOON)
    step.tell("It wobbled.", NOON)
    step.remove(NOON)
    pages = {place: "Ten dishes" in text_of(ada_client.get(place)) for place in (f"/milestones/{goal.pk}/", "/today/")}
    pages[f"/steps/{smaller.pk}/"] = "Ten dishes" in text_of(ada_client.get(f"/steps/{smaller.pk}/"))
    assert set(pages.values()) == {False}
    assert "What came of them" not in text_of(ada_client.get("/steps/"))
    assert [stone.step.title for stone in Path.of(Milestone.objects.with_path().get()).stones] == ["One dish"]
    assert before_a_second(ada).completions == []
    assert Entry.objects.of(ada).get().body == "It wobbled."
    step.restore()
    assert [done.step for done in before_a_second(ada).completions] == [step]
    assert (Completion.objects.of(ada).get().step, Step.objects.of(ada).get(pk=smaller.pk).smaller_of) == (step, step)


def test_a_step_that_is_taken_back_waits_for_nobody(ada: User) -> None:
    step = Step.keep_alone(ada, NOON, title=WORDS)
    waits = [step_waits_from(ada.pk) is not None]
    step.remove(NOON)
    waits.append(step_waits_from(ada.pk) is not None)
    assert waits == [True, False]


def test_without_the_other_way_the_step_lies_on_the_path_again(ada: User) -> None:
    goal = Milestone.keep(ada, NOON, title="A menu", step="Ten dishes")
    way = Detour.take(goal.steps.get(), title="Three dishes")

    def path() -> tuple[list[str], list[str]]:
        drawn = Path.of(Milestone.objects.with_path().get())
        open_ = [step.title for step in Step.objects.of(ada).open()]
        assert open_ == [stone.step.title for stone in drawn.stones]
        return open_, [step.title for step in drawn.left]

    assert path() == (["Three dishes"], ["Ten dishes"])
    way.remove(NOON)
    assert path() == (["Ten dishes"], [])
    way.restore()
    assert path() == (["Three dishes"], ["Ten dishes"])


def test_a_milestone_sent_again_is_the_same_without_its_first_step(ada: User) -> None:
    words: dict[str, Any] = {"id": uuid4(), "title": "A menu", "step": "Ten dishes"}
    Milestone.keep(ada, NOON, **words).steps.get().remove(NOON)
    Milestone.keep(ada, NOON, **words)
    assert (Milestone.objects.count(), Step.objects.of(ada).count()) == (1, 0)


def test_a_week_shows_no_step_that_was_taken_back(ada: User, ada_client: Client) -> None:
    step = Week.choose(ada, monday_of(NOON.date()), NOON, "Heliotropes")
    shown = ["Heliotropes" in text_of(ada_client.get("/weeks/2026-W47/"))]
    step.remove(NOON)
    shown.append("Heliotropes" in text_of(ada_client.get("/weeks/2026-W47/")))
    assert shown == [True, False]


# Words


def test_what_was_for_a_word_is_for_it_again(ada: User, ada_client: Client) -> None:
    make.entry(ada)
    word = Matter.add(ada, text="heliotrope")
    step = Step.keep_alone(ada, NOON, title=WORDS, matter=word)
    goal = Milestone.keep(ada, NOON, title="A menu", matter=word)
    places = [f"/steps/{step.pk}/", f"/milestones/{goal.pk}/", "/today/"]

    def shown() -> list[bool]:
        return ["heliotrope" in words_of(ada_client.get(place)) for place in places]

    assert shown() == [True] * 3
    word.remove(NOON)
    assert shown() == [False] * 3
    word.restore()
    assert shown() == [True] * 3


def test_the_same_word_written_again_is_the_one_that_was_taken_back(ada: User) -> None:
    word = Matter.add(ada, text="Rest")
    word.remove(NOON)
    assert (Matter.add(ada, text="rest"), [one.text for one in Matter.objects.of(ada)]) == (word, ["Rest"])


def test_five_stay_at_most_whatever_comes_back(ada: User, ada_client: Client) -> None:
    word = Matter.add(ada, text="Rest")
    word.remove(NOON)
    for number in range(5):
        Matter.add(ada, text=f"word {number}")
    with pytest.raises(Full):
        Matter.add(ada, text="rest")
    ada_client.post(f"/matters/{word.pk}/restoration/")
    assert "Five stay at most." in text_of(ada_client.get("/matters/"))
    answer = ada_client.post(f"/matters/{word.pk}/", {"text": "Resting", "version": "1"})
    assert (answer.status_code, "Five stay at most." in text_of(answer)) == (422, True)
    assert {one.text for one in Matter.objects.of(ada)} == {f"word {number}" for number in range(5)}
    assert Matter.objects.get(pk=word.pk).text == "Rest"


# Milestones, and what hangs on them


def goal_of(owner: User) -> Milestone:
    return Milestone.keep(owner, NOON, title="A menu", why="For the house", good_enough="Ten", step="Ten dishes")


def test_a_milestone_goes_with_its_steps_and_comes_back_with_them(
    ada: User, ada_client: Client, bea_client: Client
) -> None:
    goal = goal_of(ada)
    earlier = Step.keep(goal, title="Twenty dishes")
    earlier.remove(NOON - timedelta(days=1))
    win = make.entry(ada, "Onions, thin as paper.", milestone=goal)
    place = f"/milestones/{goal.pk}"
    assert [bea_client.post(f"{place}/{noun}/").status_code for noun in ("deletion", "restoration")] == [404, 404]
    assert ada_client.post(f"{place}/deletion/").headers["Location"] == "/milestones/"
    page = ada_client.get("/milestones/")
    assert page.context["taken"] == [goal]
    assert ada_client.get(f"{place}/").headers["Location"] == "/entries/removed/"
    assert [ada_client.get(f"{place}/{noun}/").status_code for noun in ("card", "celebration")] == [404, 404]
    assert [list(Step.objects.of(ada)), list(Milestone.objects.of(ada))] == [[], []]
    gone = text_of(ada_client.get("/entries/removed/"))
    assert ["A menu" in gone, "Ten dishes" in gone, "Twenty dishes" in gone] == [True, False, False]
    assert "Onions, thin as paper." in text_of(ada_client.get("/entries/"))
    assert ada_client.post(f"{place}/restoration/").headers["Location"] == f"{place}/"
    assert [step.title for step in Step.objects.of(ada)] == ["Ten dishes"]
    win.refresh_from_db()
    assert win.milestone == goal
    assert "Twenty dishes" in text_of(ada_client.get("/entries/removed/"))


def test_after_thirty_days_a_milestone_goes_and_what_was_kept_on_the_way_stays(ada: User, bea: User) -> None:
    goal, hers = goal_of(ada), goal_of(bea)
    win = make.entry(ada, "Onions, thin as paper.", milestone=goal)
    goal.remove(NOON)
    pruning.tick(NOON + timedelta(days=29))
    assert Milestone.objects.count() == 2
    pruning.tick(NOON + timedelta(days=30, microseconds=1))
    win.refresh_from_db()
    assert (win.milestone, win.body) == (None, "Onions, thin as paper.")
    assert [list(Milestone.objects.all()), [step.owner for step in Step.objects.all()]] == [[hers], [bea]]


def test_what_is_reached_is_not_taken_back(ada: User, ada_client: Client) -> None:
    goal = goal_of(ada)
    goal.reach(NOON)
    assert "/deletion/" not in ada_client.get(f"/milestones/{goal.pk}/").content.decode()
    ada_client.post(f"/milestones/{goal.pk}/deletion/")
    assert list(Milestone.objects.of(ada)) == [goal]


def test_a_milestone_comes_back_by_the_same_form_and_by_other_words(ada: User, ada_client: Client) -> None:
    form = {"id": str(uuid4()), "title": "A menu", "step": "Ten dishes"}
    ada_client.post("/milestones/", form)
    [goal] = Milestone.objects.of(ada)
    goal.remove(NOON)
    ada_client.post("/milestones/", form)
    assert list(Milestone.objects.of(ada)) == [goal]
    goal.remove(NOON)
    ada_client.post(f"/milestones/{goal.pk}/", {"version": "1", "title": "A small menu", "why": ""})
    [stands] = Milestone.objects.of(ada)
    assert (stands.pk, stands.title, [step.title for step in Step.objects.of(ada)]) == (
        goal.pk,
        "A small menu",
        ["Ten dishes"],
    )


def test_a_word_is_changed_while_its_milestone_is_gone_and_both_find_each_other_again(
    ada: User, ada_client: Client
) -> None:
    goal = goal_of(ada)
    win = make.entry(ada, "Onions.", milestone=goal)
    goal.remove(NOON)
    words = {"version": "1", "body": "Onions, thin.", "milestone": str(goal.pk)}
    assert f'value="{goal.pk}" selected' in ada_client.get(f"/entries/{win.pk}/").content.decode()
    assert ada_client.post(f"/entries/{win.pk}/", words).status_code == 303
    goal.restore()
    win.refresh_from_db()
    assert (win.body, win.milestone) == ("Onions, thin.", goal)
