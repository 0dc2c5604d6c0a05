"""The pages of steps: written by themselves, chosen, told of, begun, made smaller, taken off."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from journal.models import Beginning, Completion, Entry, Matter, Milestone, Step, Treat
from tests import make
from tests.journal.pages import field, text_of, words_of

pytestmark = pytest.mark.usefixtures("noon")
NOON = make.NOON
TODAY = NOON.date()
HTMX = {"HX-Request": "true"}


def card(client: Client) -> str:
    """What Today says of one small step."""
    found = re.search(r'<section class="step".*?</section>', words_of(client.get("/today/")), flags=re.S)
    return " ".join(re.sub(r"<[^>]*>", " ", found[0]).split()) if found else ""


def kept(owner: User, count: int, ago: int = 1) -> None:
    for number in range(count):
        make.entry(owner, f"Line {number}.", on=TODAY - timedelta(days=ago))


# When it appears


def test_a_newcomer_has_no_card_and_after_five_kept_things_one_can_be_written(ada: User, ada_client: Client) -> None:
    assert card(ada_client) == ""
    kept(ada, 4)
    assert card(ada_client) == ""
    kept(ada, 1)
    assert card(ada_client).startswith("One small step Write one")


def test_a_step_of_ones_own_stands_there_at_once(ada: User, bea: User, ada_client: Client, bea_client: Client) -> None:
    kept(ada, 1, ago=0)
    kept(bea, 9)
    Milestone.keep(ada, NOON, title="A menu", step="Ten dishes")
    assert card(ada_client) == ""
    words = {"id": str(uuid4()), "title": "Ring the landlord", "permission": "It may go badly."}
    answer = ada_client.post("/steps/", words)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today/")
    told = card(ada_client)
    assert told.startswith(
        "One small step Ring the landlord You wrote beforehand: It may go badly. I tried I did it Not"
    )
    assert "The other steps Ten dishes All of them" in told
    assert "Ring the landlord" not in card(bea_client)


def test_a_step_written_before_anything_else_stands_on_today_too(ada: User, ada_client: Client) -> None:
    assert card(ada_client) == ""
    ada_client.post("/steps/", {"title": "Find the number"})
    assert "Find the number" in card(ada_client)


def test_the_rest_is_folded_and_any_of_it_can_come_first(ada: User, ada_client: Client) -> None:
    for number, title in enumerate(("one", "two", "three")):
        Step.keep_alone(ada, NOON - timedelta(seconds=9 - number), title=title)
    kept(ada, 1)
    assert "One small step three" in card(ada_client)
    one = Step.objects.of(ada).order_by("created_at").first()
    answer = ada_client.post(f"/steps/{one.pk}/choice/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today/")
    assert ("One small step one" in card(ada_client), "The other steps three two" in card(ada_client)) == (True, True)


FIRST = "This one first, on Today"


def test_what_today_never_shows_is_not_offered_to_it(ada: User, ada_client: Client) -> None:
    goal = Milestone.keep(ada, NOON, title="The allotment", step="Rake")
    [near] = goal.steps.all()
    beyond = Step.keep(goal, title="Sing", beyond=True)
    pages = [text_of(ada_client.get(f"/steps/{step.pk}/")) for step in (near, beyond)]
    assert [FIRST in page for page in pages] == [True, False]
    ada_client.post(f"/milestones/{goal.pk}/aside/", {"aside": "1"})
    assert FIRST not in text_of(ada_client.get(f"/steps/{near.pk}/"))


def test_after_not_today_only_what_is_chosen_then_stands_there(ada: User, ada_client: Client) -> None:
    kept(ada, 5)
    one = Step.keep_alone(ada, NOON - timedelta(hours=2), title="one")
    Step.keep_alone(ada, NOON - timedelta(hours=1), title="two")
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        ada_client.post(f"/steps/{one.pk}/completion/", {"outcome": "rest"})
        assert card(ada_client) == ""
        assert "It will keep." in text_of(ada_client.get("/today/?step=rest"))
    with time_machine.travel(NOON + timedelta(minutes=2), tick=False):
        ada_client.post("/steps/", {"title": "three"})
        assert "One small step three" in card(ada_client)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert "The other steps two one All" in card(ada_client)


@pytest.mark.parametrize(("outcome", "said"), [("tried", "Kept."), ("done", "Kept."), ("rest", "It will keep.")])
@pytest.mark.parametrize("by", [{}, HTMX], ids=["a form", "a script"])
def test_an_answer_on_today_can_be_taken_back(
    outcome: str, said: str, by: dict[str, str], ada: User, ada_client: Client
) -> None:
    kept(ada, 5)
    step = Step.keep_alone(ada, NOON, title="Ring the landlord")
    place = f"/steps/{step.pk}/completion/"
    answer = ada_client.post(place, {"outcome": outcome, "back": "today"}, headers=by)
    page = answer if by else ada_client.get(answer["Location"])
    assert f"{said} Undo" in text_of(page)
    again = ada_client.post(place, {"outcome": "open", "back": "today"}, headers=by)
    page = again if by else ada_client.get(again["Location"])
    assert "Open again. Ring the landlord" in text_of(page)
    assert not Completion.objects.of(ada).exists()


def test_nobody_elses_step_is_named_on_today(ada: User, bea: User, ada_client: Client) -> None:
    hers = Step.keep_alone(bea, NOON, title="Bea’s own")
    for id in (hers.pk, "none"):
        assert "Undo" not in text_of(ada_client.get(f"/today/?step=effort&of={id}"))


def test_a_step_without_words_is_not_kept_and_what_was_typed_stays(ada: User, ada_client: Client) -> None:
    answer = ada_client.post("/steps/", {"title": " ", "permission": "It may go badly."})
    assert (answer.status_code, Step.objects.count()) == (422, 0)
    assert "A step takes a few words. Small is fine." in text_of(answer)
    assert field(answer, "permission") == "It may go badly."


def test_a_smaller_step_without_words_keeps_the_card(ada: User, ada_client: Client) -> None:
    step = Step.keep_alone(ada, NOON, title="Ring the landlord")
    answer = ada_client.post(f"/steps/{step.pk}/parts/", {"title": " ", "back": "today"}, headers=HTMX)
    assert (answer.status_code, "<html" in words_of(answer), Step.objects.count()) == (422, False, 1)
    assert "A step takes a few words. Small is fine." in text_of(answer)
    assert "Ring the landlord" in text_of(answer)


# What it was like


def test_an_experiment_can_only_be_tried_and_asks_what_it_was_like(ada: User, ada_client: Client) -> None:
    kept(ada, 1)
    ada_client.post("/steps/", {"title": "Cook it badly", "experiment": "on"})
    step = Step.objects.of(ada).get()
    assert "I tried Not today" in card(ada_client)
    tried = {"outcome": "tried", "back": "today"}
    part = ada_client.post(f"/steps/{step.pk}/completion/", tried, headers=HTMX)
    assert "What was it like? One line, or none. Keep this Leave it blank" in text_of(part)
    told = tried | {"note": "It wobbled.", "id": field(part, "id")}
    for _ in range(2):
        ada_client.post(f"/steps/{step.pk}/completion/", told, headers=HTMX)
    entry = Completion.objects.of(ada).get().entry
    assert {(one.deed, one.body) for one in Entry.objects.of(ada)} == {("", "Line 0."), ("tried", "It wobbled.")}
    assert "It wobbled." in text_of(ada_client.get("/steps/"))
    entry.remove(NOON)
    assert "It wobbled." not in text_of(ada_client.get("/steps/")) + text_of(ada_client.get(f"/steps/{step.pk}/"))


def test_without_a_script_the_question_stands_on_the_page_of_the_step(ada: User, ada_client: Client) -> None:
    step = Step.keep_alone(ada, NOON, title="Cook it badly", experiment=True)
    answer = ada_client.post(f"/steps/{step.pk}/completion/", {"outcome": "tried", "back": "today"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/steps/{step.pk}/#like")
    assert "What was it like?" in text_of(ada_client.get(f"/steps/{step.pk}/"))


# In other words


def test_all_of_a_step_can_be_said_anew_and_a_bare_form_leaves_the_rest(ada: User, ada_client: Client) -> None:
    craft = Matter.add(ada, text="craft")
    step = Step.keep_alone(ada, NOON, title="Cook")
    words = {"title": "Cook it", "permission": "Badly.", "experiment": "on", "matter": str(craft.pk), "version": "1"}
    answer = ada_client.post(f"/steps/{step.pk}/", words)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/steps/{step.pk}/")
    ada_client.post(f"/steps/{step.pk}/", {"title": "Cook it all", "version": "2"})
    step.refresh_from_db()
    assert (step.title, step.permission, step.experiment, step.matter) == ("Cook it all", "Badly.", True, craft)
    stale = ada_client.post(f"/steps/{step.pk}/", words | {"title": "Mine", "permission": "Slowly."})
    assert (stale.status_code, field(stale, "title"), field(stale, "permission")) == (409, "Mine", "Slowly.")
    assert "Cook it all" in text_of(stale) and "You wrote beforehand: Badly." in text_of(stale)


def test_a_word_of_somebody_else_is_none_of_hers(ada: User, bea: User, ada_client: Client) -> None:
    craft = Matter.add(bea, text="heliotrope")
    answer = ada_client.post("/steps/", {"title": "Cook", "matter": str(craft.pk)})
    assert (answer.status_code, Step.objects.count(), "heliotrope" in text_of(answer)) == (422, 0, False)


def test_a_step_that_is_taken_back_leaves_what_was_kept_of_it(
    ada: User, bea_client: Client, ada_client: Client
) -> None:
    step = Step.keep_alone(ada, NOON, title="Cook")
    step.complete("tried", NOON)
    step.tell("It wobbled.", NOON)
    assert bea_client.post(f"/steps/{step.pk}/deletion/").status_code == 404
    answer = ada_client.post(f"/steps/{step.pk}/deletion/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/steps/")
    assert (Step.objects.of(ada).count(), Entry.objects.of(ada).get().body) == (0, "It wobbled.")


# Five minutes


def test_five_minutes_begin_and_end_with_a_post_each(ada: User, ada_client: Client) -> None:
    step = Step.keep_alone(ada, NOON, title="Ring the landlord")
    place = f"/steps/{step.pk}/beginning/"
    assert ada_client.get(place).headers["Location"] == f"/steps/{step.pk}/"
    for _ in range(2):
        answer = ada_client.post(place)
        assert (answer.status_code, answer.headers["Location"]) == (303, place)
    assert "Begun at 12:00. The five minutes last until 12:05. Leave this page open" in text_of(ada_client.get(place))
    kept(ada, 1)
    assert "Begun at 12:00" in card(ada_client)
    with time_machine.travel(NOON + timedelta(minutes=6), tick=False):
        page = ada_client.get(place)
        assert "The five minutes are over. Go on as long as you like" in text_of(page)
        answer = ada_client.post(f"{place}end/", {"id": field(page, "id"), "note": "I found the number."})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/steps/{step.pk}/")
        assert "Begun 20 November · 12:00 I found the number." in text_of(ada_client.get(f"/steps/{step.pk}/"))
    assert ("began", "I found the number.") in [(one.deed, one.body) for one in Entry.objects.of(ada)]


def test_what_never_began_cannot_end(ada: User, bea: User, ada_client: Client, bea_client: Client) -> None:
    step = Step.keep_alone(ada, NOON, title="Ring the landlord")
    assert ada_client.post(f"/steps/{step.pk}/beginning/end/").status_code == 404
    Beginning.begin(step, NOON)
    assert bea_client.post(f"/steps/{step.pk}/beginning/end/").status_code == 404
    assert Entry.objects.count() == 0


# From the list


@pytest.mark.parametrize("outcome", ["tried", "done"])
def test_after_a_step_one_line_of_the_list_is_suggested(ada: User, ada_client: Client, outcome: str) -> None:
    treat = Treat.add(ada, text="tea on the balcony")
    step = Step.keep_alone(ada, NOON, title="Cook")
    words = {"outcome": outcome, "back": "today"}
    part = text_of(ada_client.post(f"/steps/{step.pk}/completion/", words, headers=HTMX))
    assert "Kept. Undo From your list: tea on the balcony" in part
    kept(ada, 1)
    assert "Kept. From your list: tea on the balcony" in text_of(ada_client.get("/today/?step=effort"))
    treat.put_away(NOON)
    part = text_of(ada_client.post(f"/steps/{step.pk}/completion/", words, headers=HTMX))
    assert "From your list" not in part


def test_after_not_today_and_after_something_hard_nothing_is_suggested(ada: User, ada_client: Client) -> None:
    Treat.add(ada, text="tea on the balcony")
    step = Step.keep_alone(ada, NOON, title="Cook")
    rest = ada_client.post(f"/steps/{step.pk}/completion/", {"outcome": "rest", "back": "today"}, headers=HTMX)
    make.setback(ada)
    tried = ada_client.post(f"/steps/{step.pk}/completion/", {"outcome": "tried", "back": "today"}, headers=HTMX)
    deed = ada_client.post("/entries/", {"kind": "win", "deed": "rested"}, headers=HTMX)
    assert [text_of(answer).count("From your list") for answer in (rest, tried, deed)] == [0, 0, 0]


def test_after_a_deed_it_stands_on_today_for_a_moment(ada: User, ada_client: Client) -> None:
    Treat.add(ada, text="tea on the balcony")
    kept(ada, 1)
    deed = ada_client.post("/entries/", {"kind": "win", "deed": "rested"}, headers=HTMX)
    assert "From your list: tea on the balcony" in text_of(deed)
    assert text_of(deed).endswith("Kept. From your list: tea on the balcony")
    assert "From your list: tea on the balcony" in text_of(ada_client.get("/today/"))
    with time_machine.travel(make.NOON + timedelta(seconds=1), tick=False):
        words = ada_client.post("/entries/", {"kind": "win", "body": "Cooked."}, headers=HTMX)
        assert "From your list" not in text_of(words)
        assert "From your list" not in text_of(ada_client.get("/today/"))


# How much they ask


@pytest.mark.parametrize(
    ("address", "asked"), [("/steps/", 8), ("/steps/{id}/", 12), ("/treats/", 6), ("/matters/", 5)]
)
def test_a_page_asks_as_much_for_three_as_for_one(ada: User, ada_client: Client, address: str, asked: int) -> None:
    counts: list[int] = []
    ada_client.get("/steps/")
    for number in (1, 3):
        while Treat.objects.count() < number:
            _one_more(ada, Treat.objects.count())
        step = Step.objects.of(ada).filter(completion__isnull=True).first()
        with CaptureQueriesContext(connection) as queries:
            assert ada_client.get(address.format(id=step.pk)).status_code == 200
        counts.append(len(queries))
    assert counts == [asked, asked]


def _one_more(owner: User, number: int) -> None:
    words: dict[str, Any] = {"permission": "Badly.", "matter": Matter.add(owner, text=f"word {number}")}
    Treat.add(owner, text=f"treat {number}")
    Treat.add(owner, text=f"put away {number}").put_away(NOON)
    told = Step.keep_alone(owner, NOON, title=f"told {number}", **words)
    told.complete("tried", NOON)
    told.tell("It wobbled.", NOON)
    step = Step.keep_alone(owner, NOON - timedelta(days=number), title=f"waits {number}", **words)
    Beginning.begin(step, NOON).end(NOON)


# All of them, sixty at a time


def pages(client: Client, name: str) -> list[list[Any]]:
    """What each page of a list holds, as the links lead from one to the next."""
    found, place = [], "/steps/"
    while place and len(found) < 9:
        answer = client.get(place)
        listed = answer.context["list"]
        found.append([step.pk for step in listed.waiting] if name == "waiting" else [one.pk for one in listed.told])
        link = re.search(rf'href="(/steps/\?{name}=[^"]+)"', words_of(answer))
        place = link[1] if link else ""
    return found


def test_every_step_that_waits_is_on_one_page_and_once(ada: User, bea: User, ada_client: Client) -> None:
    for title in ("A menu", "A shop"):
        goal = Milestone.keep(ada, NOON, title=title)
        Step.objects.bulk_create(
            Step(owner=ada, milestone=goal, title=f"{number}", position=number // 3, created_at=NOON)
            for number in range(40)
        )
    alone = (NOON - timedelta(hours=number // 2) for number in range(65))
    Step.objects.bulk_create(Step(owner=ada, title="alone", chosen_at=at, created_at=NOON) for at in alone)
    Step.keep_alone(bea, NOON, title="Not hers")
    order = Step.objects.of(ada).on_the_way()
    found = pages(ada_client, "waiting")
    assert [len(page) for page in found] == [60, 60, 25]
    expected = order.order_by(*order.query.order_by, "pk").values_list("pk", flat=True)
    assert [pk for page in found for pk in page] == list(expected)


def test_what_came_of_steps_goes_on_and_nothing_moves_meanwhile(ada: User, ada_client: Client) -> None:
    day = {"owner": ada, "outcome": "tried", "zone": "Europe/Lisbon"}
    steps = Step.objects.bulk_create(Step(owner=ada, title=f"{number}") for number in range(62))
    Completion.objects.bulk_create(
        Completion(step=step, local_date=TODAY - timedelta(days=number // 7), **day)
        for number, step in enumerate(steps)
    )
    first, second = pages(ada_client, "told")
    assert (len(first), len(second), set(first) & set(second)) == (60, 2, set())
    following = re.search(r'href="(/steps/\?told=[^"]+)"', words_of(ada_client.get("/steps/")))
    assert following
    Step.keep_alone(ada, NOON, title="Just now").complete("done", NOON)
    Completion.objects.get(pk=first[0]).step.remove(NOON)
    part = ada_client.get(following[1].replace("&amp;", "&"), headers=HTMX)
    assert [one.pk for one in part.context["list"].told] == second
    assert ("<h1" in words_of(part), "autofocus" in words_of(part), "More steps." in text_of(part)) == (
        False,
        True,
        True,
    )


@pytest.mark.parametrize(
    "place", ["waiting=", "waiting=x_x_1_1", "told=x", f"waiting=x_{'9' * 18}_0_{'9' * 18}_{'0' * 32}"]
)
def test_a_place_that_no_page_leads_to_is_none(place: str, ada_client: Client) -> None:
    assert ada_client.get(f"/steps/?{place}").status_code == 404
