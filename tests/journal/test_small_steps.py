"""Steps of one's own, the one that comes first, what it was like, and five minutes."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import User
from journal.models import Beginning, Completion, Entry, Milestone, Step
from tests import make

pytestmark = pytest.mark.usefixtures("noon")
NOON = make.NOON
TODAY = NOON.date()


def alone(owner: User, title: str, ago: int = 0) -> Step:
    return Step.keep_alone(owner, NOON - timedelta(minutes=ago), title=title)


def waiting(owner: User) -> list[str]:
    return [step.title for step in Step.objects.of(owner).waiting(TODAY)]


# Of one's own


def test_a_step_of_ones_own_comes_before_what_waits_on_the_way(ada: User, bea: User) -> None:
    alone(bea, "hers")
    Milestone.keep(ada, NOON, title="A supper menu", step="Ten dishes, in pencil")
    alone(ada, "Ring the landlord", ago=2)
    alone(ada, "Find the form", ago=1)
    assert waiting(ada) == ["Find the form", "Ring the landlord", "Ten dishes, in pencil"]


def test_the_same_step_twice_is_one_and_other_words_are_another(ada: User) -> None:
    id = uuid4()
    for title in ("one", "one", "two", "two"):
        Step.keep_alone(ada, NOON, title=title, id=id)
    assert [step.title for step in Step.objects.of(ada).order_by("position")] == ["one", "two"]


def test_a_smaller_step_takes_along_what_may_be(ada: User) -> None:
    step = Step.keep_alone(ada, NOON, title="Cook", permission="It may burn.", experiment=True)
    smaller = step.split(title="Buy the oranges")
    told = (smaller.permission, smaller.experiment, smaller.smaller_of)
    assert (waiting(ada), told) == (["Buy the oranges", "Cook"], ("It may burn.", True, step))


def test_the_one_that_is_chosen_comes_first_even_where_it_rested(ada: User) -> None:
    one, _ = alone(ada, "one", ago=2), alone(ada, "two", ago=1)
    one.rest(NOON)
    assert waiting(ada) == ["two"]
    one.choose(NOON)
    assert waiting(ada) == ["one", "two"]


# What it was like


def test_what_it_was_like_is_kept_once_as_a_win_beside_the_step(ada: User) -> None:
    step, id = alone(ada, "Cook the custard badly"), uuid4()
    step.complete("tried", NOON)
    for _ in range(2):
        step.tell("It wobbled. I liked it.", NOON, id)
    entry = Entry.objects.of(ada).get()
    assert (entry.kind, entry.deed, entry.body) == ("win", "tried", "It wobbled. I liked it.")
    assert Completion.objects.of(ada).get().entry == entry


# Five minutes


def test_two_presses_begin_once_and_after_five_minutes_one_can_begin_anew(ada: User) -> None:
    step = alone(ada, "Ring the landlord")
    first = Beginning.begin(step, NOON)
    assert Beginning.begin(step, NOON + timedelta(minutes=4, seconds=59)) == first
    assert Beginning.begin(step, NOON + timedelta(minutes=5)) != first
    assert [one.until - one.created_at for one in Beginning.objects.of(ada)] == [timedelta(minutes=5)] * 2


def test_the_end_keeps_the_deed_in_the_words_of_the_step(ada: User) -> None:
    beginning = Beginning.begin(alone(ada, "Ring the landlord"), NOON)
    for minutes in (2, 3):
        beginning.end(NOON + timedelta(minutes=minutes))
    entry = Entry.objects.of(ada).get()
    assert (entry.kind, entry.deed, entry.body) == ("win", "began", "Ring the landlord")
    kept = Beginning.objects.of(ada).get()
    assert (kept.entry, kept.ended_at) == (entry, NOON + timedelta(minutes=2))


def test_words_at_the_end_are_kept_whole_however_often_they_come(ada: User) -> None:
    beginning, id = Beginning.begin(alone(ada, "Ring the landlord"), NOON), uuid4()
    for note in ("I found the number.", "I found the number.", "And wrote it down."):
        beginning.end(NOON, note, id)
    assert sorted(entry.body for entry in Entry.objects.of(ada)) == ["And wrote it down.", "I found the number."]
