"""What a refusal says of the person it was for, and what only of us."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminders import refusals, reports
from reminders.refusals import HARD, SOFT, Refusal
from tests.reminders.reports import complaint, exchange, exim, gmail, old_exim, plain, postfix, qmail, report


@pytest.mark.parametrize(
    ("reply", "words", "kind", "code"),
    [
        (550, "5.1.1 <ada@example.com>: Recipient address rejected: User unknown", HARD, "5.1.1"),
        (550, "5.1.2 no such domain", HARD, "5.1.2"),
        (553, "5.1.3 bad address syntax", HARD, "5.1.3"),
        (551, "5.1.6 moved away", HARD, "5.1.6"),
        (550, "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found", HARD, "5.1.10"),
        (556, "5.1.10 Recipient address has null MX", HARD, "5.1.10"),
        (556, "this domain takes no mail", HARD, "556"),
        (550, "5.2.1 The account is disabled", HARD, "5.2.1"),
        (550, "#5.1.1 no such recipient", HARD, "5.1.1"),
        (552, "5.2.2 mailbox full", SOFT, "5.2.2"),
        (550, "5.4.4 no route to host", SOFT, "5.4.4"),
        (550, "5.4.1 Recipient address rejected: Access denied", SOFT, "5.4.1"),
        (550, "5.3.0 unwell", SOFT, "5.3.0"),
        (550, "5.1.0 Address rejected", SOFT, "5.1.0"),
        (550, "nobody here by that name", SOFT, "550"),
        (550, "5.0.0 nobody here by that name", SOFT, "550"),
        (550, "5.5.0 Requested action not taken: mailbox unavailable", SOFT, "550"),
        (553, "sorry, that mailbox is not here", SOFT, "553"),
        (521, "example.com takes no mail", SOFT, "521"),
        (550, "5.7.1 Relaying denied", None, "5.7.1"),
        (550, "relay not permitted", None, "550"),
        (550, "5.0.0 Sender verify", None, "550"),
        (550, "192.0.2.1 is on our block list", None, "550"),
        (550, "5.7.26 unauthenticated mail is refused (DMARC)", None, "5.7.26"),
        (530, "5.7.0 Authentication required", None, "5.7.0"),
        (535, "authentication did not work", None, "535"),
        (553, "5.1.8 bad sender's system address", None, "5.1.8"),
        (553, "5.1.7 bad sender's mailbox", None, "5.1.7"),
        (550, "5.1.90 your daily limit is reached", None, "5.1.90"),
        (552, "5.2.3 message too long", None, "5.2.3"),
        (552, "5.3.4 message too long", None, "5.3.4"),
        (550, "5.6.7 non-ASCII addresses", None, "5.6.7"),
        (503, "5.5.1 bad sequence", None, "5.5.1"),
        (500, "what?", None, "500"),
        (554, "transaction refused", None, "554"),
    ],
)
def test_an_answer_about_the_recipient(reply: int, words: str, kind: Any, code: str) -> None:
    assert refusals.at_recipient(reply, words) == Refusal(kind, code)


@pytest.mark.parametrize(
    ("reply", "words", "kind", "code"),
    [
        (550, "5.1.1 user unknown", HARD, "5.1.1"),
        (552, "5.2.2 over quota", SOFT, "5.2.2"),
        (550, "5.7.1 looks like spam", None, "5.7.1"),
        (550, "no thank you", None, "550"),
        (552, "too large", None, "552"),
        (554, "5.0.0 transaction refused", None, "554"),
    ],
)
def test_an_answer_to_the_data(reply: int, words: str, kind: Any, code: str) -> None:
    assert refusals.at_data(reply, words) == Refusal(kind, code)


@pytest.mark.parametrize("words", ["550 mail from 5.1.1.3 is not taken here", "550 [10.5.1.1] is not known here"])
def test_a_network_address_is_no_code(words: str) -> None:
    assert refusals.reported("", words).code == "550"


@given(st.text())
def test_whatever_a_server_says_a_code_is_short_and_only_a_code_is_hard(words: str) -> None:
    refusal = refusals.at_recipient(550, words)
    assert len(refusal.code) <= 11
    assert refusal.kind != HARD or refusal.code in refusals.NOBODY | {refusals.NO_MAIL_HERE}


# Mails that come back

GONE = "550 5.1.1 <ada@example.com>: Recipient address rejected: User unknown"


@pytest.mark.parametrize(
    ("mail", "kind", "code"),
    [
        (postfix("5.1.1", GONE), HARD, "5.1.1"),
        (postfix("5.1.1 (bad destination mailbox address)", GONE), HARD, "5.1.1"),
        (postfix("5.2.2", "552 5.2.2 over quota"), SOFT, "5.2.2"),
        (postfix("4.4.1", "connect to mx.example.com: Connection timed out"), SOFT, "4.4.1"),
        (postfix("4.2.2", "452 4.2.2 over quota"), SOFT, "4.2.2"),
        (postfix("5.4.4", "Host or domain name not found"), SOFT, "5.4.4"),
        (postfix("5.7.1", "550 5.7.1 Service unavailable; client host blocked"), None, "5.7.1"),
        (postfix("4.7.0", "450 4.7.0 greylisted for a week"), None, "4.7.0"),
        (postfix("5.0.0", "550 no such user here"), SOFT, "550"),
        (postfix("5.0.0", "554 no"), None, "554"),
        (postfix("5.0.0", ""), SOFT, "5.0.0"),
        (exchange("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP"), HARD, "5.1.10"),
        (exchange("5.2.2", "554 5.2.2 mailbox full;STOREDRV.Deliver.Exception:QuotaExceeded"), SOFT, "5.2.2"),
        (exchange("5.7.133", "550 5.7.133 RESOLVER.RST.SenderNotAuthenticated"), None, "5.7.133"),
        (gmail("5.1.1", "550-5.1.1 The email account does not exist.\n 550 5.1.1 More words."), HARD, "5.1.1"),
        (gmail("4.2.2", "452-4.2.2 The recipient's inbox is out of storage."), SOFT, "4.2.2"),
        (exim("550-5.1.1 The account does not exist"), HARD, "5.1.1"),
        (exim("550 Unrouteable address"), SOFT, "550"),
        (old_exim("550 5.1.1 user unknown"), HARD, "5.1.1"),
        (old_exim("550 no such user"), SOFT, "550"),
        (qmail("Sorry, no mailbox here by that name. (#5.1.1)"), HARD, "5.1.1"),
        (qmail("192.0.2.7 does not like recipient.\nRemote host said: 550 over there"), SOFT, "550"),
    ],
)
def test_a_mail_that_came_back(mail: bytes, kind: Any, code: str) -> None:
    assert reports.failure(mail) == Refusal(kind, code)
    assert reports.failure(mail.replace(b"\n", b"\r\n")) == Refusal(kind, code)


GONE_FIELDS = {"Action": "failed", "Status": "5.1.1"}


@pytest.mark.parametrize(
    "mail",
    [
        postfix("4.4.1", "connection timed out", action="delayed"),
        postfix("2.0.0", "250 ok", action="delivered"),
        postfix("2.0.0", "250 ok", action="relayed"),
        postfix("2.0.0", "250 ok", action="Expanded"),
        report(),
        report({"Final-Recipient": "rfc822; ada@example.com"}),
        report(GONE_FIELDS, {"Action": "delivered", "Status": "2.0.0"}),
        plain("I am away until Monday. My room is 5.1.1.", Auto_Submitted="auto-replied"),
        plain("550 5.1.1 is what my server said"),
        b"",
        b"\x00\xff\xfe",
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status",
        b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(3000)),
    ],
)
def test_what_is_no_refusal_is_passed_over(mail: bytes) -> None:
    assert (reports.failure(mail), reports.complaint(mail)) == (None, None)


def test_of_several_places_the_mildest_reason_stands() -> None:
    assert reports.failure(report(GONE_FIELDS, {"Action": "failed", "Status": "5.2.2"})) == Refusal(SOFT, "5.2.2")
    assert reports.failure(report(GONE_FIELDS, {"Action": "failed", "Status": "5.7.1"})) == Refusal(None, "5.7.1")
    assert reports.failure(report(GONE_FIELDS, GONE_FIELDS)) == Refusal(HARD, "5.1.1")


def test_a_report_inside_the_letter_that_came_back_says_nothing() -> None:
    inner = report(GONE_FIELDS).decode()
    outer = report({"Action": "failed", "Status": "5.2.2"}).decode()
    at = outer.index("Content-Type: message/rfc822\n\n") + len("Content-Type: message/rfc822\n\n")
    mail = outer[:at] + inner.replace("=b", "=c") + outer[at:]
    assert reports.failure(mail.encode()) == Refusal(SOFT, "5.2.2")


def test_a_report_that_was_sent_on_is_still_one() -> None:
    head = b'Content-Type: multipart/mixed; boundary="=out"\n\n--=out\n'
    assert reports.failure(head + report(GONE_FIELDS) + b"\n--=out--\n") == Refusal(HARD, "5.1.1")


@given(st.binary(max_size=400))
def test_whatever_comes_back_nothing_breaks(noise: bytes) -> None:
    reports.failure(noise)
    reports.failure(report({"Action": "failed", "Status": noise.decode("latin-1")}))
    reports.failure(b"Content-Type: message/delivery-status\n\n" + noise)


# A complaint

FROM = "b+0@in.onward.example"


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
@pytest.mark.parametrize("whole", [True, False], ids=["the letter", "its head"])
def test_a_complaint_says_where_the_letter_came_from(ends: bytes, whole: bool) -> None:
    named = [complaint(FROM), complaint(path=FROM, whole=whole), complaint(FROM, "ABUSE (it says)", path=FROM)]
    assert [str(reports.complaint(mail.replace(b"\n", ends))).count(FROM) for mail in named] == [1, 1, 2]
    assert reports.complaint(complaint()) == " "
    assert [reports.failure(mail) for mail in named] == [None] * 3


def test_a_complaint_inside_the_letter_that_came_back_says_nothing() -> None:
    outer, inner = report(GONE_FIELDS).decode(), complaint(FROM).decode().replace("=b", "=c")
    at = outer.index("Content-Type: message/rfc822\n\n") + len("Content-Type: message/rfc822\n\n")
    mail = (outer[:at] + inner + outer[at:]).encode()
    assert (reports.complaint(mail), reports.failure(mail)) == (None, Refusal(HARD, "5.1.1"))


@given(st.binary(max_size=400))
def test_whatever_is_complained_of_nothing_breaks(noise: bytes) -> None:
    reports.complaint(noise)
    reports.complaint(complaint(noise.decode("latin-1"), noise.decode("latin-1")))
    reports.complaint(complaint().replace(b"rfc822\n\n", b"rfc822-headers\n\n" + noise))
    reports.complaint(b"Content-Type: message/feedback-report\n\n" + noise)
