"""What every answer carries."""

import pytest
from django.test import Client

from accounts.models import User

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
    "report-uri": "/policy-reports/",
}
PUBLIC = ["/", "/words/", "/help/", "/account/login/", "/account/signup/", "/account/password/reset/", "/nowhere/"]
PRIVATE = ["/today/", "/entries/", "/settings/privacy/", "/settings/look/", "/settings/name/", "/account/email/"]


@pytest.mark.parametrize("path", PUBLIC + PRIVATE)
def test_no_page_is_kept_by_a_cache_framed_or_given_to_others(
    path: str, ada: User, ada_client: Client, client: Client
) -> None:
    headers = (ada_client if path in PRIVATE else client).get(path).headers
    assert {"no-store", "private"} <= {part.strip() for part in headers["Cache-Control"].split(",")}
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy == POLICY
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {"HX-Request", "Cookie"} <= {part.strip() for part in headers["Vary"].split(",")}


@pytest.mark.parametrize("path", PUBLIC)
def test_a_stranger_is_given_no_cookie_but_the_token_of_a_form(path: str, db: None) -> None:
    visitor = Client()
    page = visitor.get(path).content.decode()
    assert set(visitor.cookies) == ({"csrftoken"} if 'method="post"' in page else set())


def test_the_token_cannot_be_read_by_a_script(db: None, client: Client) -> None:
    client.get("/")
    cookie = client.cookies["csrftoken"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.parametrize("path", PRIVATE)
def test_a_stranger_is_led_to_the_door_and_back(path: str, db: None, client: Client) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/account/login/?next={path}")
    assert set(client.cookies) == set()


@pytest.mark.parametrize("value", [r'"abcdefghijkl\000"', r'"\000"', r'"abcdefghijkl\012"'])
def test_a_cookie_that_nobody_can_have_been_given_is_none(value: str, db: None, client: Client) -> None:
    answer = client.get("/today/", headers={"Cookie": f"sessionid={value}; csrftoken={value}"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/login/?next=/today/")
