"""Every page, static file, answer to a machine and download carries what it has to, over real sockets under https and
in a walk over all that a full journal links to."""

import http.client
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import Morsel, SimpleCookie
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from accounts.models import User
from tests import make
from tests.running import Running
from tests.walks import observatory
from tests.walks.crawl import text_of, walk
from tests.walks.test_noscript import START, leave_out

HOST = "onward.example"
POLICY = {
    "default-src": ["'none'"],
    **{f"{kind}-src": ["'self'"] for kind in ("script", "style", "img", "font", "connect", "manifest", "worker")},
    "form-action": ["'self'"],
    **{name: ["'none'"] for name in ("base-uri", "object-src", "frame-ancestors")},
    "report-uri": ["/policy-reports/"],
}
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
}
# A file, which is the same for everybody and may be kept, is no page and asks for nothing.
SHARED = ("/static/",)
FILES = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "max-age=315360000, public, immutable",
}
KEYS = ("/w/", "/u/")


class Inline(HTMLParser):
    """What a strict policy would refuse, and where a page would go that is not here."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.found.append(tag)
        if tag == "script":
            self.scripts.append(given.get("src", ""))
        self.found += [name for name in given if name == "style" or name.startswith(("on", "hx-on"))]
        for name in ("src", "srcset", "href", "action", "formaction", "data", "poster", "xlink:href"):
            away = re.match(r"\s*(javascript|data|vbscript|https?):|//", given.get(name, ""), re.I)
            self.found += [f"{tag} {name}"] if away and given.get("rel") != "canonical" else []


def faults(address: str, headers: Any, body: str, https: bool = False) -> list[str]:
    """In what this answer falls short."""
    if address.startswith(SHARED) and not headers.get("Content-Type", "").startswith("text/html"):
        return [name for name, value in FILES.items() if headers.get(name) != value] + _unsealed(headers, https)
    policy = POLICY | ({"upgrade-insecure-requests": []} if https else {})
    short = [name for name, value in EVERYWHERE.items() if headers.get(name) != value]
    if observatory.policy_of(headers) != policy:
        short.append("Content-Security-Policy")
    if headers.get("Referrer-Policy") != ("no-referrer" if address.startswith(KEYS) else "same-origin"):
        short.append("Referrer-Policy")
    kept = {part.strip() for part in headers.get("Cache-Control", "").split(",")}
    if not {"no-store", "private"} <= kept:
        short.append("Cache-Control")
    short += _unsealed(headers, https)
    if headers.get("Content-Type", "").startswith("text/html"):
        short += Inline(body).found
    return short


def _unsealed(headers: Any, https: bool) -> list[str]:
    name, wanted = "Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload"
    return [name] if https and headers.get(name) != wanted else []


def test_every_page_of_a_full_journal_carries_all_of_it(ada: User, ada_client: Client) -> None:
    make.one_of_each(ada, "heliotrope")
    seen, short = 0, {}
    for address, answer, _ in walk(ada_client, START, leave_out, a_shape=1):
        seen += 1
        if found := faults(address, answer.headers, text_of(answer)):
            short[address] = found
    assert short == {}
    assert seen > 60


def test_what_a_walk_looks_for_can_be_found() -> None:
    html = '<style></style><script>x</script><a onclick="x" href="javascript:x" style="x"><img src="//x/y">'
    assert Inline(html).found == ["style", "script", "onclick", "style", "a href", "img src"]
    assert "Content-Security-Policy" in faults("/", {}, "")
    assert faults("/static/a.svg", {}, "", https=True) == [*FILES, "Strict-Transport-Security"]


# Under https, as it stands behind a proxy


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode(errors="replace")

    @property
    def cookies(self) -> list["Morsel[str]"]:
        return [morsel for line in self.headers.get_all("Set-Cookie", []) for morsel in SimpleCookie(line).values()]


@dataclass
class Visitor:
    """What a browser would send to https://onward.example through a proxy in front of `port`."""

    port: int
    scheme: str = "https"
    jar: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, data: dict[str, str] | None = None, **headers: str) -> Answer:
        sent = {"Host": HOST, "X-Forwarded-Proto": self.scheme, "X-Forwarded-For": "198.51.100.7"}
        sent |= {"Cookie": "; ".join(f"{name}={value}" for name, value in self.jar.items())} if self.jar else {}
        body = urlencode(data) if data is not None else None
        sent |= {"Content-Type": "application/x-www-form-urlencoded"} if data is not None else {}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request(method, path, body, sent | headers)
            got = line.getresponse()
            answer = Answer(got.status, got.headers, got.read())
        finally:
            line.close()
        self.jar |= {one.key: one.value for one in answer.cookies if one.value}
        return answer

    def token(self, path: str) -> str:
        return re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.ask("GET", path).text)[0]


@pytest.fixture
def strict(running: Callable[..., Running]) -> Running:
    operator = "Mara Lind, mara@onward.example, https://onward.example/imprint"
    return running(ONWARD_URL=f"https://{HOST}", ONWARD_OPERATOR=operator).start()


