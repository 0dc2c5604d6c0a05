"""RFC 8058, line by line: what stands in each letter, and what answers the post that a mail provider sends.

Section 3.1: the header holds one https address that says whom and which letters, and List-Unsubscribe-Post holds
List-Unsubscribe=One-Click; 3.2: the post carries no cookie, no authorization and no other context, is multipart or
urlencoded, and is not redirected; section 6 and RFC 2369: looking at the address changes nothing.
"""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from accounts.models import User
from reminders import delivery, gate, letters
from reminders.kinds import DAILY, KINDS, WEEKLY
from reminders.models import Schedule
from tests.reminders.conftest import DUE, FRIDAY, agree

LONG = "https://a-name-of-a-host-that-is-longer-than-most-and-still.somebody-s-own.journal.example"
FORM, MULTI = "application/x-www-form-urlencoded", "multipart/form-data; boundary=XYZ"
BODIES = {
    FORM: "List-Unsubscribe=One-Click",
    MULTI: '--XYZ\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--XYZ--\r\n',
}
LOOKERS = (
    """
Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)|GoogleImageProxy
Mozilla/5.0 (compatible; Google-Safety; +http://www.google.com/bot.html)|YahooMailProxy; https://help.yahoo.com
Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2) SafeLinks|Microsoft Office Existence Discovery|ms-office
Barracuda Sentinel (EE)|BarracudaCentral|Mimecast|Mozilla/5.0 (compatible; proofpoint)|Symantec Email Protection
Cisco-IronPort|FireEye URL analysis|Sophos XL|Trend Micro Web Reputation|Slackbot-LinkExpanding 1.0|WhatsApp/2.23
facebookexternalhit/1.1|TelegramBot (like TwitterBot)|Mozilla/5.0 AppleWebKit/605.1.15 (Mail Privacy Protection)
curl/8.5.0
""".strip()
    .replace("\n", "|")
    .split("|")
)


@pytest.fixture(autouse=True)
def on_friday() -> Any:
    with time_machine.travel(FRIDAY, tick=False):
        yield


@pytest.fixture
def both(ada: User) -> dict[str, Schedule]:
    """ada has a weekly and a daily letter."""
    agree(ada)
    Schedule.one(ada, DAILY).change(FRIDAY, active=True)
    return {schedule.kind: schedule for schedule in Schedule.objects.all()}


@pytest.fixture
def strict() -> Client:
    """A mail provider's own machine: it has no cookie, and no token of ours."""
    return Client(enforce_csrf_checks=True)


def address(schedule: Schedule) -> str:
    return f"/u/{schedule.stop_token}/"


def active() -> set[tuple[str, bool]]:
    return set(Schedule.objects.values_list("kind", "active"))


# What stands in the letter


def letter_of(user: User, kind: str, **manner: bool) -> tuple[Schedule, EmailMultiAlternatives]:
    Schedule.one(user, kind).change(FRIDAY, active=True)
    schedule = Schedule.one(user, kind)
    id = "<0b16bf0e-5d0e-4f8e-9a8f-3f6f3c3b7a11@onward.example>"
    return schedule, letters.written(schedule, date(2026, 11, 22), DUE, id, **manner).message


