"""No address that a request brings along leads away from here."""

from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.test import Client

from accounts.models import User
from config.typed import local_path
from tests.accounts.conftest import SECRET
from tests.walks.redirects import THERE, two_hundred


def stays(location: str, host: str = "testserver") -> bool:
    """As a browser reads it: white space at the ends and line breaks within are nothing, a backslash is a slash."""
    read = location.strip("".join(map(chr, range(33)))).replace("\\", "/")
    for nothing in "\t\r\n":
        read = read.replace(nothing, "")
    try:
        parts = urlsplit(urljoin(f"http://{host}/account/login/", read))
        return (parts.scheme, parts.hostname) == ("http", host) and not read.startswith("//")
    except ValueError:
        return False


def test_there_are_two_hundred_and_they_do_lead_away() -> None:
    assert len(two_hundred()) == 200
    assert sum(not stays(one) for one in two_hundred()) > 120


def test_whoever_is_signed_in_is_led_nowhere_else(ada_client: Client) -> None:
    led = {}
    for target in two_hundred():
        for door in ("/account/login/", "/account/signup/"):
            answer = ada_client.get(f"{door}?next={quote(target, safe='')}")
            led[door, target] = answer.headers.get("Location", "")
    assert {place: where for place, where in led.items() if not stays(where)} == {}


@pytest.mark.parametrize("target", two_hundred()[::10])
def test_nobody_is_led_away_by_signing_in_or_out(target: str, ada: User) -> None:
    client = Client()
    page = client.get(f"/account/login/?next={quote(target, safe='')}").content.decode()
    assert f'href="{target}' not in page
    answer = client.post("/account/login/", {"login": ada.email, "password": SECRET, "next": target})
    assert (answer.status_code, stays(answer.headers["Location"])) == (302, True)
    answer = client.post("/account/logout/", {"next": target})
    assert (answer.status_code, stays(answer.headers["Location"])) == (302, True)


def test_nor_by_a_page_that_a_browser_says_it_was_on(db: None) -> None:
    led = []
    for target in two_hundred():
        said = target.encode("ascii", "ignore").decode().translate(dict.fromkeys(range(32)))
        for name in ("Referer", "HX-Current-URL"):
            answer = Client().post("/treats/", headers={name: said})
            led += (
                [(name, target)] if not stays(answer.headers["Location"]) or THERE in answer.headers["Location"] else []
            )
    assert led == []


def test_nor_by_the_address_that_typed_words_go_to() -> None:
    assert [target for target in two_hundred() if not stays(local_path(target))] == []
