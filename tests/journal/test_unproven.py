"""Was this you? What came in somebody's name waits, sealed, until they say so; nothing is kept unasked."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.sealed import Sealed
from journal import inbox, pruning
from journal.models import Entry, Unproven
from tests import make
from tests.journal.pages import text_of, words_of

pytestmark = pytest.mark.usefixtures("noon")
LINES = ["Rang my sister back.", "Went home\nin the rain."]
MONDAY = date(2026, 11, 9)


@pytest.fixture(autouse=True)
def mail_comes_in(settings: Any) -> None:
    settings.INBOUND_DOMAIN = "in.onward.example"


def came(owner: User, *lines: str, days_ago: int = 0, monday: date = MONDAY) -> Unproven:
    then = make.NOON - timedelta(days=days_ago)
    given = [inbox.Line(None, text) for text in lines or LINES]
    assert inbox.ask_first(owner, given, monday, then) == len(given)
    reply: Unproven = Unproven.objects.of(owner).get(created_at=then)
    return reply


def proud(user: User) -> list[tuple[str, date]]:
    return [(row.body, row.local_date) for row in Entry.objects.of(user).order_by("created_at")]


def answer(client: Client, reply: Unproven, accepted: str) -> Any:
    return client.post(f"/replies/{reply.pk}/acceptance/", {"accepted": accepted})


def test_it_waits_with_its_lines_and_two_buttons(ada: User, ada_client: Client) -> None:
    reply = came(ada)
    page = ada_client.get("/replies/")
    assert all(line in text_of(page) for line in ("Rang my sister back.", "Was this you?"))
    assert "Came on Friday 20 November, 12:00. Here until 4 December." in text_of(page)
    assert page.content.decode().count(f'action="/replies/{reply.pk}/acceptance/"') == 1
    assert page.content.decode().count('name="accepted"') == 2
    assert Entry.objects.of(ada).count() == 0


def test_kept_they_are_proud_things_of_the_week_that_was_asked_about(ada: User, ada_client: Client) -> None:
    reply = came(ada, days_ago=3)
    reached = answer(ada_client, reply, "1")
    assert (reached.status_code, reached.headers["Location"]) == (303, "/replies/")
    assert proud(ada) == [(LINES[0], date(2026, 11, 15)), (LINES[1], date(2026, 11, 15))]
    assert "Kept." in text_of(ada_client.get("/replies/"))
    assert "Nothing is waiting" in text_of(ada_client.get("/replies/"))


def test_in_a_week_that_is_not_over_they_get_the_day_they_came_on(ada: User, ada_client: Client) -> None:
    answer(ada_client, came(ada, days_ago=2, monday=date(2026, 11, 16)), "1")
    assert {day for _, day in proud(ada)} == {date(2026, 11, 18)}


def test_they_are_added_to_what_stands(ada: User, ada_client: Client) -> None:
    make.entry(ada, LINES[0], kind=Entry.Kind.PROUD, on=date(2026, 11, 12))
    answer(ada_client, came(ada), "1")
    assert sorted(body for body, _ in proud(ada)) == sorted(LINES)


def test_let_go_they_are_gone(ada: User, ada_client: Client) -> None:
    reply = came(ada)
    assert answer(ada_client, reply, "0").status_code == 303
    page = ada_client.get("/replies/")
    assert (proud(ada), LINES[0] in words_of(page)) == ([], False)
    assert "Let go. Let it wait again" in text_of(page)


def test_let_go_they_can_wait_again_for_as_long_as_they_would_have(
    ada: User, ada_client: Client, bea_client: Client
) -> None:
    reply = came(ada, days_ago=3)
    answer(ada_client, reply, "0")
    place = f"/replies/{reply.pk}/restoration/"
    assert (bea_client.post(place).status_code, ada_client.get(place).status_code) == (404, 405)
    with time_machine.travel(make.NOON + timedelta(days=1)):
        page = text_of(ada_client.get("/replies/"))
        assert f"What was let go Came on Tuesday 17 November, 12:00. Here until 1 December. {LINES[0]}" in page
        assert LINES[0] not in text_of(bea_client.get("/replies/"))
        assert "Replies that were let go" in text_of(ada_client.get("/entries/removed/"))
    assert ada_client.post(place).headers["Location"] == "/replies/"
    assert [row.lines for row in Unproven.objects.of(ada).waiting()] == [LINES]
    answer(ada_client, reply, "0")
    pruning.tick(make.NOON + timedelta(days=11, seconds=1))
    assert Unproven.objects.count() == 0


def test_let_go_in_one_tab_they_can_be_kept_in_another(ada: User, ada_client: Client) -> None:
    reply = came(ada)
    assert [answer(ada_client, reply, said).status_code for said in "01"] == [303, 303]
    assert ([body for body, _ in proud(ada)], list(Unproven.objects.of(ada).let_go())) == (LINES, [])


def test_a_second_click_keeps_nothing_twice_and_loses_nothing(ada: User, ada_client: Client) -> None:
    reply = came(ada)
    assert [answer(ada_client, reply, said).status_code for said in ("1", "1", "0")] == [303, 303, 303]
    assert [body for body, _ in proud(ada)] == LINES


@pytest.mark.parametrize("said", ["", "2", "yes"])
def test_an_answer_that_is_none_changes_nothing(said: str, ada: User, ada_client: Client) -> None:
    reply = came(ada)
    assert answer(ada_client, reply, said).status_code == 422
    assert (proud(ada), Unproven.objects.get().lines) == ([], LINES)


def test_a_visit_changes_nothing(ada: User, ada_client: Client) -> None:
    reply = came(ada)
    assert ada_client.get(f"/replies/{reply.pk}/acceptance/").status_code == 405
    assert Unproven.objects.get().lines == LINES


def test_bea_sees_nothing_of_it_and_answers_nothing(ada: User, bea_client: Client) -> None:
    reply = came(ada)
    assert LINES[0] not in words_of(bea_client.get("/replies/"))
    assert [answer(bea_client, reply, said).status_code for said in "10"] == [404, 404]
    assert Unproven.objects.get().lines == LINES


def test_today_and_letters_say_so_only_while_one_waits(ada: User, ada_client: Client, bea_client: Client) -> None:
    said = "A reply came in your name. Was this you?"
    pages = ("/today/", "/settings/reminders/")

    def shown(client: Client) -> list[bool]:
        return [said in text_of(client.get(page)) for page in pages]

    assert shown(ada_client) == [False, False]
    reply = came(ada)
    assert (shown(ada_client), shown(bea_client)) == ([True, True], [False, False])
    answer(ada_client, reply, "0")
    assert shown(ada_client) == [False, False]


def test_after_fourteen_days_they_go_for_good(ada: User) -> None:
    came(ada, "Fresh.")
    came(ada, "Old.", days_ago=14)
    pruning.tick(make.NOON)
    assert Unproven.objects.count() == 2
    pruning.tick(make.NOON + timedelta(seconds=1))
    assert [row.lines for row in Unproven.objects.all()] == [["Fresh."]]


def test_twenty_wait_and_no_more(ada: User, bea: User) -> None:
    for number in range(20):
        came(ada, f"{number}.", days_ago=number)
    assert inbox.ask_first(ada, [inbox.Line(None, "One too many.")], MONDAY, make.NOON) == 0
    assert inbox.ask_first(bea, [inbox.Line(None, "Mine.")], MONDAY, make.NOON) == 1
    Unproven.objects.of(ada).first().let_go(make.NOON)
    assert inbox.ask_first(ada, [inbox.Line(None, "Room again.")], MONDAY, make.NOON) == 1


def test_nothing_is_kept_of_no_lines(ada: User) -> None:
    assert (inbox.ask_first(ada, [], MONDAY, make.NOON), Unproven.objects.count()) == (0, 0)


def test_what_does_not_open_is_never_written_over(ada: User, ada_client: Client) -> None:
    damaged, sound = came(ada, days_ago=1), came(ada, "Sound.")
    whole = damaged.sealed_bytes("content")
    before = whole[:-1] + bytes([whole[-1] ^ 1])
    Unproven.objects.filter(pk=damaged.pk).update(content=Sealed(before))
    page = text_of(ada_client.get("/replies/"))
    assert ("This one cannot be opened." in page, "Sound." in page) == (True, True)
    assert answer(ada_client, damaged, "1").status_code == 409
    assert Unproven.objects.get(pk=damaged.pk).sealed_bytes("content") == before
    assert answer(ada_client, damaged, "0").status_code == 303
    assert list(Unproven.objects.of(ada).waiting()) == [sound]
    assert Unproven.objects.get(pk=damaged.pk).sealed_bytes("content") == before


def test_an_export_has_what_waits(ada: User, client: Client) -> None:
    came(ada)
    came(ada, "Not mine.", days_ago=1).let_go(make.NOON)
    client.post("/account/login/", {"login": ada.email, "password": "a long enough secret"})
    answer = client.post("/export/", {"format": "json"})
    told = json.loads(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    rows = [(row["monday"], row["lines"], row["removed_at"]) for row in told["unproven"]]
    let_go = ("2026-11-09", ["Not mine."], make.NOON.isoformat())
    assert rows == [let_go, ("2026-11-09", LINES, None)]


def test_search_does_not_find_them(ada: User, ada_client: Client) -> None:
    came(ada)
    assert LINES[0] not in words_of(ada_client.post("/entries/search/", {"q": "sister"}))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_little_of_many(
    rows: int, ada: User, ada_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        came(ada, "Rested.", days_ago=number)
    ada_client.get("/replies/")
    # The session, the person, whether more came, the rows, their key, and what was let go.
    with django_assert_num_queries(6):
        ada_client.get("/replies/")
