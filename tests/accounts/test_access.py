"""What was done with a journal as such stands on one page for its owner: no words, no network address."""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import access, ring
from accounts.models import Access, User
from config import passes
from reminders.models import Schedule
from tests.accounts.conftest import SECRET, sign_up
from tests.accounts.test_sessions import LAPTOP, PHONE
from tests.walks.crawl import text_of

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PAGE = "/settings/devices/"
What = Access.What


@pytest.fixture(autouse=True)
def nothing_is_counted_yet(db: None) -> None:
    cache.clear()


@pytest.fixture
def laptop(ada: User) -> Client:
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
    client = Client(headers={"User-Agent": LAPTOP})
    client.post("/account/login/", {"login": ada.email, "password": SECRET})
    return client


def noted(user: User) -> list[tuple[str, str, str]]:
    rows = Access.objects.filter(owner=user).order_by("at").values_list("what", "browser", "more")
    return [(str(what), browser, more) for what, browser, more in rows]


def shown(client: Client) -> list[tuple[str, str]]:
    """What, and by which browser."""
    page = " ".join(text_of(client.get(PAGE)).split())
    return re.findall(r"</time> <span>(.*?)<br> <small class=\"faint\">(.*?)</small>", page)


def refuse(client: Client, email: str = "ada@example.com") -> None:
    client.post("/account/login/", {"login": email, "password": "not this one"})


def test_a_journal_that_is_begun_says_so(client: Client) -> None:
    client.post("/account/signup/", sign_up(), headers={"User-Agent": PHONE})
    assert noted(User.objects.get()) == [("joined", "Safari", ""), ("signed_in", "Safari", "")]
    assert shown(client) == [("Signed in", "Safari on iPhone"), ("The journal was begun", "Safari on iPhone")]


def test_what_changes_is_noted_once_an_hour_and_what_does_not_is_not(ada: User, laptop: Client) -> None:
    look = {"theme": "dark", "face": "book", "size": "usual", "enough": "enough", "day_starts_at": "0"}
    look |= {"only_good_days_back": "on", "find_by_key": "on"}
    for _ in range(3):
        assert laptop.post("/settings/look/", look).status_code == 303
        assert laptop.post("/settings/name/", {"name": "heliotrope"}).status_code == 303
    assert noted(ada) == [("signed_in", "Firefox", ""), ("look", "Firefox", ""), ("name", "Firefox", "")]
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        laptop.post("/settings/look/", look)
        laptop.post("/settings/look/", look | {"theme": "light"})
    assert [what for what, *_ in noted(ada)] == ["signed_in", "look", "name", "look"]
    assert not any("heliotrope" in str(row) for row in Access.objects.values_list())


def test_letters_are_noted_wherever_they_were_changed(ada: User, laptop: Client) -> None:
    laptop.post("/settings/reminders/offer/", {"answer": "yes"})
    assert noted(ada)[1:] == [("letters", "Firefox", "")]
    Access.objects.all().delete()
    Client().post(f"/u/{Schedule.weekly(ada).stop_token}/")
    assert noted(ada) == [("letters", "", "")]
    assert shown(laptop) == [("The letters were changed", "a browser that says nothing of itself")]


def test_a_copy_says_of_which_kind_and_nothing_of_what(ada: User, laptop: Client) -> None:
    assert text_of(laptop.post("/export/", {"format": "csv"}))
    assert shown(laptop)[0] == ("A copy was downloaded (CSV)", "Firefox on Linux")
    laptop.post("/export/", {"format": "nothing"})
    assert len(noted(ada)) == 2


def test_another_password_is_noted_and_so_is_one_by_code(ada: User, laptop: Client) -> None:
    new = {"oldpassword": SECRET, "password1": "quite another secret"}
    assert laptop.post("/account/password/change/", new).status_code == 302
    assert noted(ada)[-1] == ("password", "Firefox", "")


def test_closing_and_coming_back(ada: User, laptop: Client, settings: Any, tmp_path: Path) -> None:
    settings.ONWARD_LEDGER_FILE = tmp_path / "deleted"
    laptop.post("/settings/leaving/", {"when": "week", "password": SECRET, "word": "leave"})
    phone = Client(headers={"User-Agent": PHONE})
    phone.post("/account/login/", {"login": ada.email, "password": SECRET})
    assert phone.post("/settings/leaving/return/").headers["Location"] == "/today/"
    steps = [("signed_in", "Firefox"), ("leaving", "Firefox"), ("return", "Safari"), ("signed_in", "Safari")]
    assert [(what, browser) for what, browser, _ in noted(ada)] == steps


# Passwords that did not fit


def test_passwords_that_did_not_fit_become_one_line_with_the_next_sign_in(ada: User, bea: User) -> None:
    phone = Client(headers={"User-Agent": PHONE})
    for _ in range(3):
        refuse(phone)
    refuse(phone, "nobody@example.com")
    assert Access.objects.count() == 0
    client = Client(headers={"User-Agent": LAPTOP})
    client.post("/account/login/", {"login": ada.email, "password": SECRET})
    assert shown(client) == [
        ("Signed in", "Firefox on Linux"),
        ("A password that didn’t fit; nobody was let in, 3 times", "Safari on iPhone"),
    ]
    assert Access.objects.exclude(owner=ada).count() == 0


