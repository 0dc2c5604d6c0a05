"""More ways to write: eight moments, where each leads, and the two that stay on Today."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from journal.models import Pin
from journal.models.pin import Full
from journal.prompts import ways
from journal.prompts.ways import EIGHT, MOMENTS, Moment, Way
from tests import make
from tests.journal.pages import text_of, words_of

HTMX = {"HX-Request": "true"}
SAID = """I can’t start · Something went wrong · I doubt myself · I have to decide · I want to stop at good enough ·
I want to see how far I’ve come · With someone · I help others""".replace("\n", " ").split(" · ")


def links(client: Client, address: str = "/ways/") -> list[str]:
    return re.findall(r'<h2><a href="([^"]+)">', client.get(address).content.decode())


def pin(client: Client, moment: str, kept: str = "1", **more: Any) -> Any:
    return client.post(f"/ways/{moment}/pin/", {"kept": kept} | more)


def pinned(user: User) -> list[str]:
    return list(Pin.objects.of(user).values_list("moment", flat=True))


def quiet_links(client: Client) -> list[tuple[str, str]]:
    """What stays on Today: address and words."""
    page = words_of(client.get("/today/"))
    return re.findall(r'<p class="pinned">.*?<a href="([^"]+)">([^<]+)</a>', page)


# Where each moment leads


def test_there_are_eight_moments_in_the_persons_words() -> None:
    assert [str(moment.said) for moment in EIGHT] == SAID


def test_every_moment_that_stands_leads_somewhere(ada_client: Client) -> None:
    assert links(ada_client) == [moment.address for moment in MOMENTS.values()]
    assert [ada_client.get(address).status_code for address in links(ada_client)] == [200] * len(MOMENTS)


def test_a_moment_that_nothing_stands_behind_is_not_named(ada_client: Client) -> None:
    for moment in EIGHT:
        assert (str(moment.said) in text_of(ada_client.get("/ways/"))) is bool(moment.ways)
        found = ada_client.get(f"/ways/{moment.name}/").status_code
        assert found in ((200, 302) if moment.ways else (404,)), moment.name
    assert ada_client.get("/ways/nowhere/").status_code == 404


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> Moment:
    two = (Way("The first", "Its line.", "journal:today"), Way("The second", "Another.", "journal:weeks"))
    moment = Moment("start", "I can’t start", "All of it.", two)
    monkeypatch.setitem(MOMENTS, "start", moment)
    return moment


def test_a_moment_with_one_way_leads_there_and_says_its_line() -> None:
    one = Moment("start", "I can’t start", "All of it.", (Way("The first", "Its line.", "journal:today"),))
    assert (one.line, one.address) == ("Its line.", "/today/")


def test_a_moment_with_several_has_a_page_of_them(several: Moment, ada_client: Client) -> None:
    assert (several.line, several.address) == ("All of it.", "/ways/start/")
    page = text_of(ada_client.get("/ways/start/"))
    assert links(ada_client, "/ways/start/") == ["/today/", "/weeks/"]
    assert [line in page for line in ("I can’t start", "The first", "Its line.", "The second", "Another.")] == [
        True
    ] * 5


def test_how_far_one_has_come_is_seen_on_the_shelves(ada_client: Client) -> None:
    assert "/look-back/" in links(ada_client, "/ways/far/")


def test_something_went_wrong_opens_today_at_something_hard(ada: User, ada_client: Client) -> None:
    page = ada_client.get("/today/?kind=setback").content.decode()
    assert re.search(r'value="setback" checked', page)
    assert not re.search(r'value="win" checked', page)


def test_a_kind_that_is_none_opens_today_as_ever(ada_client: Client) -> None:
    for kind in ("proud", "nothing", ""):
        assert 'value="win" checked' in ada_client.get("/today/", {"kind": kind}).content.decode()


def test_the_page_is_only_read(ada_client: Client) -> None:
    assert ada_client.post("/ways/").status_code == 405


# Two at most stay on Today


def test_a_newcomer_has_nothing_on_today(ada_client: Client) -> None:
    assert quiet_links(ada_client) == []


def test_a_moment_stays_on_today_for_whom_it_was_pinned(
    ada: User, bea: User, ada_client: Client, bea_client: Client
) -> None:
    answer = pin(ada_client, "doubting")
    assert (answer.status_code, answer["Location"]) == (303, "/ways/")
    pin(ada_client, "wrong")
    assert quiet_links(ada_client) == [
        ("/ways/doubt/", "I doubt myself"),
        ("/today/?kind=setback", "Something went wrong"),
    ]
    assert (quiet_links(bea_client), pinned(bea)) == ([], [])


def test_said_twice_it_is_one(ada: User, ada_client: Client) -> None:
    assert [pin(ada_client, "doubting").status_code for _ in range(2)] == [303, 303]
    assert pinned(ada) == ["doubting"]


def test_it_is_taken_off_again(ada: User, bea: User, ada_client: Client, bea_client: Client) -> None:
    pin(ada_client, "doubting")
    pin(bea_client, "doubting")
    assert pin(ada_client, "doubting", "0").status_code == 303
    assert (pinned(ada), pinned(bea)) == ([], ["doubting"])
    assert pin(ada_client, "doubting", "0").status_code == 303


def test_a_third_asks_which_one_makes_room(ada: User, ada_client: Client) -> None:
    pin(ada_client, "doubting")
    pin(ada_client, "wrong")
    answer = pin(ada_client, "start")
    assert answer.status_code == 422
    page = text_of(answer)
    for words in (
        "Two stay at most. Which one makes room?",
        "Take off I doubt myself",
        "Take off Something went wrong",
    ):
        assert page.count(words) == 1
    assert pinned(ada) == ["doubting", "wrong"]
    assert pin(ada_client, "start", instead="doubting").status_code == 303
    assert pinned(ada) == ["wrong", "start"]


def test_what_is_not_pinned_makes_no_room(ada: User, ada_client: Client) -> None:
    pin(ada_client, "doubting")
    pin(ada_client, "wrong")
    for moment in ("start", "far", "nowhere"):
        assert pin(ada_client, "enough", instead=moment).status_code == 422
    assert pinned(ada) == ["doubting", "wrong"]


def test_three_at_once_are_two(ada: User, at_once: Callable[..., list[Any]]) -> None:
    def found_room(moment: str) -> bool:
        try:
            Pin.keep(ada, moment)
        except Full:
            return False
        return True

    jobs = [partial(found_room, name) for name in ("start", "wrong", "doubting")]
    assert sorted(at_once(*jobs)) == [False, True, True]


def test_a_moment_that_stands_no_longer_is_passed_over(ada: User, ada_client: Client) -> None:
    Pin.objects.create(owner=ada, moment="elsewhere")
    pin(ada_client, "doubting")
    assert quiet_links(ada_client) == [("/ways/doubt/", "I doubt myself")]
    assert ada_client.get("/ways/").status_code == 200


@pytest.mark.parametrize("kept", ["", "2", "yes"])
def test_what_cannot_be_read_is_422(kept: str, ada: User, ada_client: Client) -> None:
    assert pin(ada_client, "doubting", kept).status_code == 422
    assert pinned(ada) == []


def test_a_script_swaps_the_list_and_says_so(ada_client: Client) -> None:
    def said(moment: str, kept: str) -> tuple[int, str, bool]:
        answer = ada_client.post(f"/ways/{moment}/pin/", {"kept": kept}, headers=HTMX)
        page = words_of(answer)
        spoken = re.search(r'<div id="say"[^>]*>([^<]*)</div>', page)
        return answer.status_code, spoken[1] if spoken else "", "<html" in page

    assert said("doubting", "1") == (200, "On Today.", False)
    assert said("wrong", "1") == (200, "On Today.", False)
    assert said("start", "1") == (422, "Two stay at most. Which one makes room?", False)
    assert said("wrong", "0") == (200, "No longer on Today.", False)


# How much it asks


@pytest.mark.parametrize("rows", [0, 2])
def test_it_asks_for_the_pins_alone(
    rows: int, ada: User, ada_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.entry(ada)
    for moment in ("doubting", "wrong")[:rows]:
        Pin.keep(ada, moment)
    ada_client.get("/ways/")
    with django_assert_num_queries(3):
        ada_client.get("/ways/")


def test_the_list_of_moments_holds_what_stands() -> None:
    assert list(ways.MOMENTS.values()) == [moment for moment in EIGHT if moment.ways]
