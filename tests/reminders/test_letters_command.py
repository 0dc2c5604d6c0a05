"""manage.py letters test: what the mail server says, and what the name servers say of the sending domain."""

import io
import time
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from reminders import sender_domain
from reminders.sender_domain import Names, dkim, dmarc, spf
from scripts import services
from tests.reminders.conftest import reach
from tests.reminders.mailserver import serving
from tests.reminders.names import answering

GOOD = {
    "onward.example": ["something else", "v=spf1 include:mail.example ip4:192.0.2.1 -all"],
    "s1._domainkey.onward.example": ["v=DKIM1; k=rsa; p=" + "A" * 392],
    "_dmarc.onward.example": ["v=DMARC1; p=reject; rua=mailto:post@onward.example"],
}


def run(*words: str) -> tuple[int, list[str]]:
    """The exit code, and what it printed."""
    out = io.StringIO()
    code = 0
    try:
        call_command("letters", "test", "ada@example.com", *words, stdout=out)
    except SystemExit as left:
        code = int(str(left.code))
    return code, out.getvalue().splitlines()


def test_a_letter_leaves_and_the_domain_is_well(settings: Any) -> None:
    with serving() as server, answering(GOOD) as port:
        reach(settings, server.port)
        code, lines = run("--nameserver", f"127.0.0.1#{port}", "--selector", "s1")
    [letter] = server.mails
    assert (letter["To"], letter["Subject"], letter["From"]) == (
        "ada@example.com",
        "A test letter from Onward",
        "Onward <letters@onward.example>",
    )
    assert code == 0
    assert [line[:25].split() for line in lines] == [
        [part, "all", "well"] for part in ("letter", "SPF", "DKIM", "DMARC")
    ]
    assert "include:mail.example ip4:192.0.2.1; everybody else is refused" in lines[1]


def test_what_the_server_said_stands_there(settings: Any) -> None:
    with serving() as server, answering(GOOD) as port:
        reach(settings, server.port)
        server.at_rcpt.append("550 5.7.1 relaying denied")
        code, lines = run("--nameserver", f"127.0.0.1#{port}")
        server.at_data.append("451 4.7.1 greylisted")
        _, later = run("--nameserver", f"127.0.0.1#{port}")
    assert code == 1
    assert "550 5.7.1 relaying denied" in lines[0] and "look here" in lines[0]
    assert "451 4.7.1 greylisted Greylisting" in later[0]


def test_a_server_that_is_away_is_named(settings: Any) -> None:
    reach(settings, gone := services.free_port())
    with answering(GOOD) as port:
        code, lines = run("--nameserver", f"127.0.0.1#{port}")
    assert code == 1
    assert f"127.0.0.1:{gone} cannot be reached: ConnectionRefusedError" in lines[0]