@pytest.mark.services
def test_under_https_everything_is_as_strict_as_the_table_says(strict: Running) -> None:
    stranger, ada = Visitor(strict.port), Visitor(strict.port)
    person = {"email": "ada@example.com", "password1": "a long enough secret", "time_zone": "Europe/Lisbon"}
    form = person | {"csrfmiddlewaretoken": ada.token("/account/signup/")}
    assert ada.ask("POST", "/account/signup/", form).status == 302
    landing = stranger.ask("GET", "/")
    answers = looked_at(stranger, ada, landing)
    assert {address: found for address, answer in answers if (found := faults(*told(address, answer)))} == {}
    cookies = [cookie for _, answer in answers for cookie in answer.cookies]
    assert {cookie.key for cookie in cookies} == {"__Host-csrftoken", "__Host-sessionid"}
    assert {(one["secure"], one["httponly"], one["samesite"], one["path"]) for one in cookies} == {
        (True, True, "Lax", "/")
    }
    assert score_of(strict, ada, landing) == 155
    left(ada)


def told(address: str, answer: Answer) -> tuple[str, Any, str, bool]:
    return address, answer.headers, answer.text, True


def looked_at(stranger: Visitor, ada: Visitor, landing: Answer) -> list[tuple[str, Answer]]:
    """Pages of both, files, error pages, what machines ask, a download; each with the address it came from."""
    public = ["/words/", "/help/", "/account/login/", "/account/password/reset/", "/nowhere/", "/w/x/", "/u/x/"]
    public += ["/healthz", "/.well-known/security.txt", "/.well-known/change-password", "/today/", "/robots.txt"]
    public += ["/static/nowhere.svg"]
    files = sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', landing.text)))
    assert {name.rsplit(".", 1)[-1] for name in files} >= {"css", "js"}
    found = [("/", landing), *((address, stranger.ask("GET", address)) for address in public + files)]
    found += [(address, ada.ask("GET", address)) for address in [*START, "/nowhere/", "/entries/x/"]]
    found += [("/entries/", ada.ask("POST", "/entries/", {"kind": "win", "body": "x"}))]
    cross = {"Sec-Fetch-Site": "cross-site"}
    found += [("/entries/", ada.ask("POST", "/entries/", {"kind": "win"}, **cross))]
    found += [("/entries/", ada.ask("PUT", "/entries/"))]
    assert [answer.status for _, answer in found[-3:]] == [403, 403, 403]
    chosen = {"format": "json", "csrfmiddlewaretoken": ada.token("/export/")}
    download = ada.ask("POST", "/export/", chosen)
    assert (download.status, download.headers.get_content_type()) == (200, "application/json")
    kept = {"kind": "win", "body": "", "csrfmiddlewaretoken": chosen["csrfmiddlewaretoken"]}
    refused = ada.ask("POST", "/entries/", kept)
    assert refused.status == 422
    return [*found, ("/export/", download), ("/entries/", refused)]


def score_of(strict: Running, ada: Visitor, landing: Answer) -> int:
    plain = Visitor(strict.port, scheme="http").ask("GET", "/")
    assert (plain.status, plain.headers["Location"]) == (301, f"https://{HOST}/")
    door = Visitor(strict.port)
    person = {"login": "ada@example.com", "password": "a long enough secret"}
    signed_in = door.ask("POST", "/account/login/", person | {"csrfmiddlewaretoken": door.token("/account/login/")})
    cookies = landing.cookies + signed_in.cookies
    assert {cookie.key: (cookie["path"], cookie["domain"], cookie["samesite"]) for cookie in cookies} == {
        "__Host-csrftoken": ("/", "", "Lax"),
        "__Host-sessionid": ("/", "", "Lax"),
        "__Host-device": ("/", "", "Lax"),
    }
    return observatory.score(landing.headers, cookies, redirects=True, scripts=Inline(landing.text).scripts)


def left(ada: Visitor) -> None:
    """Signing out leaves nothing on the device; and a mail provider’s one click needs neither cookie nor redirect."""
    token = {"csrfmiddlewaretoken": ada.token("/account/logout/")}
    answer = ada.ask("POST", "/account/logout/", token)
    assert (answer.status, answer.headers["Clear-Site-Data"]) == (302, '"cache", "cookies", "storage"')
    click = Visitor(ada.port).ask(
        "POST", "/u/x/", {"List-Unsubscribe": "One-Click"}, **{"Sec-Fetch-Site": "cross-site"}
    )
    assert (click.status, click.cookies) == (200, [])


@pytest.mark.parametrize(
    ("change", "points"),
    [
        ({}, 155),
        ({"Content-Security-Policy": "default-src 'none'; script-src 'unsafe-inline'"}, 80),
        ({"Content-Security-Policy": ""}, 75),
        ({"Strict-Transport-Security": "max-age=3600"}, 145),
        ({"X-Content-Type-Options": ""}, 150),
        ({"Cross-Origin-Opener-Policy": "unsafe-none"}, 145),
    ],
)
def test_the_score_can_fall(change: dict[str, str], points: int) -> None:
    full = "; ".join(" ".join([name, *words]) for name, words in POLICY.items())
    headers = EVERYWHERE | {"Content-Security-Policy": full, "Referrer-Policy": "same-origin"}
    headers |= {"Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload"}
    assert observatory.score(headers | change, [], redirects=True, scripts=["/static/a.js"]) == points