def test_who_is_signed_in_reads_of_them_within_the_hour(ada: User, laptop: Client) -> None:
    laptop.get("/today/")
    refuse(Client(headers={"User-Agent": PHONE}))
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1, minutes=1)):
        laptop.get("/today/")
    assert ("refused", "Safari", "") in noted(ada)


def test_the_same_is_done_for_a_known_address_and_for_nobodys(ada: User) -> None:
    asked = []
    for email in (ada.email, "nobody@example.com"):
        with CaptureQueriesContext(connection) as queries:
            access.count_refusal(email, None)
        asked.append(len(queries))
    assert asked[0] == asked[1]


# Keys


def test_keys_are_changed_by_whoever_runs_this_place(
    ada: User, bea: User, laptop: Client, settings: Any, tmp_path: Path
) -> None:
    settings.ONWARD_KEYS_FILE, before = tmp_path / "keys.json", settings.ONWARD_KEYS_FILE
    settings.ONWARD_KEYS_FILE.write_bytes(before.read_bytes())
    call_command("keys", "add", stdout=io.StringIO())
    for _ in range(2):
        call_command("keys", "rotate", stdout=io.StringIO())
    call_command("keys", "reseal", "--user", ada.email, "--wait", "0", stdout=io.StringIO())
    assert shown(laptop)[:2] == [
        ("Your words were sealed anew, with a new key", "by whoever runs this place"),
        ("The key that guards everybody’s keys here was changed", "by whoever runs this place"),
    ]
    assert [row.what for row in access.lines(bea)] == ["wrapped"]
    assert ring.current().primary != "test-a"


def test_who_came_after_reads_nothing_of_what_was_done_before(bea: User) -> None:
    access.note_everybody(What.WRAPPED, bea.joined_at - timedelta(days=1))
    assert list(access.lines(bea)) == []


# The page


def test_it_is_ones_own(ada: User, laptop: Client, bea_client: Client) -> None:
    assert shown(bea_client) == []
    assert "Nothing is noted yet." in text_of(bea_client.get(PAGE))
    assert shown(laptop) == [("Signed in", "Firefox on Linux")]


@pytest.mark.parametrize("rows", [1, 3])
def test_it_asks_as_much_for_many_lines_as_for_one(
    rows: int, ada: User, ada_client: Client, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        access.note(ada, What.EXPORT)
    ada_client.get(PAGE)
    with django_assert_num_queries(7):
        assert len(shown(ada_client)) == rows


def test_days_are_told_by_the_persons_wall_and_older_lines_are_a_page_away(ada: User, ada_client: Client) -> None:
    late = datetime(2026, 7, 20, 23, 30, tzinfo=UTC)
    Access.objects.bulk_create(Access(owner=ada, what="export", at=late - timedelta(hours=no)) for no in range(60))
    page = text_of(ada_client.get(PAGE))
    assert re.findall(r"<h3>(\w+ \d+ \w+) 2026</h3>", page)[0] == "Tuesday 21 July"
    assert page.count("A copy was downloaded") == 50
    [earlier] = re.findall(r'href="(\?before=[^"]+)"', page)
    assert text_of(ada_client.get(PAGE + earlier)).count("A copy was downloaded") == 10
    for odd in ("x", "2026-11-20", "9999-12-31T00:00:00+00:00", "-1", "2026-11-20T12:00"):
        assert text_of(ada_client.get(PAGE, {"before": odd})).count("A copy was downloaded") == 50


def test_after_four_hundred_days_it_is_gone(ada: User, bea: User) -> None:
    for days, owner in ((399, ada), (401, ada), (401, bea), (401, None)):
        Access.objects.create(owner=owner, what="export", at=NOW - timedelta(days=days))
    passes.run(NOW)
    assert [row.at for row in Access.objects.all()] == [NOW - timedelta(days=399)]


# Where the book is open


def test_all_of_it_is_closed_with_one_press(
    ada: User, laptop: Client, bea_client: Client, client_of: Callable[[User], Client]
) -> None:
    phone = client_of(ada)
    assert [one.get("/today/").status_code for one in (laptop, phone, bea_client)] == [200, 200, 200]
    answer = laptop.post("/account/logout/everywhere/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account/login/?closed")
    assert "storage" in answer.headers["Clear-Site-Data"]
    assert [one.get("/today/").status_code for one in (laptop, phone, bea_client)] == [302, 302, 200]
    assert not UserSession.objects.filter(user=ada).exists()
    assert [what for what, *_ in noted(ada)] == ["signed_in", "closed"]


def test_no_network_address_is_kept_anywhere(ada: User, laptop: Client) -> None:
    laptop.get("/today/", REMOTE_ADDR="198.51.100.7")
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        laptop.get("/today/", REMOTE_ADDR="198.51.100.7")
    assert list(UserSession.objects.values_list("ip", flat=True)) == ["0.0.0.0"]
    fields = {field.name for field in Access._meta.concrete_fields}
    assert fields == {"id", "owner", "what", "at", "times", "more", "browser", "machine"}
