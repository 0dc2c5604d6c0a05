"""Another way instead of a step: the step before it stays, folded."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from journal.models import Detour, Milestone, Step
from journal.path import Path
from tests import make
from tests.journal.pages import text_of

HTMX = {"HX-Request": "true"}


def path(owner: User) -> tuple[Milestone, list[Step]]:
    milestone = Milestone.keep(owner, make.NOON, title="A supper menu", good_enough="Five dishes.")
    return milestone, [Step.keep(milestone, title=title) for title in ("Ten dishes", "Cook one", "Ask two friends")]


def lies(milestone: Milestone) -> tuple[list[str], list[str]]:
    way = Path.of(Milestone.objects.of(milestone.owner).with_path().get(pk=milestone.pk))
    return [stone.step.title for stone in way.stones], [step.title for step in way.left]


def detour(client: Client, step: Step, **words: Any) -> Any:
    return client.post(f"/steps/{step.pk}/detour/", words)


def test_another_way_lies_where_the_step_lay(ada: User, ada_client: Client) -> None:
    milestone, steps = path(ada)
    id = str(uuid4())
    for _ in range(2):
        answer = detour(ada_client, steps[1], id=id, title="Let Lina cook one")
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/milestones/{milestone.pk}/#step-{id}")
    assert lies(milestone) == (["Ten dishes", "Let Lina cook one", "Ask two friends"], ["Cook one"])
    assert (Step.objects.count(), Detour.objects.count()) == (4, 1)
    page = text_of(ada_client.get(f"/milestones/{milestone.pk}/"))
    assert "Ways tried before Cook one Back to this one : Cook one" in page


def test_the_old_step_waits_no_longer(ada: User, ada_client: Client) -> None:
    _, steps = path(ada)
    detour(ada_client, steps[0], title="Three dishes")
    waiting = Step.objects.of(ada).waiting(make.NOON.date())
    assert [step.title for step in waiting] == ["Three dishes", "Cook one", "Ask two friends"]


def test_back_to_the_step_itself_loses_neither(ada: User, ada_client: Client) -> None:
    milestone, steps = path(ada)
    detour(ada_client, steps[0], title="Three dishes")
    assert detour(ada_client, steps[0], taken="0").status_code == 303
    assert lies(milestone) == (["Ten dishes", "Three dishes", "Cook one", "Ask two friends"], [])


@pytest.mark.parametrize("outcome", ["done", "tried", "rest", "open"])
def test_whatever_comes_of_a_left_step_it_lies_on_the_path_again(ada: User, ada_client: Client, outcome: str) -> None:
    """Pressed in a tab that is older than the other way."""
    milestone, steps = path(ada)
    detour(ada_client, steps[0], title="Three dishes")
    answer = ada_client.post(f"/steps/{steps[0].pk}/completion/", {"outcome": outcome}, headers=HTMX)
    assert answer.status_code == 200
    assert lies(milestone)[1] == []


def test_what_was_done_stays_in_sight(ada: User, ada_client: Client) -> None:
    milestone, steps = path(ada)
    steps[0].complete("done", make.NOON)
    detour(ada_client, steps[0], title="Three dishes")
    assert lies(milestone) == (["Ten dishes", "Three dishes", "Cook one", "Ask two friends"], [])


def test_without_words_the_form_stays(ada: User, ada_client: Client) -> None:
    milestone, steps = path(ada)
    answer = detour(ada_client, steps[0], title=" ")
    assert (answer.status_code, lies(milestone)[1]) == (422, [])
    assert "A step takes a few words. Small is fine." in text_of(answer)


def test_nobody_takes_another_way_for_somebody_else(ada: User, bea_client: Client) -> None:
    milestone, steps = path(ada)
    assert detour(bea_client, steps[0], title="Mine").status_code == 404
    Detour.take(steps[1], title="Let Lina cook one")
    assert detour(bea_client, steps[1], taken="0").status_code == 404
    assert lies(milestone)[1] == ["Cook one"]