def test_without_a_mail_server_it_says_where_the_letter_lies(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Onward <onward@localhost>"
    code, lines = run()
    assert (code, len(mail.outbox)) == (1, 1)
    assert "EMAIL_URL is not set" in lines[0]
    assert "no name outside of this machine" in lines[1]


def test_where_no_name_server_answers_it_says_so_in_a_few_seconds(settings: Any) -> None:
    with serving() as server, answering(None) as port:
        reach(settings, server.port)
        begun = time.monotonic()
        code, lines = run("--nameserver", f"127.0.0.1#{port}")
    assert (code, len(lines), len(server.mails)) == (0, 2, 1)
    assert "No name server answered" in lines[1]
    assert time.monotonic() - begun < 20


def test_a_domain_that_nobody_knows_is_one_line(settings: Any) -> None:
    with serving() as server, answering({"elsewhere.example": ["x"]}) as port:
        reach(settings, server.port)
        code, lines = run("--nameserver", f"127.0.0.1#{port}")
    assert (code, len(lines)) == (1, 2)
    assert "knows no onward.example" in lines[1]


@pytest.mark.parametrize("words", [("--nameserver", "nowhere"), ("--nameserver", "127.0.0.1#many")])
def test_an_odd_name_server_is_refused(words: tuple[str, ...], settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Onward <letters@onward.example>"
    with pytest.raises(CommandError, match="192.0.2.53"):
        run(*words)


def test_an_odd_address_is_refused() -> None:
    with pytest.raises(CommandError):
        call_command("letters", "test", "nobody")


@pytest.mark.parametrize(
    ("texts", "verdict", "words"),
    [
        ([], "look here", "no SPF record"),
        (["v=spf10 all"], "look here", "no SPF record"),
        (["v=spf1 -all", "v=spf1 mx"], "look here", "2 SPF records"),
        (["v=spf1 mx +all"], "look here", "protects from nothing"),
        (["v=spf1 mx all"], "look here", "protects from nothing"),
        (["v=spf1 mx"], "by the way", "End it with ~all"),
        (["V=SPF1 -ALL"], "all well", "lets these send: nobody"),
        (["v=spf1 redirect=mail.example"], "all well", "redirect=mail.example"),
    ],
)
def test_spf_in_plain_words(texts: list[str], verdict: str, words: str) -> None:
    found = spf(texts, "onward.example")
    assert (found.verdict, words in found.words) == (verdict, True)


@pytest.mark.parametrize(
    ("texts", "verdict", "words"),
    [
        ([], "look here", "no key"),
        (["k=rsa"], "look here", "no key"),
        (["v=DKIM1; p="], "look here", "taken back"),
        (["p=AAAA"], "all well", "a key lies"),
    ],
)
def test_dkim_in_plain_words(texts: list[str], verdict: str, words: str) -> None:
    found = dkim(texts, "s1._domainkey.onward.example")
    assert (found.verdict, words in found.words) == (verdict, True)


@pytest.mark.parametrize(
    ("policy", "at", "verdict", "words"),
    [
        ("", "", "look here", "no record"),
        ("", "onward.example", "look here", "more than one"),
        ("v=DMARC1; p=maybe", "onward.example", "look here", "no p="),
        ("v=DMARC1; p=none; rua=mailto:a@b.example", "onward.example", "by the way", "only reported"),
        ("v=DMARC1; p=reject", "onward.example", "by the way", "nobody reports"),
        ("v=DMARC1;p=quarantine;rua=mailto:a@b.example", "onward.example", "all well", "spam folder"),
        ("v=DMARC1; p=reject; sp=none; rua=mailto:a@b.example", "example", "by the way", "p=none"),
    ],
)
def test_dmarc_in_plain_words(policy: str, at: str, verdict: str, words: str) -> None:
    found = dmarc(policy, at, "onward.example")
    assert (found.verdict, words in found.words) == (verdict, True)


def test_bounces_that_go_elsewhere_are_asked_for_there_and_strictness_is_seen() -> None:
    strict = {"_dmarc.onward.example": ["v=DMARC1; p=reject; aspf=s; rua=mailto:a@b.example"]}
    with answering(strict | {"in.onward.example": ["v=spf1 mx -all"]}) as port:
        found = list(sender_domain.told(Names("127.0.0.1", port), "onward.example", "", "in.onward.example"))
    assert [part for part, _ in found] == ["SPF", "DKIM", "DMARC", "DMARC"]
    assert "in.onward.example lets these send: mx" in found[0][1].words
    assert "only DKIM can carry it" in found[3][1].words


def test_a_policy_above_counts_for_a_name_below() -> None:
    with answering({"_dmarc.onward.example": GOOD["_dmarc.onward.example"], "post.onward.example": ["x"]}) as port:
        [found] = [
            one
            for part, one in sender_domain.told(Names("127.0.0.1", port), "post.onward.example", "", "")
            if part == "DMARC"
        ]
    assert (found.verdict, found.words.split(":")[0]) == ("all well", "_dmarc.onward.example")