@pytest.mark.parametrize("manner", [{}, {"discreet": True}, {"farewell": True}], ids=["plain", "discreet", "farewell"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("site", ["https://onward.example", LONG])
def test_every_letter_has_both_headers_on_a_line_of_their_own(
    ada: User, settings: Any, site: str, kind: str, manner: dict[str, bool]
) -> None:
    settings.ONWARD_URL = site
    schedule, letter = letter_of(ada, kind, **manner)
    head = letter.message().as_bytes(linesep="\r\n").partition(b"\r\n\r\n")[0].decode()
    lines = [line for line in head.split("\r\n") if line.startswith("List-Unsubscribe")]
    assert lines == [
        f"List-Unsubscribe: <{site}/u/{schedule.stop_token}/>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    ]


def test_they_go_over_the_line_as_they_are(mail_server: Any, both: dict[str, Schedule], settings: Any) -> None:
    settings.ONWARD_URL = LONG
    delivery.tick(DUE)
    [letter] = mail_server.mails
    assert letter["List-Unsubscribe"] == f"<{LONG}/u/{both[WEEKLY].stop_token}/>"


def test_the_outbox_holds_them_as_they_are(ada: User, settings: Any, tmp_path: Any) -> None:
    settings.ONWARD_URL, settings.ONWARD_HOME = LONG, tmp_path
    settings.EMAIL_BACKEND = "config.outbox.Outbox"
    schedule, letter = letter_of(ada, WEEKLY)
    letter.send()
    [file] = (tmp_path / "outbox").iterdir()
    assert f"\r\nList-Unsubscribe: <{LONG}/u/{schedule.stop_token}/>\r\n".encode() in file.read_bytes()


# What answers


@pytest.mark.parametrize("kind", [FORM, MULTI])
@pytest.mark.parametrize("schedule", [WEEKLY, DAILY])
def test_a_post_stops_that_kind_and_leaves_the_others(
    strict: Client, both: dict[str, Schedule], kind: str, schedule: str
) -> None:
    answer = strict.post(address(both[schedule]), BODIES[kind], content_type=kind)
    assert (answer.status_code, answer.cookies) == (200, {})
    assert active() == {(WEEKLY, schedule != WEEKLY), (DAILY, schedule != DAILY)}


@pytest.mark.parametrize("kind", [FORM, MULTI])
def test_it_is_not_redirected_where_all_else_is(settings: Any, both: dict[str, Schedule], kind: str) -> None:
    """Behind a proxy that speaks https outside and says so inside."""
    settings.ONWARD_URL, settings.SECURE_SSL_REDIRECT = "https://onward.example", True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLOWED_HOSTS = ["onward.example"]
    strict = Client(enforce_csrf_checks=True, headers={"Host": "onward.example"})
    at, body = address(both[WEEKLY]), BODIES[kind]
    assert strict.post(at, body, content_type=kind).status_code == 301
    assert active() == {(WEEKLY, True), (DAILY, True)}
    answer = strict.post(at, body, content_type=kind, headers={"X-Forwarded-Proto": "https"})
    assert (answer.status_code, answer.cookies, answer.headers.get("Location")) == (200, {}, None)
    assert active() == {(WEEKLY, False), (DAILY, True)}


def test_whoever_is_signed_in_here_stays_so_and_it_is_the_address_that_counts(
    bea_client: Client, both: dict[str, Schedule], bea: User
) -> None:
    agree(bea)
    answer = bea_client.post(address(both[WEEKLY]), BODIES[FORM], content_type=FORM)
    assert answer.status_code == 200
    assert list(Schedule.objects.filter(active=True, kind=WEEKLY).values_list("owner", flat=True)) == [bea.pk]
    assert bea_client.get("/today/").status_code == 200


def test_a_stale_cookie_is_no_hindrance(strict: Client, both: dict[str, Schedule]) -> None:
    strict.cookies["sessionid"] = "of-long-ago"
    answer = strict.post(address(both[WEEKLY]), BODIES[FORM], content_type=FORM)
    assert answer.status_code == 200
    assert active() == {(WEEKLY, False), (DAILY, True)}


@pytest.mark.parametrize("kind", [FORM, MULTI])
def test_it_is_answered_the_same_after_its_owner_left(
    strict: Client, both: dict[str, Schedule], ada: User, bea: User, kind: str
) -> None:
    agree(bea)
    at = address(both[WEEKLY])
    before = strict.post(at, BODIES[kind], content_type=kind)
    ada.delete()
    after = strict.post(at, BODIES[kind], content_type=kind)
    assert (after.status_code, after.content, after.cookies) == (200, before.content, {})
    assert active() == {(WEEKLY, True)}


@pytest.mark.parametrize("agent", LOOKERS)
def test_a_machine_that_looks_changes_nothing(strict: Client, both: dict[str, Schedule], agent: str) -> None:
    for method in (strict.get, strict.head, strict.options):
        for query in ("", "?List-Unsubscribe=One-Click", "?choice=stop"):
            answer = method(f"{address(both[WEEKLY])}{query}", headers={"User-Agent": agent})
            assert answer.status_code == (405 if method == strict.options else 200)
            assert answer.cookies == {}
    assert active() == {(WEEKLY, True), (DAILY, True)}


def test_twenty_machines_look() -> None:
    assert len(LOOKERS) >= 20


def test_a_post_between_claim_and_gate_holds(strict: Client, both: dict[str, Schedule]) -> None:
    delivery.plan(DUE)
    claimed = {one.kind: one for one in delivery.claim(DUE)}
    strict.post(address(both[WEEKLY]), BODIES[FORM], content_type=FORM)
    assert not gate.passes(claimed[WEEKLY], DUE)
    assert mail.outbox == []


def test_its_address_says_nothing_of_its_reader(both: dict[str, Schedule], ada: User) -> None:
    for schedule in both.values():
        assert str(ada.pk).partition("-")[0] not in schedule.stop_token
        assert len(schedule.stop_token) == 22
