"""A rest from letters: one press, all kinds, with an end; and one press to end it."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts.models import User
from reminders import delivery
from reminders.models import Delivery, Schedule
from tests.reminders.conftest import DAY, DUE, FRIDAY, HOUR, MINUTE, agree

PAGE, REST = "/settings/reminders/", "/settings/reminders/rest/"
SWAP = {"HX-Request": "true"}
FOUR_WEEKS = date(2026, 12, 18)


@pytest.fixture(autouse=True)
def on_friday() -> Any:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def daily(ada: User) -> Schedule:
    schedule = Schedule.one(ada, "daily")
    schedule.change(FRIDAY, active=True)
    return schedule


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def rests(user: User) -> dict[str, date | None]:
    return dict(Schedule.objects.of(user).values_list("kind", "paused_until"))


@pytest.mark.parametrize(
    ("chosen", "until"),
    [
        ({"choice": "week"}, date(2026, 11, 27)),
        ({"choice": "month"}, FOUR_WEEKS),
        ({"choice": "until", "until": "2027-01-06"}, date(2027, 1, 6)),
        ({"choice": "until", "until": "9999-12-31"}, date(9900, 1, 1)),
    ],
)
def test_one_press_rests_every_kind(
    ada: User, ada_client: Client, bea: User, agreed: Schedule, daily: Schedule, chosen: dict[str, str], until: date
) -> None:
    agree(bea)
    answer = ada_client.post(REST, chosen)
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert rests(ada) == {"weekly": until, "daily": until}
    assert rests(bea) == {"weekly": None}


def test_the_rest_is_shown_with_its_end_and_one_press_ends_it(
    ada: User, ada_client: Client, agreed: Schedule, daily: Schedule
) -> None:
    ada_client.post(REST, {"choice": "month"})
    page = ada_client.get(PAGE)
    assert text(page).count("Letters rest until Friday 18 December 2026.") == 2  # said once, and standing there
    assert "2026-12-18T20:30:00+00:00" in page.content.decode()
    assert 'value="month"' not in page.content.decode()
    assert ada_client.post(REST, {"choice": "end"}).status_code == 303
    assert rests(ada) == {"weekly": None, "daily": None}
    assert "Letters come again." in text(ada_client.get(PAGE))


def test_a_rest_that_is_over_is_no_rest(ada_client: Client, agreed: Schedule, on_friday: Any) -> None:
    ada_client.post(REST, {"choice": "week"})
    ada_client.get(PAGE)
    on_friday.move_to(datetime(2026, 11, 26, 23, 59, tzinfo=UTC))
    assert "Letters rest until Friday 27 November 2026." in text(ada_client.get(PAGE))
    on_friday.move_to(datetime(2026, 11, 27, tzinfo=UTC))
    assert "Letters rest until" not in text(ada_client.get(PAGE))


def test_no_letter_comes_while_they_rest(ada_client: Client, agreed: Schedule) -> None:
    ada_client.post(REST, {"choice": "week"})
    delivery.tick(DUE)
    assert len(mail.outbox) == 0
    delivery.tick(DUE + 7 * DAY)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("choice", "without"), [("week", 1), ("month", 4)])
@pytest.mark.parametrize("place", ["page", "link"])
def test_a_rest_from_todays_letter_begins_tomorrow(
    ada_client: Client, bea: User, agreed: Schedule, on_friday: Any, place: str, choice: str, without: int
) -> None:
    """Who reads the letter of a Sunday and wants none for a week gets none on the next Sunday."""
    Schedule.objects.move(bea, "Europe/Lisbon", FRIDAY)
    agree(bea)
    delivery.tick(DUE)
    on_friday.move_to(DUE + 5 * MINUTE)
    ada_client.post({"page": REST, "link": f"/u/{agreed.stop_token}/"}[place], {"choice": choice})
    for week in range(1, without + 2):
        delivery.tick(DUE + week * 7 * DAY)
    came = Delivery.objects.filter(owner=agreed.owner, state="sent").order_by("slot").values_list("slot", flat=True)
    assert list(came) == [DUE.date(), (DUE + (without + 1) * 7 * DAY).date()]


def test_a_rest_before_todays_letter_begins_with_it(ada_client: Client, agreed: Schedule, on_friday: Any) -> None:
    on_friday.move_to(DUE - HOUR)
    ada_client.post(REST, {"choice": "week"})
    delivery.tick(DUE)
    assert len(mail.outbox) == 0
    delivery.tick(DUE + 7 * DAY)
    assert len(mail.outbox) == 1


def test_keeping_the_form_leaves_the_rest(ada: User, ada_client: Client, agreed: Schedule) -> None:
    ada_client.post(REST, {"choice": "month"})
    ada_client.post(PAGE, {"weekly": "on", "weekday": "2", "local_time": "18:00", "time_zone": "Europe/Lisbon"})
    assert rests(ada) == {"weekly": FOUR_WEEKS}


def test_a_kind_that_is_agreed_to_meanwhile_rests_as_well(ada: User, ada_client: Client, agreed: Schedule) -> None:
    ada_client.post(REST, {"choice": "month"})
    both = {"weekly": "on", "weekday": "6", "local_time": "18:00", "time_zone": "Europe/Lisbon"}
    both |= {"daily": "on", "daily_time": "20:30"}
    part = ada_client.get(PAGE, both, headers=SWAP).content.decode()
    assert '<time datetime="2026-12-18T20:30:00+00:00">' in part
    ada_client.post(PAGE, both)
    assert rests(ada) == {"weekly": FOUR_WEEKS, "daily": FOUR_WEEKS}


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({}, "One of these, please."),
        ({"choice": "everything"}, "One of these, please."),
        ({"choice": "until"}, "A day that is still to come, please."),
        ({"choice": "until", "until": "2026-11-20"}, "A day that is still to come, please."),
        ({"choice": "until", "until": "soon"}, "A date goes here, such as 2027-01-31."),
    ],
)
def test_what_cannot_be_read_changes_nothing(
    ada: User, ada_client: Client, agreed: Schedule, chosen: dict[str, str], words: str
) -> None:
    answer = ada_client.post(REST, chosen)
    assert (answer.status_code, words in text(answer)) == (422, True)
    assert f'value="{chosen.get("until", "")}"' in answer.content.decode()
    part = ada_client.post(REST, chosen, headers=SWAP)
    assert (part.status_code, words in text(part), "<html" in part.content.decode()) == (422, True, False)
    assert rests(ada) == {"weekly": None}


def test_a_swap_brings_the_rest_and_the_next_letter(ada_client: Client, agreed: Schedule) -> None:
    part = ada_client.post(REST, {"choice": "month"}, headers=SWAP).content.decode()
    assert '<p class="soft" tabindex="-1" autofocus>Letters rest until Friday 18 December 2026.</p>' in part
    assert re.search(r'id="preview"[^>]*hx-swap-oob="true"', part)
    assert '<time datetime="2026-12-20T18:00:00+00:00">' in part
    back = ada_client.post(REST, {"choice": "end"}, headers=SWAP).content.decode()
    assert '<p class="soft" tabindex="-1" autofocus>Letters come again.</p>' in back
    assert '<time datetime="2026-11-22T18:00:00+00:00">' in back


def test_nobody_is_offered_a_rest_from_nothing(ada_client: Client, db: None) -> None:
    assert re.search(r'id="rest"[^>]* hidden>', ada_client.get(PAGE).content.decode())


def test_it_takes_a_post(ada_client: Client) -> None:
    assert ada_client.get(REST).status_code == 405
