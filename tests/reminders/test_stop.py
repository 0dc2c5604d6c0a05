"""Stop, rest, another day: from the letter, for ever, and without giving anything away."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from reminders.models import Schedule
from tests.reminders.conftest import DUE, FRIDAY, agree

NOBODYS = "/u/AAAAAAAAAAAAAAAAAAAAAA/"


@pytest.fixture(autouse=True)
def on_friday() -> Any:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def address(agreed: Schedule) -> str:
    return f"/u/{agreed.stop_token}/"


def standing(schedule: Schedule) -> tuple[bool, date | None, int | None, time]:
    schedule.refresh_from_db()
    return schedule.active, schedule.paused_until, schedule.weekday, schedule.local_time


AS_AGREED = (True, None, 6, time(18))


@pytest.mark.parametrize("agent", ["GoogleImageProxy", "Mozilla/5.0 (compatible; MS Safe Links)", "Barracuda Sentinel"])
def test_looking_only_asks(client: Client, address: str, agreed: Schedule, agent: str) -> None:
    for method in (client.get, client.head):
        answer = method(address, headers={"User-Agent": agent})
        assert answer.status_code == 200
        assert answer.cookies == {}
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert standing(agreed) == AS_AGREED


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_one_click_stops_at_once(address: str, agreed: Schedule, kind: str) -> None:
    """RFC 8058: no cookie, no token, from the mail provider's own machines, and no redirect."""
    bodies = {"a": "List-Unsubscribe=One-Click"}
    bodies["m"] = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    body = bodies[kind[0]]
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(address, body, content_type=kind, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
    assert answer.cookies == {}
    assert standing(agreed)[0] is False
    assert Schedule.objects.get().next_at is None


def test_an_empty_post_stops_and_so_does_a_second_one(client: Client, address: str, agreed: Schedule) -> None:
    assert [client.post(address).status_code for _ in range(2)] == [200, 200]
    assert standing(agreed)[0] is False


@pytest.mark.parametrize(
    ("chosen", "after"),
    [
        ({"choice": "stop"}, (False, None, 6, time(18))),
        ({"choice": "week"}, (True, date(2026, 11, 27), 6, time(18))),
        ({"choice": "month"}, (True, date(2026, 12, 18), 6, time(18))),
        ({"choice": "until", "until": "2027-01-06"}, (True, date(2027, 1, 6), 6, time(18))),
        ({"choice": "until", "until": "9999-12-31"}, (True, date(9900, 1, 1), 6, time(18))),
        ({"choice": "day", "weekday": "2"}, (True, None, 2, time(18))),
        ({"choice": "day", "weekday": "6", "local_time": "08:30"}, (True, None, 6, time(8, 30))),
    ],
)
def test_what_was_chosen_is_done(
    client: Client, address: str, agreed: Schedule, chosen: dict[str, str], after: Any
) -> None:
    assert client.post(address, chosen).status_code == 200
    assert standing(agreed) == after


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"choice": "until"}, "A day that is still to come"),
        ({"choice": "until", "until": "2026-11-20"}, "A day that is still to come"),
        ({"choice": "until", "until": "the day after tomorrow"}, "A date goes here"),
        ({"choice": "until", "until": "9999-99-99"}, "A date goes here"),
        ({"choice": "day"}, "One of the seven days"),
        ({"choice": "day", "weekday": "7"}, "One of the seven days"),
        ({"choice": "day", "weekday": "1", "local_time": "03:00"}, "between 5:00 and 22:30"),
        ({"choice": "everything"}, "One of these, please."),
    ],
)
def test_what_cannot_be_read_changes_nothing_for_anybody(
    client: Client, address: str, agreed: Schedule, chosen: dict[str, str], words: str
) -> None:
    for place in (address, NOBODYS):
        answer = client.post(place, chosen)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert standing(agreed) == AS_AGREED


@pytest.mark.parametrize(
    ("zone", "at", "until", "status"),
    [
        ("America/Los_Angeles", datetime(2026, 11, 21, 4, tzinfo=UTC), "2026-11-21", 200),
        ("America/Los_Angeles", datetime(2026, 11, 21, 4, tzinfo=UTC), "2026-11-20", 422),
        ("Pacific/Auckland", FRIDAY, "2026-11-21", 422),
        ("Pacific/Auckland", FRIDAY, "2026-11-22", 200),
    ],
)
def test_a_day_still_to_come_is_one_by_the_persons_own_clock(
    client: Client, ada: User, zone: str, at: datetime, until: str, status: int, on_friday: Any
) -> None:
    User.objects.filter(pk=ada.pk).update(time_zone=zone)
    ada.refresh_from_db()
    schedule = agree(ada)
    on_friday.move_to(at)
    answer = client.post(f"/u/{schedule.stop_token}/", {"choice": "until", "until": until})
    assert answer.status_code == status
    schedule.refresh_from_db()
    assert schedule.paused_until == (date.fromisoformat(until) if status == 200 else None)


