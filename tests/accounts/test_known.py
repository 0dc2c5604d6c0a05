"""Devices that are known, new, or not only one's own; a book that closes itself; limits; and no door that tells who has
a journal."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.models import Device, User
from config import doors
from journal.models import Entry
from tests import make
from tests.accounts.conftest import SECRET, sign_up
from tests.accounts.test_sessions import LAPTOP, PHONE
from tests.accounts.test_ways_in import Keeper, code_of, open_with, set_up_app
from tests.walks.crawl import text_of

START = datetime(2026, 11, 20, 12, tzinfo=UTC)
LOCK, AGAIN = "/settings/devices/lock/", "/account/reauthenticate/"
WORDS = {"kind": "win", "body": "Rested, and it helped.", "local_date": "2026-11-20"}


class Counted(MD5PasswordHasher):
    """How often a password was hashed, which is most of what an answer takes."""

    times = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).times += 1
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def nothing_is_counted_yet(db: None) -> None:
    cache.clear()


@pytest.fixture
def verified(ada: User, mail_leaves: Any) -> User:
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
    return ada


def sign_in(agent: str = LAPTOP, client: Client | None = None, **more: str) -> Client:
    client = client or Client(headers={"User-Agent": agent})
    answer = client.post("/account/login/", {"login": "ada@example.com", "password": SECRET} | more)
    assert answer.status_code == 302
    return client


def said(message: Any) -> str:
    return " ".join(str(message.body).split())


# Notice of a device that is new


def test_only_a_device_that_is_new_is_written_of(verified: User) -> None:
    laptop = sign_in(LAPTOP)
    assert [one.subject for one in mail.outbox] == ["About your journal"]
    body = said(mail.outbox[0])
    assert "with Firefox on Linux" in body
    assert "/settings/devices/" in body
    sign_in(client=laptop)
    laptop.cookies.pop("sessionid")
    sign_in(client=laptop)
    assert len(mail.outbox) == 1
    sign_in(PHONE)
    assert [one for one in mail.outbox[1:] if "with Safari on iPhone." in said(one)] == mail.outbox[1:]
    assert len(mail.outbox) == 2


def test_news_that_no_server_takes_is_not_said_to_be_asked_for_again(verified: User, settings: Any) -> None:
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = smtp, "127.0.0.1", 9
    page = sign_in(LAPTOP).get("/settings/devices/")
    assert (page.status_code, "handed over" in page.text) == (200, False)
    stranger = Client()
    stranger.post("/account/login/code/", {"email": "ada@example.com"})
    assert "could not be handed over just now" in stranger.get("/account/login/code/confirm/").text


def test_closing_the_book_forgets_the_cookie_and_the_name_is_known_once(verified: User) -> None:
    laptop = sign_in(LAPTOP)
    laptop.post("/account/logout/")
    sign_in(LAPTOP)
    assert (len(mail.outbox), Device.objects.count()) == (1, 1)
    sign_in(LAPTOP)
    assert (len(mail.outbox), Device.objects.count()) == (2, 2)


def test_the_device_of_a_sign_up_is_no_news(client: Client, settings: Any) -> None:
    settings.EMAIL_URL = "smtp://mail.example:25"
    client.post("/account/signup/", sign_up(), headers={"User-Agent": LAPTOP})
    assert Device.objects.get().browser == "Firefox"
    assert [one for one in mail.outbox if "opened on" in str(one.body)] == []


def test_no_mark_stands_in_the_database_and_two_people_share_none(ada: User, bea: User) -> None:
    client = sign_in()
    mark = client.cookies["device"].value
    assert (client.cookies["device"]["httponly"], client.cookies["device"]["samesite"]) == (True, "Lax")
    assert mark not in str(list(Device.objects.values_list()))
    other = Client(headers={"User-Agent": LAPTOP})
    other.cookies["device"] = mark
    other.post("/account/login/", {"login": bea.email, "password": "another long secret"})
    assert Device.objects.values("mark").distinct().count() == 2


# A device that is not only one's own


def test_a_shared_device_keeps_nothing_and_closes_after_half_an_hour(verified: User) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = sign_in(shared="on")
        assert client.cookies["sessionid"]["expires"] == ""
        assert ("device" in client.cookies, Device.objects.count(), len(mail.outbox)) == (False, 0, 1)
        seen = []
        for minutes in (0, 29, 57, 88):
            clock.move_to(START + timedelta(minutes=minutes))
            seen.append(client.get("/today/").status_code)
        assert seen == [200, 200, 200, 302]


def test_a_shared_device_is_said_before_the_second_step_and_heeded_after_it(ada: User) -> None:
    home = Client(SERVER_NAME="localhost")
    sign_in(client=home)
    secret = set_up_app(home)
    home.post("/account/logout/")
    home.post("/account/login/", {"login": ada.email, "password": SECRET, "shared": "on"})
    home.post("/account/login/second/", {"code": code_of(secret)})
    assert home.get("/today/").status_code == 200
    assert home.session.get_expire_at_browser_close()


def test_on_ones_own_device_the_session_outlives_the_browser(ada: User) -> None:
    client = sign_in()
    assert not client.session.get_expire_at_browser_close()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=3)):
        assert client.get("/today/").status_code == 200


# A book that closes itself


def test_it_is_asked_once_whether_a_device_is_only_ones_own(ada: User) -> None:
    client = sign_in()
    asked = "Is this device only yours?"
    assert asked in text_of(client.get("/today/"))
    assert client.post(LOCK, {"minutes": "0", "back": "today"}).headers["Location"] == "/today/"
    assert asked not in text_of(client.get("/today/"))
    client.cookies.pop("sessionid")
    sign_in(client=client)
    assert asked not in text_of(client.get("/today/"))
    assert Device.objects.get().locks_after == 0


def test_who_just_signed_up_is_asked_nothing(client: Client) -> None:
    client.post("/account/signup/", sign_up(), headers={"User-Agent": LAPTOP})
    assert "Is this device only yours?" not in text_of(client.get("/today/"))


@pytest.mark.parametrize("odd", ["", "x", "-1", "7", "15 "])
def test_other_minutes_change_nothing(odd: str, ada: User) -> None:
    client = sign_in()
    client.post(LOCK, {"minutes": odd})
    assert (Device.objects.get().locks_after, client.session.get("lock")) == (None, 0)


def test_it_asks_who_is_there_and_goes_on_where_it_was(ada: User, ada_client: Client) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = sign_in()
        client.post(LOCK, {"minutes": "15"})
        assert client.get("/today/").status_code == 200
        clock.move_to(START + timedelta(minutes=14))
        assert client.get("/today/").status_code == 200
        clock.move_to(START + timedelta(minutes=30))
        answer = client.get("/entries/?kind=win")
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{AGAIN}?next=%2Fentries%2F%3Fkind%3Dwin")
        assert client.get("/settings/privacy/").status_code == 303
        part = client.get("/today/", headers={"HX-Request": "true"})
        assert (part.status_code, part.headers["HX-Redirect"].partition("?")[0]) == (403, AGAIN)
        assert ada_client.get("/today/").status_code == 200
        assert client.post(AGAIN, {"password": "not this one"}).status_code == 422
        assert client.get("/today/").status_code == 303
        answer = client.post(AGAIN, {"password": SECRET, "next": "/entries/?kind=win"})
        assert answer.headers["Location"] == "/entries/?kind=win"
        assert client.get("/today/").status_code == 200


def test_words_sent_to_a_closed_book_come_along_out_of_sight(ada: User) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = sign_in()
        client.post(LOCK, {"minutes": "5"})
        client.get("/today/")
        clock.move_to(START + timedelta(minutes=6))
        answer = client.post("/entries/", WORDS)
        page = answer.content.decode()
        assert (answer.status_code, Entry.objects.count()) == (403, 0)
        assert '<textarea class="vh" name="again.body" dir="auto" hidden>\nRested, and it helped.</textarea>' in page
        sent = {"again": "/entries/", **{f"again.{name}": value for name, value in WORDS.items()}}
        refused = client.post(AGAIN, sent | {"password": "not this one"})
        assert (refused.status_code, refused.content.decode().count("Rested, and it helped.")) == (422, 1)
        page = text_of(client.post(AGAIN, sent | {"password": SECRET}))
        assert 'action="/entries/"' in page
        assert page.count("Rested, and it helped.") == 1
        assert client.post("/entries/", WORDS).status_code == 303


def test_a_closed_book_shows_a_public_page_as_to_a_stranger(ada: User) -> None:
    make.one_of_each(ada, "heliotrope")
    with time_machine.travel(START, tick=False) as clock:
        client = sign_in()
        client.post(LOCK, {"minutes": "5"})
        assert "heliotrope" in text_of(client.get("/help/"))
        clock.move_to(START + timedelta(minutes=6))
        assert client.get("/today/").status_code == 303
        assert "heliotrope" not in text_of(client.get("/help/"))


def test_a_passkey_opens_a_book_that_closed_itself(ada: User) -> None:
    home, keeper = Client(SERVER_NAME="localhost", headers={"User-Agent": LAPTOP}), Keeper()
    make.passkey(ada, keeper)
    sign_in(client=home)
    home.post(LOCK, {"minutes": "5"})
    home.post("/settings/devices/lock/now/", {"next": "/entries/"})
    assert home.get("/today/").status_code == 303
    answer = open_with(home, keeper, ada, f"{AGAIN}passkey/", next="/entries/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/entries/")
    assert home.get("/today/").status_code == 200


def test_nobody_without_a_lock_is_locked(ada: User) -> None:
    client = sign_in()
    client.post("/settings/devices/lock/now/", {"next": "https://elsewhere.example/"})
    assert client.get("/today/").status_code == 200


# Whoever has no password


def test_a_journal_without_a_password_is_taken_along_and_left(ada: User, settings: Any, tmp_path: Any) -> None:
    settings.ONWARD_LEDGER_FILE = tmp_path / "deleted"
    home, keeper = Client(SERVER_NAME="localhost"), Keeper()
    make.passkey(ada, keeper)
    ada.set_unusable_password()
    ada.save()
    assert open_with(home, keeper, ada).headers["Location"] == "/today/"
    assert home.post("/export/", {"format": "json"}).status_code == 200
    page = text_of(home.get("/settings/leaving/"))
    assert 'name="password"' not in page
    assert home.post("/settings/leaving/", {"when": "week", "word": "leave"}).headers["Location"] == "/left/"
    ada.refresh_from_db()
    assert not ada.is_active


def test_it_is_left_only_a_moment_after_a_passkey(ada: User, client_of: Callable[[User], Client]) -> None:
    make.passkey(ada)
    ada.set_unusable_password()
    ada.save()
    answer = client_of(ada).post("/settings/leaving/", {"when": "week", "word": "leave"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{AGAIN}?next=%2Fsettings%2Fleaving%2F")
    ada.refresh_from_db()
    assert ada.is_active


def test_who_has_nothing_to_show_is_led_to_a_code_by_mail(ada: User, client_of: Callable[[User], Client]) -> None:
    ada.set_unusable_password()
    ada.save()
    page = text_of(client_of(ada).get(AGAIN))
    assert "neither a password nor a passkey" in page


# Limits


def test_sixty_things_are_kept_in_a_minute_and_the_next_waits_with_its_words(
    ada_client: Client, bea_client: Client, settings: Any
) -> None:
    settings.LIMITS = doors.LIMITS
    with time_machine.travel(START, tick=False) as clock:
        codes = [ada_client.post("/entries/", WORDS | {"body": f"Rested {no}."}).status_code for no in range(60)]
        answer = ada_client.post("/entries/", WORDS)
        assert (set(codes), answer.status_code) == ({303}, 429)
        assert "Rested, and it helped.</textarea>" in answer.content.decode()
        assert bea_client.post("/entries/", WORDS).status_code == 303
        clock.move_to(START + timedelta(minutes=1))
        assert ada_client.post("/entries/", WORDS).status_code == 303


def test_a_limit_never_answers_where_there_is_nothing_to_keep(
    ada: User, bea: User, ada_client: Client, settings: Any
) -> None:
    settings.LIMITS = {"save": (1, 60)}
    hers, mine = make.entry(bea, "Hers."), make.entry(ada, "Mine.")
    with time_machine.travel(START, tick=False):
        asked = ["/nowhere/", "/look-back/", f"/entries/{hers.pk}/", "/nowhere/", "/look-back/", f"/entries/{hers.pk}/"]
        assert [ada_client.post(path, WORDS).status_code for path in asked] == [404, 405, 404] * 2
        refused = ada_client.post(f"/entries/{mine.pk}/", WORDS | {"body": "Changed."})
        assert (refused.status_code, "Changed.</textarea>" in refused.content.decode()) == (429, True)
        assert ada_client.post("/entries/", WORDS).status_code == 429
        assert ada_client.post("/encouragements/", WORDS).status_code == 429
        assert "Kept." not in text_of(ada_client.get("/encouragements/"))
    assert [entry.body for entry in Entry.objects.of(ada)] == ["Mine."]


def test_searches_and_copies_have_limits_of_their_own(ada: User, settings: Any) -> None:
    settings.LIMITS = {"search": (2, 60), "export": (1, 3600), "save": (1, 60)}
    assert (doors.LIMITS["search"], doors.LIMITS["export"]) == ((120, 60), (10, 3600))
    client = sign_in()
    codes = [client.post("/entries/search/", {"q": "rest"}).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    codes = [client.post("/export/", {"format": "json"}).status_code for _ in range(2)]
    assert codes == [200, 429]


# No door tells who has a journal


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/account/login/", {"login": "{}", "password": "not this one"}),
        ("/account/login/code/", {"email": "{}"}),
        ("/account/password/reset/", {"email": "{}"}),
        ("/account/signup/", {"email": "{}", "password1": "quite another secret"}),
        ("/account/signup/passkey/", {"email": "{}"}),
    ],
)
def test_known_and_unknown_are_answered_alike(path: str, words: dict[str, str], verified: User, settings: Any) -> None:
    """The same page, the same status, as many hashes and as many mails: how long it takes is told by `make soak`."""
    settings.MFA_PASSKEY_SIGNUP_ENABLED = True
    settings.PASSWORD_HASHERS = ["tests.accounts.test_known.Counted"]
    told = []
    for email in ("ada@example.com", "eve@example.com"):
        client, hashed, mails = Client(), Counted.times, len(mail.outbox)
        answer = client.post(path, {name: value.format(email) for name, value in words.items()})
        page = client.get(answer.headers["Location"]) if answer.status_code == 302 else answer
        body = re.sub(r"ada@|eve@", "…@", page.content.decode())
        body = re.sub(r'value="[\w-]{36,64}"', "", body)
        counts = (Counted.times - hashed, len(mail.outbox) - mails)
        told.append((answer.status_code, answer.headers.get("Location"), body, *counts))
    assert told[0] == told[1]
