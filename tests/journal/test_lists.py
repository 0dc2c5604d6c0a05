"""Lists of one's own: treats, and what matters."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import User
from journal.models import Matter, Milestone, Step, Treat
from journal.models.entry import Stale
from journal.models.line import Line
from journal.models.matter import Full
from tests import make

NOON = make.NOON
TODAY = NOON.date()


def texts(rows: object) -> list[str]:
    return [row.text for row in rows]  # type: ignore[attr-defined]


@pytest.mark.parametrize("noun", [Treat, Matter])
def test_the_same_line_twice_is_one_and_other_words_are_another(ada: User, bea: User, noun: type[Line]) -> None:
    id = uuid4()
    for owner, text in ((ada, "tea"), (ada, "tea"), (ada, "a walk"), (bea, "tea")):
        noun.add(owner, text=text, id=id)
    assert (texts(noun.objects.of(ada)), texts(noun.objects.of(bea))) == (["tea", "a walk"], ["tea"])


@pytest.mark.parametrize("noun", [Treat, Matter])
def test_two_tabs_that_reword_a_line_lose_no_word(ada: User, noun: type[Line]) -> None:
    line = noun.add(ada, text="tea")
    for text in ("green tea", "green tea"):
        noun.objects.get(pk=line.pk).change(1, text=text)
    with pytest.raises(Stale):
        noun.objects.get(pk=line.pk).change(1, text="black tea")
    assert texts(noun.objects.of(ada)) == ["green tea"]


# Treats


def test_a_treat_is_the_same_all_day_and_each_has_its_turn(ada: User, bea: User) -> None:
    for text in ("tea on the balcony", "a chapter", "the long way home"):
        Treat.add(ada, text=text)
    days = [Treat.objects.of(ada).for_day(TODAY + timedelta(days=day)) for day in (0, 0, 1, 2)]
    assert days[0] == days[1]
    assert sorted(texts(days[1:])) == ["a chapter", "tea on the balcony", "the long way home"]
    assert Treat.objects.of(bea).for_day(TODAY) is None


def test_what_was_put_away_is_not_suggested_until_it_is_taken_out(ada: User) -> None:
    treat = Treat.add(ada, text="a chapter")
    treat.put_away(NOON)
    assert (Treat.objects.of(ada).for_day(TODAY), list(Treat.objects.of(ada).away())) == (None, [treat])
    treat.take_out()
    assert Treat.objects.of(ada).for_day(TODAY) == treat


# What matters


def test_five_words_stay_and_a_spelling_is_no_other_word(ada: User, bea: User) -> None:
    Matter.add(bea, text="quiet")
    for text in ("craft", "Café", "honesty", "cafe ", "rest", "CRAFT", "Lina"):
        Matter.add(ada, text=text)
    assert texts(Matter.objects.of(ada)) == ["craft", "Café", "honesty", "rest", "Lina"]
    with pytest.raises(Full):
        Matter.add(ada, text="money")
    assert Matter.add(ada, text="RÉST") == Matter.objects.of(ada).get(pk=Matter.add(ada, text="rest").pk)


def test_a_step_and_a_milestone_stay_when_their_word_goes(ada: User) -> None:
    craft = Matter.add(ada, text="craft")
    goal = Milestone.keep(ada, NOON, title="A menu", step="Ten dishes", matter=craft)
    step = Step.keep_alone(ada, NOON, title="Cook", matter=craft)
    assert (goal.matter, step.matter) == (craft, craft)
    craft.delete()
    goal.refresh_from_db()
    step.refresh_from_db()
    assert (goal.matter, step.matter) == (None, None)
