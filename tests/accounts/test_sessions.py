"""Where a person's book is open, and closing it elsewhere."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client

from accounts import devices
from accounts.devices import called, seen
from accounts.models import User
from accounts.sessions import SessionStore

PAGE = "/settings/devices/"
WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
PHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {WEBKIT} Version/18.0 Safari/604.1"
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
AGENTS = {
    PHONE: "Safari on iPhone",
    LAPTOP: "Firefox on Linux",
    f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/140.0 Safari/537.36 Edg/140.0": "Edge on Windows",
    f"Mozilla/5.0 (Linux; Android 15; Pixel 9) {WEBKIT} Chrome/140.0 Mobile Safari/537.36": "Chrome on Android",
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/18.0 Safari/605.1.15": "Safari on Mac",
    f"Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) {WEBKIT} FxiOS/140.0 Mobile/15E148": "Firefox on iPad",
    "curl/8.0": "A browser",
    "": "A browser",
}


@pytest.mark.parametrize(("agent", "name"), AGENTS.items(), ids=list(AGENTS.values()))
def test_a_browser_is_called_by_its_name(agent: str, name: str) -> None:
    assert called(*seen(agent)) == name


@pytest.fixture
def laptop(ada: User, client_of: Callable[[User], Client]) -> Client:
    client = client_of(ada)
    client.defaults["HTTP_USER_AGENT"] = LAPTOP
    assert client.get("/today/").status_code == 200
    return client


@pytest.fixture
def phone(ada: User, client_of: Callable[[User], Client]) -> Client:
    client = client_of(ada)
    client.defaults["HTTP_USER_AGENT"] = PHONE
    assert client.get("/today/").status_code == 200
    return client


def listed(client: Client) -> list[tuple[str, str]]:
    page = client.get(PAGE).content.decode()
    return re.findall(r"<li><span>([^<]+)<br><small[^>]*>(here|last seen)", page)


def test_this_one_stands_first_and_no_address_of_a_machine_is_shown(laptop: Client, phone: Client) -> None:
    assert listed(laptop) == [("Firefox on Linux", "here"), ("Safari on iPhone", "last seen")]
    assert listed(phone) == [("Safari on iPhone", "here"), ("Firefox on Linux", "last seen")]
    assert "127.0.0.1" not in laptop.get(PAGE).content.decode()


def test_one_other_is_closed(laptop: Client, phone: Client) -> None:
    [number] = re.findall(r'name="close" value="(\d+)"', laptop.get(PAGE).content.decode())
    answer = laptop.post(PAGE, {"close": number})
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert phone.get("/today/").status_code == 302
    assert listed(laptop) == [("Firefox on Linux", "here")]


def test_all_others_are_closed_and_bea_stays(laptop: Client, phone: Client, bea_client: Client) -> None:
    assert bea_client.get("/today/").status_code == 200
    page = laptop.post("/account/sessions/", follow=True).content.decode()
    assert "Everywhere else the book is closed." in page
    assert "Here, and nowhere else." in page
    assert [client.get("/today/").status_code for client in (laptop, phone, bea_client)] == [200, 302, 200]


@pytest.mark.parametrize("number", ["", "0", "x", "²", "99999999999999999999999", "1" * 5000, "-1"])
def test_what_is_none_of_ones_own_is_not_there(number: str, laptop: Client) -> None:
    assert laptop.post(PAGE, {"close": number}).status_code == 404


def test_bea_cannot_close_adas(laptop: Client, bea_client: Client) -> None:
    mine = UserSession.objects.get(user__email="ada@example.com")
    assert bea_client.post(PAGE, {"close": mine.pk}).status_code == 404
    assert laptop.get("/today/").status_code == 200


def test_it_is_noted_once_an_hour_where_a_book_is_open(ada: User, client_of: Callable[[User], Client]) -> None:
    start = datetime(2026, 11, 20, 12, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        client, seen = client_of(ada), []
        for minutes in (0, 30, 59, 60, 90, 130):
            clock.move_to(start + timedelta(minutes=minutes))
            client.get("/words/")
            seen.append(UserSession.objects.get().last_seen_at)
    assert [(at - start) // timedelta(minutes=1) for at in seen] == [0, 0, 0, 60, 60, 130]


def test_where_nothing_can_be_noted_the_book_opens_all_the_same(ada: User, client_of: Callable[[User], Client]) -> None:
    def full(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.split()[0] in ("INSERT", "UPDATE", "DELETE"):
            raise OperationalError("the disk is full")
        return execute(sql, *rest)

    client = client_of(ada)
    with connection.execute_wrapper(full):
        assert client.get("/today/").status_code == 200
    assert not UserSession.objects.exists()
    client.get("/today/")
    assert UserSession.objects.count() == 1


def test_of_a_sign_in_that_is_over_a_pass_keeps_nothing(laptop: Client, phone: Client, bea: User) -> None:
    now = datetime.now(UTC)
    over = phone.session.session_key
    Session.objects.filter(pk=over).update(expire_date=now - timedelta(minutes=1))
    UserSession.objects.create(user=bea, session_key="gone", ip="0.0.0.0", user_agent=PHONE)  # noqa: S104
    devices.tick(now)
    assert list(UserSession.objects.values_list("user_agent", flat=True)) == [LAPTOP]
    assert list(Session.objects.values_list("pk", flat=True)) == [laptop.session.session_key]


def test_a_pass_by_a_later_clock_signs_nobody_out(laptop: Client) -> None:
    devices.tick(datetime.now(UTC) + timedelta(days=60))
    assert laptop.get("/today/").status_code == 200
    assert listed(laptop) == [("Firefox on Linux", "here")]


def visits(client: Client, start: datetime, days: list[float]) -> list[int]:
    """What each visit is answered, so many days after the sign-in."""
    answers = []
    with time_machine.travel(start, tick=False) as clock:
        for day in days:
            clock.move_to(start + timedelta(days=day))
            answers.append(client.get("/today/").status_code)
    return answers


@pytest.mark.parametrize(
    ("days", "answers"),
    [
        ([0, 13.9], [200, 200]),
        ([0, 14.1], [200, 302]),
        # Each visit is a beginning of fourteen days, up to thirty in all.
        ([0, 13, 26, 29.9], [200, 200, 200, 200]),
        ([0, 13, 26, 30.1], [200, 200, 200, 302]),
        # A visit within the hour of the last one that was noted moves nothing.
        ([0, 0.9 / 24, 14.01], [200, 200, 302]),
        ([0, 1.1 / 24, 14.01], [200, 200, 200]),
    ],
)
def test_a_sign_in_lasts_fourteen_quiet_days_and_thirty_in_all(
    days: list[float], answers: list[int], ada: User, client_of: Callable[[User], Client]
) -> None:
    start = datetime(2026, 11, 20, 12, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        client = client_of(ada)
    assert visits(client, start, days) == answers


@pytest.mark.parametrize("path", ["/today/", "/offline/keys/", "/"])
def test_an_answer_to_a_session_that_is_over_takes_no_cookie(path: str, laptop: Client) -> None:
    """It may come after somebody signed in meanwhile, on another tab: theirs would be taken."""
    Session.objects.all().delete()
    assert "sessionid" not in laptop.get(path).cookies


def test_with_a_session_that_is_over_one_signs_in_anew(laptop: Client, ada: User) -> None:
    old = laptop.cookies["sessionid"].value
    Session.objects.all().delete()
    assert laptop.get("/today/").status_code == 302
    laptop.force_login(ada)
    assert (laptop.get("/today/").status_code, laptop.cookies["sessionid"].value == old) == (200, False)


def test_who_closes_the_book_is_left_without_its_cookie(laptop: Client) -> None:
    answer = laptop.post("/account/logout/")
    assert (answer.cookies["sessionid"].value, answer.cookies["sessionid"]["max-age"]) == ("", 0)


def test_a_visit_is_found_as_django_finds_it(
    laptop: Client, bea: User, client_of: Callable[[User], Client], django_assert_num_queries: Any
) -> None:
    client_of(bea)
    over = db.SessionStore()
    over["note"] = "of yesterday"
    over.save()
    Session.objects.filter(pk=over.session_key).update(expire_date=datetime.now(UTC) - timedelta(seconds=1))
    key = laptop.cookies["sessionid"].value
    theirs = Session.objects.exclude(pk__in=[key, over.session_key]).get().pk
    held = {}
    for one in (key, theirs, over.session_key, "z" * 32, None):
        ours, django = SessionStore(one), db.SessionStore(one)
        assert (ours.load(), ours.session_key) == (django.load(), django.session_key)
        held[one] = dict(ours.load())
    assert [held[one].get("_auth_user_id") == str(bea.pk) for one in (key, theirs)] == [False, True]
    assert [bool(held[one]) for one in held] == [True, True, False, False, False]
    with django_assert_num_queries(1):
        SessionStore(key).load()


def held(person: User) -> dict[str, Any]:
    return {field.attname: vars(person)[field.attname] for field in User._meta.concrete_fields}


def test_a_person_is_found_by_an_id_as_by_anything_else(ada: User, bea: User) -> None:
    bea.name, bea.day_starts_at = "Bea", 4
    bea.save()
    for person in (ada, bea):
        [other] = User.objects.filter(pk=person.pk)
        ways: list[dict[str, Any]] = [{"pk": person.pk}, {"pk": str(person.pk)}, {"email": person.email}]
        asked = [User.objects.get(**way) for way in ways]
        assert [(held(one), one.name) for one in asked] == [(held(other), other.name)] * 3
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=uuid4())
