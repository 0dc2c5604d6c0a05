"""How an outside script is answered: with only the fields that are promised, and nothing of where it comes from.

Each sentence of what is promised about answers has its test, here or beside the noun that it is about.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from journal.models import Entry
from reminders.models import Schedule
from tests import make
from tests.walks.crawl import text_of

WORDS = "Opened the letter from the bank."
HTMX = {"HX-Request": "true"}
FRIDAY = datetime(2026, 11, 20, 12, tzinfo=UTC)

# Address, the fields it takes, and one value that it cannot take: a post of ours.
POSTS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "/entries/": ({"kind": "win", "body": WORDS}, {"kind": "nothing we know"}),
    "/entries/{entries}/": ({"body": WORDS, "version": "1"}, {"version": "first"}),
    "/entries/{entries}/deletion/": ({}, {}),
    "/entries/{entries}/restoration/": ({}, {}),
    "/entries/{entries}/lesson/": ({"lesson": WORDS}, {"themes": ",".join(map(str, range(30)))}),
    "/entries/{entries}/acceptance/": ({"accepted": "1"}, {"accepted": "2"}),
    "/replies/{replies}/acceptance/": ({"accepted": "1"}, {"accepted": "2"}),
    "/entries/{doubts}/answer/": ({"answer": WORDS}, {"on": "some day"}),
    "/entries/{doubts}/evidence/": ({}, {"entry": "nothing we know"}),
    "/entries/{doubts}/revisit/": ({"known": WORDS}, {"on": "2020-01-01"}),
    "/entries/{entries}/then-and-now/": ({"body": WORDS}, {"body": " "}),
    "/decisions/new/": ({"body": WORDS}, {"body": " "}),
    "/entries/{decisions}/decision/": ({"decided": WORDS}, {"on": "some day"}),
    "/meetings/new/": ({"body": WORDS, "helpful": WORDS}, {"body": " "}),
    "/entries/{meetings}/meeting/": ({"takeaway": WORDS}, {}),
    "/entries/{meetings}/brought/": ({}, {"entry": "nothing we know"}),
    "/encouragements/": ({"body": WORDS, "from_whom": "Lina"}, {"body": " "}),
    "/later/": ({"body": WORDS, "opens_on": "2027-05-03"}, {"opens_on": "some day"}),
    "/help/mine/": ({"helps": WORDS}, {"version": "first"}),
    "/weeks/2026-W47/": ({"proud-0": WORDS, "takeaway": WORDS}, {}),
    "/milestones/": ({"title": WORDS, "why": WORDS, "good_enough": WORDS}, {"title": " "}),
    "/milestones/{milestones}/": ({"title": WORDS, "why": WORDS}, {"title": " "}),
    "/milestones/{milestones}/steps/": ({"title": WORDS}, {"title": " "}),
    "/milestones/{milestones}/celebration/": ({"note": WORDS}, {"version": "first"}),
    "/steps/{steps}/completion/": ({"outcome": "tried"}, {"outcome": "given up"}),
    "/settings/reminders/": (
        {"weekly": "on", "weekday": "6", "local_time": "18:00", "time_zone": "Europe/Lisbon"},
        {"time_zone": "Mars/Olympus"},
    ),
    "/settings/reminders/offer/": ({"answer": "later"}, {"answer": "perhaps"}),
    "/settings/name/": ({"name": "Ada"}, {"name": "A" * 5000}),
}
# What a page swaps a part of; the others lead to a page.
SWAPPED = {
    "/entries/",
    "/entries/{entries}/deletion/",
    "/entries/{entries}/restoration/",
    "/entries/{entries}/lesson/",
    "/entries/{entries}/acceptance/",
    "/weeks/2026-W47/",
    "/milestones/{milestones}/steps/",
    "/settings/reminders/offer/",
}


@pytest.fixture(autouse=True)
def on_friday() -> Any:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


@pytest.fixture(scope="module")
def kept(standing: None) -> dict[str, str]:
    ada = make.ada()
    kinds = {"doubts": Entry.Kind.DOUBT, "decisions": Entry.Kind.DECISION, "meetings": Entry.Kind.MEETING}
    pages = {noun: str(make.entry(ada, f"Of {noun}.", kind=kind).pk) for noun, kind in kinds.items()}
    return make.one_of_each(ada, "heliotrope") | pages


@pytest.fixture
def ada(kept: dict[str, str], db: None) -> User:
    return User.objects.get(email="ada@example.com")


@pytest.fixture
def lin(db: None) -> User:
    """Somebody who has kept nothing yet."""
    return User.objects.create_user("lin@example.com", "a third long secret", time_zone="Europe/Lisbon")


@pytest.fixture
def rows(ada: User, kept: dict[str, str]) -> dict[str, str]:
    return kept


def is_fragment(answer: Any) -> bool:
    return answer.status_code == 200 and "<html" not in text_of(answer)


# A plain post of ours is answered 303, htmx by a fragment, an invalid form by 422 with the text in it.


@pytest.mark.parametrize("address", POSTS)
def test_a_plain_post_of_ours_is_answered_303(address: str, rows: dict[str, str], ada_client: Client) -> None:
    fields, _ = POSTS[address]
    answer = ada_client.post(address.format(**rows), fields)
    assert answer.status_code == 303
    assert ada_client.get(answer.headers["Location"].split("#")[0]).status_code == 200


@pytest.mark.parametrize("address", sorted(SWAPPED))
def test_htmx_is_answered_by_a_fragment(address: str, rows: dict[str, str], ada_client: Client) -> None:
    fields, _ = POSTS[address]
    assert is_fragment(ada_client.post(address.format(**rows), fields, headers=HTMX))


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("address", [address for address, (_, odd) in POSTS.items() if odd])
def test_an_invalid_form_is_answered_422_with_the_text_in_it(
    address: str, headers: dict[str, str], rows: dict[str, str], ada_client: Client
) -> None:
    fields, odd = POSTS[address]
    answer = ada_client.post(address.format(**rows), fields | odd, headers=headers)
    assert answer.status_code == 422
    typed = [value for name, value in fields.items() if value == WORDS and name not in odd]
    assert all(value in text_of(answer) for value in typed)


def test_search_export_and_stopping_are_answered_200(rows: dict[str, str], ada: User, client: Client) -> None:
    door = {"login": ada.email, "password": "a long enough secret"}
    assert client.post("/account/login/", door).status_code == 302
    assert client.post("/entries/search/", {"q": "helio"}).status_code == 200
    assert is_fragment(client.post("/entries/search/", {"q": "helio"}, headers=HTMX))
    for name in ("json", "csv", "markdown"):
        answer = client.post("/export/", {"format": name})
        assert (answer.status_code, bool(text_of(answer))) == (200, True)
    assert client.post("/u/nobody-has-this-one/").status_code == 200


def test_allauths_own_pages_keep_their_302(db: None, client: Client) -> None:
    person = {"email": "lin@example.com", "password1": "a long enough secret"}
    answers = [client.post("/account/signup/", person), client.post("/account/logout/")]
    led = [(one.status_code, one.headers["Location"]) for one in answers]
    assert led == [(302, "/today/"), (302, "/account/login/?closed")]


# Strangers get 404, 403 or 405 (tests/house/test_access.py walks every address); a limit never answers in their place.

LIMITED = ["/settings/reminders/letter/", "/w/nobody-has-this-one/", "/account/login/", "/account/signup/"]


@pytest.mark.parametrize("address", LIMITED)
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_limit_never_answers_in_place_of_a_refusal(method: str, address: str, ada_client: Client) -> None:
    codes = {getattr(ada_client, method)(address).status_code for _ in range(25)}
    assert codes == {405}


def test_a_limit_never_answers_in_place_of_a_link_that_is_none(db: None, client: Client) -> None:
    assert {client.post("/w/nobody-has-this-one/", {"proud-0": WORDS}).status_code for _ in range(25)} == {404}


# A CSRF failure is 403 and keeps the text; a request without Origin or Sec-Fetch-* is served.


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_post_without_a_token_is_403_and_keeps_the_text(headers: dict[str, str], ada: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ada)
    answer = strict.post("/entries/", {"kind": "win", "body": WORDS}, headers=headers)
    assert (answer.status_code, WORDS in text_of(answer)) == (403, True)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text_of(strict.get("/today/")))
    assert token
    served = strict.post("/entries/", {"kind": "win", "body": WORDS, "csrfmiddlewaretoken": token[1]})
    assert served.status_code == 303


# The id becomes the row's address, whichever noun.


def test_the_id_becomes_the_rows_address(ada: User, ada_client: Client) -> None:
    entry, milestone, step = uuid4(), uuid4(), uuid4()
    ada_client.post("/entries/", {"id": entry, "kind": "setback", "body": WORDS})
    ada_client.post("/milestones/", {"id": milestone, "title": WORDS})
    ada_client.post(f"/milestones/{milestone}/steps/", {"id": step, "title": WORDS})
    pages = [f"/entries/{entry}/", f"/entries/{entry}/lesson/", f"/milestones/{milestone}/"]
    assert [ada_client.get(page).status_code for page in pages] == [200, 200, 200]
    assert ada_client.post(f"/steps/{step}/completion/", {"outcome": "done"}).status_code == 303


# A letter before Thursday asks about the week that has ended, from Thursday on about this one; the page names its days.


@pytest.mark.parametrize(
    ("weekday", "due", "days", "kept_on"),
    [
        (2, "2026-11-25T18:00:00Z", "16 to 22 November", "2026-11-22"),
        (3, "2026-11-26T18:00:00Z", "23 to 29 November", "2026-11-26"),
    ],
    ids=["Wednesday", "Thursday"],
)
def test_a_letter_and_its_page_ask_about_the_same_days(
    weekday: int, due: str, days: str, kept_on: str, lin: User, client: Client, on_friday: Any
) -> None:
    Schedule.weekly(lin).change(FRIDAY, active=True, weekday=weekday)
    on_friday.move_to(datetime.fromisoformat(due))
    call_command("tick", "--now", due)
    [letter] = mail.outbox
    link = re.search(r"/w/[\w-]+/", str(letter.body))
    assert link
    assert days in text_of(client.get(link[0]))
    assert client.post(link[0], {"proud-0": WORDS}).status_code == 303
    assert [str(row.local_date) for row in Entry.objects.of(lin)] == [kept_on]


def test_the_link_of_a_letter_sent_on_asking_works_as_any(
    lin: User, client: Client, client_of: Callable[[User], Client]
) -> None:
    client_of(lin).post("/settings/reminders/letter/")
    [letter] = mail.outbox
    link = re.search(r"/w/[\w-]+/", str(letter.body))
    assert link
    assert client.post(link[0], {"proud-0": WORDS}).status_code == 303
    assert [row.body for row in Entry.objects.of(lin)] == [WORDS]


def test_where_no_zone_is_known_days_are_utc_and_no_letter_is_planned(
    db: None, client_of: Callable[[User], Client], on_friday: Any
) -> None:
    nowhere = User.objects.create_user("nowhere@example.com", "a long enough secret")
    client = client_of(nowhere)
    on_friday.move_to(datetime(2026, 11, 20, 23, 30, tzinfo=UTC))
    client.post("/entries/", {"kind": "win", "body": WORDS})
    client.post("/settings/reminders/offer/", {"answer": "yes"})
    call_command("tick", "--now", "2026-12-01T00:00:00Z")
    assert [(str(row.local_date), row.zone) for row in Entry.objects.of(nowhere)] == [("2026-11-20", "UTC")]
    assert mail.outbox == []


# Own JSON: one object, UTF-8, not zipped; times as kept; no logs, sessions, deliveries or imports.


def test_own_json_is_one_object_in_utf_8_and_not_zipped(rows: dict[str, str], ada: User, client: Client) -> None:
    make.entry(ada, "Gefühl 🧵")
    client.post("/account/login/", {"login": ada.email, "password": "a long enough secret"})
    answer = client.post("/export/", {"format": "json"}, headers={"Accept-Encoding": "gzip"})
    assert answer.headers.get("Content-Encoding") is None
    raw = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    told = json.loads(raw.decode("utf-8"))
    assert isinstance(told, dict)
    assert "Gefühl 🧵".encode() in raw
    assert {name for name in told if re.search("log|session|deliver|import|link|heartbeat", name)} == set()
    kept = {str(row.pk): row.created_at for row in Entry.kept_by(ada)}
    assert {row["id"]: datetime.fromisoformat(row["created_at"]) for row in told["entries"]} == kept
