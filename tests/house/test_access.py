"""Every address × every method × every stranger, walked from the resolver: a new page is covered unasked."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import User
from tests import make

CANARY = "heliotrope-canary"
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
# Open to everybody; what they show a stranger is nobody's. A page that is not named here asks who is there.
PUBLIC = {
    "journal:landing",
    "journal:offline",
    "journal:offline.worker",
    "journal:offline.manifest",
    "accounts:words",
    "accounts:place",
    "accounts:help",
    "accounts:hidden",
    "accounts:left",
    "accounts:return",
    "reminders:health",
    "reminders:answer",
    "reminders:answer.thanks",
    "reminders:stop",
    "reminders:letters.sample",
    "security",
    "change_password",
    "policy_reports",
    "account_login",
    "account_logout",
    "account_signup",
    "account_invited",
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "account_password_reset_completed",
    "account_confirm_login_code",
    "account_request_login_code",
    "account_signup_by_passkey",
    "mfa_signup_webauthn",
    "mfa_login_webauthn",
    "mfa_authenticate",
}
# Refused to a stranger, or leading to the door.
CLOSED = {403, 404, 405}


def addresses(resolver: Any = None, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(name, route, converters) of every pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, route, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", route, pattern.pattern.converters


ALL = list(addresses())
OWNED = [item for item in ALL if item[2] and item[0] not in PUBLIC]
PRIVATE = [item for item in ALL if not item[2] and item[0] not in PUBLIC]
OPEN = [item for item in ALL if item[0] in PUBLIC]


@pytest.fixture(scope="module")
def kept(standing: None) -> dict[str, str]:
    return make.one_of_each(make.ada(), CANARY)


@pytest.fixture
def ada(kept: dict[str, str], db: None) -> User:
    return User.objects.get(email="ada@example.com")


@pytest.fixture
def rows(ada: User, kept: dict[str, str]) -> dict[str, str]:
    """What stands in an address: the id of one of ada's rows, by the noun before it."""
    return kept


def filled(route: str, rows: dict[str, str]) -> str:
    """/entries/<uuid:id>/lesson/ with ada's entry in it. A noun without a row fails, and so does its page."""
    import re

    def row(match: "re.Match[str]") -> str:
        noun = route[: match.start()].rstrip("/").rsplit("/", 1)[-1]
        return rows[noun]

    return "/" + re.sub(r"<[^>]+>", row, route)


@pytest.fixture(scope="module")
def signed_in(kept: dict[str, str]) -> dict[str, str]:
    """The sessions of bea and of somebody who has left, made once: what a test does to them is undone."""
    bea = User.objects.create_user("bea@example.com", "another long secret", time_zone="Asia/Tokyo")
    gone = User.objects.create_user("gone@example.com", "a third long secret")
    sessions = {"bea": session_of(bea), "gone": session_of(gone)}
    gone.delete()
    return sessions


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


@pytest.fixture
def strangers(db: None, signed_in: dict[str, str]) -> dict[str, Callable[..., Any]]:
    left, other = Client(), Client()
    left.cookies[settings.SESSION_COOKIE_NAME] = signed_in["gone"]
    other.cookies[settings.SESSION_COOKIE_NAME] = signed_in["bea"]
    return {
        "anonymous": lambda method, path: getattr(Client(), method)(path),
        "bea": lambda method, path: getattr(other, method)(path),
        "bea by htmx": lambda method, path: getattr(other, method)(path, headers={"HX-Request": "true"}),
        "a deleted person": lambda method, path: getattr(left, method)(path),
    }


def words_of(answer: Any) -> str:
    """Its headers, too: an address that leads on, a cookie."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.headers} {answer.cookies} {body.decode(errors='replace')}"


def leads_to_the_door(answer: Any) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith("/account/login/")


def test_there_is_something_to_walk() -> None:
    assert len(OWNED) > 5
    assert len(PRIVATE) > 10
    assert PUBLIC - {name for name, *_ in ALL} == set()


@pytest.mark.parametrize(("name", "route"), [item[:2] for item in OWNED], ids=[item[0] for item in OWNED])
def test_nobody_else_opens_a_row(name: str, route: str, rows: dict[str, str], strangers: Any) -> None:
    path = filled(route, rows)
    for who, ask in strangers.items():
        for method in METHODS:
            answer = ask(method, path)
            own = name in OF_NOBODY and who.startswith("bea")
            closed = own or answer.status_code in CLOSED or leads_to_the_door(answer)
            assert closed, (who, method, path, answer.status_code)
            assert CANARY not in words_of(answer), (who, method, path)


# A date or a moment in the address is nobody's: the page is everybody's own.
OF_NOBODY = {"journal:weeks.week", "journal:months.month", "journal:years.year", "journal:ways.moment"}
OF_NOBODY |= {"journal:ways.pin", "journal:questions.ask"}


@pytest.mark.parametrize(("name", "route"), [item[:2] for item in PRIVATE], ids=[item[0] for item in PRIVATE])
def test_a_private_page_is_ones_own(name: str, route: str, rows: dict[str, str], strangers: Any) -> None:
    """Who is nobody here is led to the door; bea sees nothing of ada."""
    for who, ask in strangers.items():
        for method in METHODS:
            answer = ask(method, f"/{route}")
            if not who.startswith("bea"):
                closed = answer.status_code in CLOSED or leads_to_the_door(answer)
                assert closed, (who, method, route, answer.status_code)
            assert CANARY not in words_of(answer), (who, method, route)


@pytest.mark.parametrize(("name", "route"), [item[:2] for item in OPEN], ids=[item[0] for item in OPEN])
def test_a_page_for_everybody_shows_nothing_of_anybody(
    name: str, route: str, rows: dict[str, str], strangers: Any
) -> None:
    for who, ask in strangers.items():
        for method in METHODS:
            answer = ask(method, filled(route, rows | dict.fromkeys(("w", "u", "key", "invited"), "x")))
            # 503 is what /healthz says where no clock ticks beside it for five minutes.
            assert answer.status_code != 500, (who, method, route)
            assert CANARY not in words_of(answer), (who, method, route)


def test_bea_is_signed_in_and_who_has_left_is_not(strangers: Any) -> None:
    assert [strangers[who]("get", "/today/").status_code for who in ("bea", "a deleted person")] == [200, 302]


def test_every_address_is_walked() -> None:
    assert {name for name, *_ in OWNED + PRIVATE + OPEN} == {name for name, *_ in ALL}


def test_ada_herself_sees_the_canary(rows: dict[str, str], ada_client: Client) -> None:
    """The walk can fail: her pages do hold the word it looks for."""
    assert CANARY in words_of(ada_client.get("/entries/"))
    assert CANARY in words_of(ada_client.get(f"/milestones/{rows['milestones']}/"))
