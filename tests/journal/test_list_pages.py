"""The pages of treats and of what matters."""

from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from accounts.sealed import Sealed
from journal.models import Matter, Milestone, Step, Treat
from journal.models.line import Line
from tests import make
from tests.journal.pages import aimed, field, text_of

pytestmark = pytest.mark.usefixtures("noon")
NOON = make.NOON
BOTH = pytest.mark.parametrize(("noun", "place"), [(Treat, "/treats/"), (Matter, "/matters/")])


@BOTH
def test_a_line_is_added_said_anew_and_taken_off(noun: type[Line], place: str, ada: User, ada_client: Client) -> None:
    words = {"id": str(uuid4()), "text": " tea "}
    for _ in range(2):
        answer = ada_client.post(place, words)
        assert (answer.status_code, answer.headers["Location"]) == (303, place)
    line = noun.objects.of(ada).get()
    assert "tea" in text_of(ada_client.get(place))
    assert ada_client.post(f"{place}{line.pk}/", {"text": "green tea", "version": "1"}).status_code == 303
    stale = ada_client.post(f"{place}{line.pk}/", {"text": "black tea", "version": "1"})
    assert (stale.status_code, field(stale, "text"), noun.objects.of(ada).get().text) == (409, "black tea", "green tea")
    assert ada_client.post(f"{place}{line.pk}/deletion/").headers["Location"] == place
    assert noun.objects.of(ada).count() == 0


@BOTH
def test_a_line_without_words_is_refused(noun: type[Line], place: str, ada: User, ada_client: Client) -> None:
    answer = ada_client.post(place, {"text": "\x00 "})
    assert (answer.status_code, noun.objects.count(), "One word is enough." in text_of(answer)) == (422, 0, True)
    assert aimed(answer) == ["text"]
    line = noun.add(ada, text="tea")
    answer = ada_client.post(f"{place}{line.pk}/", {"text": "", "version": "1"})
    assert (answer.status_code, noun.objects.of(ada).get().text) == (422, "tea")


@BOTH
def test_bea_sees_nothing_of_it(noun: type[Line], place: str, ada: User, bea_client: Client) -> None:
    line = noun.add(ada, text="heliotrope")
    addresses = [f"{place}{line.pk}/", f"{place}{line.pk}/deletion/", f"/treats/{line.pk}/drawer/"]
    assert [bea_client.post(address, {"text": "mine"}).status_code for address in addresses] == [404] * 3
    assert ("heliotrope" in text_of(bea_client.get(place)), noun.objects.of(ada).get().text) == (False, "heliotrope")


@BOTH
def test_what_cannot_be_opened_is_said_and_stays(noun: type[Line], place: str, ada: User, ada_client: Client) -> None:
    line = noun.add(ada, text="heliotrope")
    noun.objects.update(text=Sealed(b"\x01\x01" + bytes(40)))
    for address in (place, f"{place}{line.pk}/"):
        assert "This can’t be opened; kept as it is." in text_of(ada_client.get(address))
    assert ada_client.post(f"{place}{line.pk}/", {"text": "new", "version": "1"}).status_code == 409
    assert noun.objects.get().damaged


def test_a_treat_is_put_away_and_taken_out_again(ada: User, ada_client: Client) -> None:
    treat = Treat.add(ada, text="tea")
    for away, shown in (("1", True), ("1", True), ("0", False)):
        answer = ada_client.post(f"/treats/{treat.pk}/drawer/", {"away": away})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/treats/")
        assert ("Take it out again" in text_of(ada_client.get("/treats/"))) is shown


def test_a_sixth_word_waits_in_its_box(ada: User, ada_client: Client) -> None:
    for text in ("craft", "quiet", "honesty", "rest", "Lina"):
        ada_client.post("/matters/", {"text": text})
    assert "Add it" not in text_of(ada_client.get("/matters/"))
    answer = ada_client.post("/matters/", {"text": "money"})
    assert (answer.status_code, field(answer, "text"), Matter.objects.count()) == (422, "money", 5)
    assert "Five stay at most." in text_of(answer)
    assert aimed(answer) == ["text"]


def test_a_word_is_not_said_twice(ada: User, ada_client: Client) -> None:
    Matter.add(ada, text="craft")
    quiet = Matter.add(ada, text="quiet")
    answer = ada_client.post(f"/matters/{quiet.pk}/", {"text": "CRAFT", "version": "1"})
    assert (answer.status_code, Matter.objects.get(pk=quiet.pk).text) == (422, "quiet")
    assert ada_client.post(f"/matters/{quiet.pk}/", {"text": "Quiet", "version": "1"}).status_code == 303


def test_a_milestone_carries_a_word_from_its_beginning_or_later(ada: User, bea: User, ada_client: Client) -> None:
    craft, hers = Matter.add(ada, text="craft"), Matter.add(bea, text="heliotrope")
    ada_client.post("/milestones/", {"title": "A menu", "matter": str(craft.pk)})
    menu = Milestone.objects.of(ada).get()
    assert "For craft" in text_of(ada_client.get(f"/milestones/{menu.pk}/"))
    Step.keep_alone(ada, NOON, title="Cook", matter=craft).complete("tried", NOON)
    told = text_of(ada_client.get(f"/matters/{craft.pk}/"))
    assert "For this A menu A milestone Cook I tried · 20 November 2026" in told
    assert ada_client.post(f"/milestones/{menu.pk}/matter/", {"matter": str(hers.pk)}).status_code == 422
    assert ada_client.post(f"/milestones/{menu.pk}/matter/", {"matter": ""}).status_code == 303
    menu.refresh_from_db()
    assert menu.matter is None
