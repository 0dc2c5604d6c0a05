"""A reply becomes proud things of the week that was asked about; whoever cannot be proven waits for "was this you?"."""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from accounts.models import User
from journal.models import Entry, Unproven
from reminders import delivery, letters, replies
from reminders.inbound import receive
from reminders.models import Overflow, ReplyAddress, ReplyConsent, Schedule, TakenReply
from tests.reminders.conftest import DAY, DUE, FRIDAY, HOUR
from tests.reminders.programs import LANGUAGES, PROGRAMS, US, Reply, _plain

THREE = ["Rang my sister back.", "Let Karim plate the last forty.", "Went to bed at eleven."]
MX = "mx.onward.example"
PASSED = f"{MX}; dmarc=pass (p=none) header.from=example.com"
MONDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 22)


@pytest.fixture(autouse=True)
def mail_comes_in(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = US
    settings.INBOUND_DOMAIN = "in.onward.example"
    settings.INBOUND_AUTHSERV = MX


@pytest.fixture
def consent(ada: User, agreed: Schedule) -> ReplyConsent:
    EmailAddress.objects.create(user=ada, email="ada@example.com", verified=True, primary=True)
    replies.decide(ada, True, FRIDAY)
    return ReplyConsent.objects.get(owner=ada)


@pytest.fixture
def letter(consent: ReplyConsent) -> EmailMultiAlternatives:
    delivery.tick(DUE)
    [message] = mail.outbox
    assert isinstance(message, EmailMultiAlternatives)
    return message


@pytest.fixture
def address(letter: EmailMultiAlternatives) -> str:
    return str(letter.extra_headers["Reply-To"])


Headers = list[tuple[str, str]]


def headers(**changed: str | None) -> Headers:
    """Those of ada's own mail as our receiver hands it in; a changed one stands in its place, None leaves it out."""
    usual: dict[str, str | None] = {
        "Authentication-Results": PASSED,
        "From": "Ada <ada@example.com>",
        "To": "somebody",
        "Subject": "Re: Three things",
        "Message-ID": "<one@example.com>",
    }
    given = usual | {name.replace("_", "-"): value for name, value in changed.items()}
    return [(name, value) for name, value in given.items() if value is not None]


def sent(to: str, given: Headers | None = None, now: datetime = DUE + HOUR, typed: list[str] = THREE) -> None:
    reply = PROGRAMS["Gmail"](typed, LANGUAGES["English"])
    receive(reply.bytes(*(headers() if given is None else given)), [to], now, "ada@example.com")


def proud(user: User) -> list[str]:
    return [entry.body for entry in Entry.objects.of(user).order_by("created_at")]


def waiting(user: User) -> list[list[str]]:
    return [row.lines for row in Unproven.objects.of(user).waiting().order_by("created_at")]


# The letter


def test_a_letter_says_how_to_reply_and_where_to(letter: EmailMultiAlternatives, address: str) -> None:
    first, *_ = str(letter.body).splitlines()
    assert first == replies.MARKER
    assert "\n1.\n2.\n3.\n" in str(letter.body)
    assert str(letter.alternatives[0][0]).count(replies.MARKER) == 1
    assert f"\nReply-To: {address}\n" in letter.message().as_string()
    local, _, domain = address.partition("@")
    assert (domain, len(local), local[:2], local.islower()) == ("in.onward.example", 34, "r+", True)
    row = ReplyAddress.objects.get()
    assert (row.monday, row.expires_at - DUE >= timedelta(days=14), local[2:] in row.digest) == (MONDAY, True, False)


@pytest.mark.parametrize("domain", ["", "in.onward.example"])
def test_without_a_yes_or_a_domain_no_letter_says_so(domain: str, ada: User, agreed: Schedule, settings: Any) -> None:
    settings.INBOUND_DOMAIN = domain
    if not domain:
        replies.decide(ada, True, FRIDAY)
    delivery.tick(DUE)
    [letter] = mail.outbox
    assert "Reply-To" not in letter.extra_headers
    assert replies.MARKER not in letter.message().as_string()
    assert "\n1.\n" not in str(letter.body)
    assert ReplyAddress.objects.count() == 0


def test_a_letter_on_asking_can_be_replied_to_as_any(ada: User, consent: ReplyConsent) -> None:
    delivery.send_one(Schedule.weekly(ada), FRIDAY)
    sent(str(mail.outbox[0].extra_headers["Reply-To"]), now=FRIDAY + HOUR)
    assert proud(ada) == THREE


@pytest.mark.parametrize("people", [1, 3])
def test_a_yes_costs_no_question_for_each_letter(people: int, db: None, django_assert_num_queries: Any) -> None:
    from tests.reminders.conftest import agree

    for number in range(people):
        user = User.objects.create_user(f"p{number}@example.com", "a long enough secret", time_zone="Europe/Lisbon")
        agree(user)
        replies.decide(user, True, FRIDAY)
    delivery.plan(DUE)
    batch = delivery.claim(DUE)
    # The schedules, who wants no telling subject, the links, the addresses; who said yes came with the batch.
    with django_assert_num_queries(4):
        assert len(delivery._written(batch, DUE, letters.Press())) == people


# It becomes what it names


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_a_reply_becomes_proud_things_of_that_week(program: Any, language: Any, ada: User, address: str) -> None:
    receive(program(THREE, language).bytes(*headers()), [address], DUE + 2 * DAY, "ada@example.com")
    assert proud(ada) == THREE
    kept = Entry.objects.of(ada)
    assert {(row.kind, row.local_date) for row in kept} == {("proud", SUNDAY)}
    assert waiting(ada) == []


def test_it_gets_today_where_the_week_is_not_over(ada: User, consent: ReplyConsent) -> None:
    delivery.send_one(Schedule.weekly(ada), FRIDAY)
    sent(str(mail.outbox[0].extra_headers["Reply-To"]), now=FRIDAY + HOUR)
    assert {row.local_date for row in Entry.objects.of(ada)} == {date(2026, 11, 20)}


def test_it_is_added_to_what_stands_and_takes_no_ones_place(ada: User, address: str) -> None:
    sent(address)
    more = ["One more.", THREE[0], "And another."]
    sent(address, headers(Message_ID="<two@example.com>"), DUE + 2 * HOUR, more)
    assert proud(ada) == [*THREE, "One more.", "And another."]


def test_the_address_may_come_back_in_capitals(ada: User, address: str) -> None:
    sent(address.upper(), headers(From="ADA@Example.COM"))
    assert proud(ada) == THREE


@pytest.mark.parametrize(
    "mark",
    [
        PASSED.upper(),
        f"{MX} 1; spf=pass smtp.mailfrom=example.com; dmarc=pass header.from=example.com",
        f"{MX}; dkim=pass; dmarc = pass\n\tpolicy.dmarc=reject header.from = Example.com",
        f"(our own) {MX}; dmarc=pass (a (deep) \\) one) header.from=example.com",
    ],
)
def test_a_verdict_is_read_however_it_is_written(mark: str, ada: User, address: str) -> None:
    sent(address, headers(Authentication_Results=mark))
    assert proud(ada) == THREE


# It waits, where nobody can say who sent it

FORGED = [("Authentication-Results", "evil.example; dmarc=fail header.from=example.com"), *headers()]
UNPROVEN: dict[str, Headers] = {
    "no verdict": headers(Authentication_Results=None),
    "fail": headers(Authentication_Results=f"{MX}; dmarc=fail header.from=example.com"),
    "none": headers(Authentication_Results=f"{MX}; dmarc=none header.from=example.com"),
    "SPF alone": headers(Authentication_Results=f"{MX}; spf=pass smtp.mailfrom=example.com"),
    "another receiver's": headers(Authentication_Results="evil.example; dmarc=pass header.from=example.com"),
    "ours, but not on top": FORGED,
    "ours beneath ours": [("Authentication-Results", f"{MX}; dmarc=fail header.from=example.com"), *headers()],
    "in a comment": headers(Authentication_Results=f"{MX}; dmarc=fail (x; dmarc=pass header.from=example.com)"),
    "behind a bracket": headers(Authentication_Results=f"{MX} (\\); dmarc=pass header.from=example.com"),
    "in quotes": headers(Authentication_Results=f'{MX}; spf=fail reason="; dmarc=pass header.from=example.com; "'),
    "half a word": headers(Authentication_Results=f"{MX}; dmarc=passable header.from=example.com"),
    "of another domain": headers(Authentication_Results=f"{MX}; dmarc=pass header.from=evil.example"),
    "of no domain": headers(Authentication_Results=f"{MX}; dmarc=pass"),
    "a name that goes on": headers(Authentication_Results=f"{MX}.evil.example; dmarc=pass header.from=example.com"),
    "two From headers": [*headers(), ("From", "evil@evil.example")],
    "two addresses": headers(From="ada@example.com, evil@evil.example"),
    "two angles": headers(From="Ada <ada@example.com> <evil@evil.example>"),
    "a name like hers": headers(From='"ada@example.com" <bea@example.com>'),
    "a name like hers, coded": headers(From="=?utf-8?q?ada=40example=2Ecom?= <bea@example.com>"),
    "somebody else": headers(From="Bea <bea@example.com>"),
    "her address in a comment": headers(From="bea@example.com (ada@example.com)"),
    "nobody": headers(From=None),
    "somebody whose name begins like a machine's": headers(From="bouncer@example.com"),
}


@pytest.mark.parametrize("given", UNPROVEN.values(), ids=UNPROVEN)
def test_whoever_is_not_proven_waits(given: Headers, ada: User, bea: User, address: str) -> None:
    EmailAddress.objects.create(user=bea, email="bea@example.com", verified=True, primary=True)
    sent(address, given)
    assert (proud(ada), waiting(ada)) == ([], [THREE])
    assert (proud(bea), waiting(bea)) == ([], [])
    row = Unproven.objects.get()
    assert (row.monday, row.created_at) == (MONDAY, DUE + HOUR)


def test_where_our_receiver_has_no_name_nothing_is_proven(ada: User, address: str, settings: Any) -> None:
    settings.INBOUND_AUTHSERV = ""
    sent(address, headers(Authentication_Results="; dmarc=pass header.from=example.com"))
    assert (proud(ada), waiting(ada)) == ([], [THREE])


def test_an_address_that_was_never_confirmed_proves_nothing(ada: User, address: str) -> None:
    EmailAddress.objects.update(verified=False)
    sent(address)
    assert (proud(ada), waiting(ada)) == ([], [THREE])


# It is left alone


def nothing_came(user: User) -> bool:
    return (proud(user), waiting(user), TakenReply.objects.count()) == ([], [], 0)


LEFT_ALONE: dict[str, Callable[[User, str], tuple[str, datetime]]] = {
    "a token that nobody has": lambda ada, to: (f"r+{'a' * 32}@in.onward.example", DUE + HOUR),
    "no token": lambda ada, to: ("r@in.onward.example", DUE + HOUR),
    "another door": lambda ada, to: (to.replace("r+", "x+"), DUE + HOUR),
    "another domain": lambda ada, to: (to.replace("in.", "out."), DUE + HOUR),
    "no address": lambda ada, to: ("r+\udcffé\0", DUE + HOUR),
    "fourteen days later": lambda ada, to: (to, DUE + timedelta(days=14, minutes=1)),
    "a no since": lambda ada, to: (replies.decide(ada, False, DUE) or to, DUE + HOUR),
    "a no, and a yes again": lambda ada, to: (
        replies.decide(ada, False, DUE) or replies.decide(ada, True, DUE) or to,
        DUE + HOUR,
    ),
    "somebody who left": lambda ada, to: (User.objects.update(is_active=False) and to, DUE + HOUR),
}


@pytest.mark.parametrize("why", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_is_for_nobody_is_left_alone(why: Any, ada: User, address: str) -> None:
    to, now = why(ada, address)
    sent(to, now=now)
    assert nothing_came(ada)


def test_just_before_its_end_an_address_still_works(ada: User, address: str) -> None:
    sent(address, now=DUE + timedelta(days=14) - HOUR)
    assert proud(ada) == THREE


def test_whoever_changes_their_password_closes_the_addresses(ada: User, ada_client: Client, address: str) -> None:
    from allauth.account.signals import password_changed

    password_changed.send(sender=User, request=None, user=ada)
    sent(address)
    assert nothing_came(ada)


LOOPS: dict[str, Headers] = {
    "Auto-Submitted": headers(Auto_Submitted="auto-replied; owner-email=x"),
    "Auto-Submitted, generated": headers(Auto_Submitted="Auto-Generated"),
    "Return-Path": headers(Return_Path="<>"),
    "bulk": headers(Precedence="bulk"),
    "junk": headers(Precedence=" Junk "),
    "list": headers(Precedence="list"),
    "auto_reply": headers(Precedence="auto_reply"),
    "X-Autoreply": headers(X_Autoreply="yes"),
    "X-Auto-Response-Suppress": headers(X_Auto_Response_Suppress="All"),
    "List-Id": headers(List_Id="<list.example.com>"),
    "mailer-daemon": headers(From="MAILER-DAEMON@example.com"),
    "no-reply": headers(From="Somebody <no-reply@example.com>"),
    "noreply": headers(From="noreply+7@example.com"),
    "postmaster": headers(From="postmaster@example.com"),
    "bounces": headers(From="bounces+ada=example.com@example.com"),
    "our own address": headers(From=US),
    "our own domain": headers(From="r+abc@in.onward.example"),
}


@pytest.mark.parametrize("given", LOOPS.values(), ids=LOOPS)
def test_what_a_machine_wrote_is_left_alone_and_never_answered(given: Headers, ada: User, address: str) -> None:
    reply = PROGRAMS["Gmail"](THREE, LANGUAGES["English"])
    receive(reply.bytes(*given), [address], DUE + HOUR, None)
    assert nothing_came(ada)
    assert len(mail.outbox) == 1


def test_what_nobody_sent_and_what_reports_are_left_alone(ada: User, address: str) -> None:
    reply = PROGRAMS["Gmail"](THREE, LANGUAGES["English"]).bytes(*headers())
    receive(reply, [address], DUE + HOUR, "")
    receive(reply.replace(b"multipart/alternative", b"multipart/report"), [address], DUE + HOUR, "ada@example.com")
    assert nothing_came(ada)


def test_a_person_who_says_that_no_machine_wrote_is_heard(ada: User, address: str) -> None:
    sent(address, headers(Auto_Submitted="no", Precedence="first-class"))
    assert proud(ada) == THREE


# Once, and so many a day


def test_the_same_mail_counts_once(ada: User, address: str) -> None:
    sent(address)
    sent(address, now=DUE + 2 * HOUR)
    sent(address, headers(), typed=["Other words under the same name."])
    assert proud(ada) == THREE


def test_a_mail_without_a_name_counts_once_too(ada: User, address: str) -> None:
    for _ in range(2):
        sent(address, headers(Message_ID=None, Authentication_Results=None))
    assert waiting(ada) == [THREE]
    row = TakenReply.objects.get()
    assert row.owner == ada


def test_twenty_come_in_a_day_and_the_next_one_after_it(ada: User, address: str) -> None:
    for number in range(22):
        at = DUE + HOUR + timedelta(seconds=number)
        sent(address, headers(Message_ID=f"<{number}@example.com>"), at, [f"Thing {number}."])
    assert proud(ada) == [f"Thing {number}." for number in range(20)]
    sent(address, headers(Message_ID="<later@example.com>"), now=DUE + HOUR + DAY, typed=["A day later."])
    assert proud(ada)[20:] == ["A day later."]


PAGES = ("/settings/reminders/", "/settings/reminders/history/", "/replies/")
MORE = "On Sunday 22 November more replies came in your name than are taken in at once."


def told(client: Client, now: datetime) -> list[bool]:
    """Whether each of the pages says that more came."""
    with time_machine.travel(now, tick=False):
        return [MORE in client.get(path).content.decode() for path in PAGES]


def many(address: str, count: int, **changed: str | None) -> None:
    for number in range(count):
        sent(address, headers(Message_ID=f"<{number}@example.com>", **changed), typed=[f"Thing {number}."])


@pytest.mark.parametrize("proof", [PASSED, None], ids=["proven", "not proven"])
def test_that_more_came_than_are_taken_in_is_said_for_fourteen_days(
    ada: User, bea: User, address: str, client_of: Callable[[User], Client], proof: str | None
) -> None:
    many(address, 20, Authentication_Results=proof)
    assert told(client_of(ada), DUE + 2 * HOUR) == [False] * 3
    many(address, 21, Authentication_Results=proof)
    assert len(proud(ada)) + len(waiting(ada)) == 20
    assert told(client_of(ada), DUE + 2 * HOUR) == [True] * 3
    assert told(client_of(bea), DUE + 2 * HOUR) == [False] * 3
    assert told(client_of(ada), DUE + HOUR + 14 * DAY) == [False] * 3
    assert mail.outbox[1:] == []


def test_the_same_mail_again_is_not_one_more(ada: User, address: str, client_of: Callable[[User], Client]) -> None:
    many(address, 20)
    many(address, 20)
    assert told(client_of(ada), DUE + 2 * HOUR) == [False] * 3


def test_what_finds_twenty_waiting_from_before_is_said_too(
    ada: User, address: str, client_of: Callable[[User], Client]
) -> None:
    for _ in range(20):
        Unproven.keep(ada, ["Before."], MONDAY, DUE - 3 * DAY)
    many(address, 1, Authentication_Results=None)
    assert len(waiting(ada)) == 20
    assert told(client_of(ada), DUE + 2 * HOUR) == [True] * 3


def test_that_more_came_is_forgotten_after_fourteen_days(ada: User, address: str) -> None:
    many(address, 21)
    delivery.sweep(DUE + HOUR + 14 * DAY)
    assert list(Overflow.objects.values_list("owner", flat=True)) == [ada.pk]
    delivery.sweep(DUE + 2 * HOUR + 14 * DAY)
    assert Overflow.objects.count() == 0


def test_where_no_mail_comes_in_nobody_asks_whether_more_came(
    ada: User, settings: Any, django_assert_num_queries: Any
) -> None:
    Overflow.note(ada, DUE)
    settings.INBOUND_DOMAIN = ""
    with django_assert_num_queries(0):
        assert replies.more_came(ada, DUE) is None


def test_the_day_of_one_is_not_the_day_of_another(ada: User, bea: User, address: str) -> None:
    TakenReply.objects.bulk_create([TakenReply(digest=f"{n:064}", owner=bea, at=DUE) for n in range(20)])
    sent(address)
    assert proud(ada) == THREE


def test_what_no_mail_can_need_any_more_is_forgotten(ada: User, address: str) -> None:
    sent(address)
    delivery.tick(DUE + 27 * DAY)
    assert (ReplyAddress.objects.count(), TakenReply.objects.count()) == (1, 1)
    delivery.tick(DUE + 32 * DAY)
    assert (ReplyAddress.objects.filter(expires_at__lt=DUE + 20 * DAY).count(), TakenReply.objects.count()) == (0, 0)


# Bombs


def nested(depth: int) -> bytes:
    """A mail within a mail within a mail."""
    head = "\n".join(f"{name}: {value}" for name, value in headers()).encode()
    opened = [b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth)]
    return head + b"\n" + b"".join(opened) + b"Content-Type: text/plain\n\nDeep down.\n"


def with_header(name: str, value: str) -> bytes:
    return _plain("Rested.", "").bytes(*headers(), (name, value))


BOMBS: dict[str, bytes] = {
    "nothing": b"",
    "no mail": b"\xff\xfe\0" * 1000,
    "nested": nested(200),
    "nested deep": nested(20000),
    "one line of a megabyte": _plain("x" * 1024 * 1024, "").bytes(*headers()),
    "a million lines": _plain("x\n" * 500_000, "").bytes(*headers()),
    "brackets in From": with_header("From", "(" * 100_000),
    "quotes in Content-Type": _plain("Rested.", '; x="' + ";" * 500_000).bytes(*headers()),
    "a verdict without end": with_header("Authentication-Results", MX + ";(" * 100_000),
    "a charset of no sort": Reply([("text/plain; charset=no\0such", b"\xff\xfe", "8bit")]).bytes(*headers()),
    "a charset that computes": Reply([("text/plain; charset=punycode", b"a-" * 400_000, "8bit")]).bytes(*headers()),
    "UTF-7 halves": Reply([("text/plain; charset=utf-7", b"+2AA- and more", "8bit")]).bytes(*headers()),
    "broken base64": Reply([("text/plain", b"x", "8bit")]).bytes(*headers()).replace(b"8bit", b"base64"),
    "open comments": Reply([("text/html", b"<!--" * 200_000, "8bit")]).bytes(*headers()),
    "open tags": Reply([("text/html", b"<a " * 300_000, "8bit")]).bytes(*headers()),
    "numbers without end": Reply([("text/html", b"&#" + b"9" * 900_000, "8bit")]).bytes(*headers()),
    "headers of old": _plain("On a " + "a " * 100_000 + "\n" + "From: x\n" * 50_000, "").bytes(*headers()),
    "NUL and halves": _plain("A\0B\x07C", "").bytes(*headers()),
}


@pytest.mark.parametrize("data", BOMBS.values(), ids=BOMBS)
def test_a_mail_that_was_built_to_harm_harms_nobody(data: bytes, ada: User, address: str) -> None:
    receive(data, [address], DUE + HOUR, "ada@example.com")
    sent(address, headers(Message_ID="<after@example.com>"), DUE + 2 * HOUR)
    assert proud(ada)[-3:] == THREE


def test_what_cannot_be_seen_is_left_out(ada: User, address: str) -> None:
    receive(BOMBS["NUL and halves"], [address], DUE + HOUR, "ada@example.com")
    receive(BOMBS["UTF-7 halves"].replace(b"one@", b"two@"), [address], DUE + 2 * HOUR, "ada@example.com")
    assert proud(ada) == ["ABC", "\ufffd and more"]


# Secrets


def test_nothing_of_a_mail_is_logged(ada: User, address: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    sent(address)
    sent(address, headers(Authentication_Results=None, Message_ID="<two@example.com>"))
    sent(f"r+{'a' * 32}@in.onward.example")
    said = [record.getMessage() for record in caplog.records if record.name.startswith("reminders")]
    assert said == ["mails taken=1 left=0", "mails taken=1 left=0", "mails taken=0 left=1"]
    token = address.partition("@")[0][2:]
    assert [word for word in ("sister", "ada@", "example.com>", token) if word in caplog.text] == []