@pytest.mark.parametrize(
    "chosen", [{}, {"choice": "week"}, {"choice": "until", "until": "2027-01-06"}, {"choice": "day", "weekday": "2"}]
)
def test_a_token_that_nobody_has_is_answered_like_one_that_somebody_has(
    client: Client, address: str, chosen: dict[str, str]
) -> None:
    theirs, nobodys = client.post(address, chosen), client.post(NOBODYS, chosen)
    assert (theirs.status_code, nobodys.status_code) == (200, 200)
    assert theirs.content.replace(address.encode(), b"") == nobodys.content.replace(NOBODYS.encode(), b"")
    seen = [client.get(place).content.replace(place.encode(), b"") for place in (address, NOBODYS)]
    assert seen[0] == seen[1]


@pytest.mark.parametrize("token", ["%00", "%0A", "%FF", "é", "x" * 4000])
def test_a_token_that_nobody_can_have_is_one_that_nobody_has(client: Client, db: None, token: str) -> None:
    assert [client.get(f"/u/{token}/").status_code, client.post(f"/u/{token}/").status_code] == [200, 200]


def test_the_link_works_after_its_owner_left(client: Client, address: str, ada: User) -> None:
    ada.delete()
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_the_link_of_an_old_letter_works_years_later(
    client: Client, address: str, agreed: Schedule, on_friday: Any
) -> None:
    on_friday.move_to(DUE.replace(year=2036))
    client.post(address)
    assert standing(agreed)[0] is False


def test_moving_does_not_bring_stopped_letters_back(client: Client, address: str, agreed: Schedule) -> None:
    client.post(address)
    client.post(address, {"choice": "day", "weekday": "1"})
    assert standing(agreed) == (False, None, 1, time(18))
    assert Schedule.objects.get().next_at is None


def test_a_time_alone_will_do(client: Client, address: str, agreed: Schedule) -> None:
    for place in (address, NOBODYS):
        assert "come at that time now" in client.post(place, {"choice": "day", "local_time": "08:30"}).content.decode()
    assert standing(agreed) == (True, None, 6, time(8, 30))


# The letters that come each day


@pytest.fixture
def daily(ada: User, agreed: Schedule) -> Schedule:
    schedule = Schedule.one(ada, "daily")
    schedule.change(FRIDAY, active=True)
    return schedule


@pytest.fixture
def daily_address(daily: Schedule) -> str:
    return f"/u/{daily.stop_token}/"


def test_a_daily_letter_is_asked_for_another_time_alone(client: Client, daily: Schedule, daily_address: str) -> None:
    page = client.get(daily_address).content.decode()
    assert ("Another time</h2>" in page, 'name="weekday"' in page) == (True, False)
    refused = client.post(daily_address, {"choice": "day", "weekday": "2"})
    assert (refused.status_code, "A time goes here" in refused.content.decode()) == (422, True)
    answer = client.post(daily_address, {"choice": "day", "weekday": "2", "local_time": "08:30"})
    assert "Letters that come, come at that time now." in answer.content.decode()
    assert standing(daily) == (True, None, None, time(8, 30))


def test_stopping_one_kind_leaves_the_other(
    client: Client, daily: Schedule, daily_address: str, agreed: Schedule
) -> None:
    client.post(daily_address)
    assert (standing(daily)[0], standing(agreed)) == (False, AS_AGREED)


def test_a_rest_is_of_all_letters_and_of_nobody_elses(
    client: Client, daily: Schedule, daily_address: str, agreed: Schedule, bea: User
) -> None:
    theirs = agree(bea)
    assert "All letters of ours rest, not these alone" in client.get(daily_address).content.decode()
    client.post(daily_address, {"choice": "month"})
    rests = [standing(schedule)[1] for schedule in (daily, agreed, theirs)]
    assert rests == [date(2026, 12, 18), date(2026, 12, 18), None]


def test_it_shows_nothing_of_its_owner(client: Client, address: str, ada: User, ada_client: Client) -> None:
    for who in (client, ada_client):
        page = who.get(address).content.decode()
        assert ada.email not in page
        assert "<script" not in page


def test_only_looking_and_posting_are_answered(client: Client, address: str) -> None:
    assert [getattr(client, method)(address).status_code for method in ("put", "patch", "delete")] == [405] * 3
