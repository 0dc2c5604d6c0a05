"""A device that seems to be in another zone: asked about once, whatever the answer."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.days import canonical, same_clock
from accounts.models import User
from reminders.models import Schedule, ZoneNotice
from tests.reminders.conftest import DUE, FRIDAY

NOTICE = "/settings/reminders/zone/notice/"
SWAP = {"HX-Request": "true"}
MOVE = {"time_zone": "America/New_York", "answer": "move"}
KEEP = {"time_zone": "America/New_York", "answer": "keep"}


@pytest.fixture(autouse=True)
def on_friday() -> Any:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


def ask(client: Client, zone: str) -> Any:
    return client.get(NOTICE, {"time_zone": zone}, headers=SWAP)


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def lives_in(user: User, zone: str) -> None:
    User.objects.filter(pk=user.pk).update(time_zone=zone)


def test_another_clock_is_asked_about(ada_client: Client, agreed: Schedule) -> None:
    answer = ask(ada_client, "America/New_York")
    assert answer.status_code == 200
    assert "Your clock seems to be in New York now. Move your letters?" in text(answer)
    assert "<html" not in answer.content.decode()
    assert ZoneNotice.objects.count() == 0


def test_without_letters_the_days_are_meant(ada_client: Client) -> None:
    assert "Your clock seems to be in New York now. Move your days?" in text(ask(ada_client, "America/New_York"))


@pytest.mark.parametrize(
    ("home", "device"),
    [
        ("Europe/Lisbon", "Europe/Lisbon"),
        ("Europe/Lisbon", "Portugal"),
        ("Asia/Kolkata", "Asia/Calcutta"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Europe/Lisbon", "Europe/London"),  # the walls show the same
        ("Asia/Kolkata", "UTC"),
        ("Asia/Kolkata", "Etc/GMT+5"),
        ("Asia/Kolkata", "Mars/Olympus"),
        ("Asia/Kolkata", "../../etc/passwd"),
        ("Asia/Kolkata", ""),
        ("", "America/New_York"),
    ],
)
def test_nothing_is_asked_where_nothing_would_move(ada: User, ada_client: Client, home: str, device: str) -> None:
    lives_in(ada, home)
    answer = ask(ada_client, device)
    assert (answer.status_code, answer.content) == (204, b"")


def test_two_zones_may_part_later(ada: User, ada_client: Client, on_friday: Any) -> None:
    """Phoenix keeps its time all year; Denver does not."""
    lives_in(ada, "America/Phoenix")
    assert ask(ada_client, "America/Denver").status_code == 204
    on_friday.move_to(datetime(2027, 4, 1, tzinfo=UTC))
    ada_client.force_login(ada)
    assert ask(ada_client, "America/Denver").status_code == 200


def test_move_moves_every_letter(ada: User, ada_client: Client, agreed: Schedule) -> None:
    answer = ada_client.post(NOTICE, MOVE)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today/")
    ada.refresh_from_db()
    agreed.refresh_from_db()
    assert ada.time_zone == "America/New_York"
    assert agreed.next_at == DUE.replace(hour=23)
    assert "Your days and letters go by the clocks in New York now." in text(ada_client.get("/today/"))


def test_keep_is_remembered_for_good(ada: User, ada_client: Client, agreed: Schedule, on_friday: Any) -> None:
    before = agreed.next_at
    assert ada_client.post(NOTICE, KEEP).status_code == 303
    ada.refresh_from_db()
    agreed.refresh_from_db()
    assert (ada.time_zone, agreed.next_at) == ("Europe/Lisbon", before)
    assert [(row.owner, row.zone, row.at) for row in ZoneNotice.objects.all()] == [(ada, "America/New_York", FRIDAY)]
    on_friday.move_to(FRIDAY.replace(year=2030))
    ada_client.force_login(ada)
    assert ask(ada_client, "America/New_York").status_code == 204
    assert ask(ada_client, "US/Eastern").status_code == 204  # the same place by an older name
    assert ask(ada_client, "Asia/Tokyo").status_code == 200


def test_it_is_asked_once_whatever_the_answer(ada: User, ada_client: Client) -> None:
    ada_client.post(NOTICE, MOVE)
    lives_in(ada, "Europe/Lisbon")
    assert ask(ada_client, "America/New_York").status_code == 204
    ada_client.post(NOTICE, KEEP)
    assert ZoneNotice.objects.count() == 1


def test_what_bea_said_is_nothing_to_ada(ada_client: Client, bea_client: Client) -> None:
    bea_client.post(NOTICE, KEEP)
    assert ask(ada_client, "America/New_York").status_code == 200


def test_the_answer_is_swapped_in(ada_client: Client, agreed: Schedule) -> None:
    part = ada_client.post(NOTICE, KEEP, headers=SWAP).content.decode()
    assert '<p class="zone-question" id="zone-notice" tabindex="-1" autofocus>They stay where they are.</p>' in part
    assert 'id="say"' in part


def test_on_letters_the_page_comes_anew(ada_client: Client, agreed: Schedule) -> None:
    there = SWAP | {"HX-Current-URL": "http://testserver/settings/reminders/"}
    part = ada_client.get(NOTICE, {"time_zone": "America/New_York"}, headers=there).content.decode()
    assert 'name="back" value="letters"' in part
    assert "hx-post" not in part
    assert ada_client.post(NOTICE, MOVE | {"back": "letters"}).headers["Location"] == "/settings/reminders/"


@pytest.mark.parametrize("wrong", [{"time_zone": "Mars/Olympus"}, {"time_zone": ""}, {"answer": "perhaps"}])
def test_what_cannot_be_read_changes_nothing(ada: User, ada_client: Client, wrong: dict[str, str]) -> None:
    for headers in ({}, SWAP):
        answer = ada_client.post(NOTICE, MOVE | wrong, headers=headers)
        assert answer.status_code == 422
        assert "That could not be read. Everything stays where it is." in text(answer)
    ada.refresh_from_db()
    assert (ada.time_zone, ZoneNotice.objects.count()) == ("Europe/Lisbon", 0)


def test_the_pages_carry_the_zone_that_is_known(ada: User, ada_client: Client) -> None:
    for page in ("/today/", "/settings/reminders/"):
        assert 'data-home-zone="Europe/Lisbon"' in ada_client.get(page).content.decode()
    lives_in(ada, "")
    for page in ("/today/", "/settings/reminders/"):
        assert "data-home-zone" not in ada_client.get(page).content.decode()


def test_without_a_swap_the_question_is_a_page(ada_client: Client) -> None:
    page = ada_client.get(NOTICE, {"time_zone": "America/New_York"}).content.decode()
    assert "Your clock seems to be in New York now." in page
    assert "<html" in page


def test_older_names_are_known() -> None:
    assert [canonical(name) for name in ("Asia/Calcutta", "US/Eastern", "Europe/Lisbon")] == [
        "Asia/Kolkata",
        "America/New_York",
        "Europe/Lisbon",
    ]
    assert same_clock("Asia/Calcutta", "Asia/Kolkata", FRIDAY)
    assert not same_clock("Asia/Calcutta", "Asia/Kathmandu", FRIDAY)
