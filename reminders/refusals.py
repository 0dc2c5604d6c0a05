"""What a mail server's refusal says: that nobody is there, that somebody is but not now, or something about us.

The enhanced status code decides (RFC 3463; the IANA registry of SMTP enhanced status codes, RFC 5248), because it
alone says whom a refusal is about. What is about us never touches anybody's letters.

    code                      says                                                  counts as
    5.1.1 5.1.2 5.1.3 5.1.6   no such mailbox, domain or address; moved away        hard
    5.1.10, 556               the domain takes no mail (RFC 7505, RFC 7504);
                              Exchange: no such recipient                           hard
    5.2.1                     the mailbox is closed                                 hard
    5.7.17 5.7.18             mailbox or domain has another owner (RFC 7293)        hard
    x.2.2                     the mailbox is full                                   soft
    x.2.* x.3.* x.4.*         mailbox, system or way there; 5.4.4 (no route) too,
                              which passes (so does Healthchecks take it)           soft
    5.1.0 5.1.4, 4.1.*        an address in doubt                                   soft
    x.2.3 x.3.4               our letter is too long                                about us
    x.1.7 x.1.8 5.1.*, x.5.*
    x.6.* x.7.*               sender, protocol, content, policy, authentication,
                              spam, relaying (5.7.1: "not authorized")              about us
    x.0.0 x.5.0, or none      what the basic reply and its words say: 550 to 553
                              and 521 (RFC 5321, RFC 7504) at the recipient are
                              soft, unless they speak of relaying, spam, policy,
                              blocks or the sender; the rest is                     about us

A bare 550 may mean "no such user" as well as "go away": it is never hard. At MAIL FROM everything is about us, and so
is, at the end of the data, what has no code that tells more. What is put off (4xx) tells by its code alone, too: a bare
450 is what a server says that wants to see us come again (greylisting).
"""

import re
from typing import NamedTuple

from reminders.models.bounce import Bounce

SOFT, HARD = Bounce.Kind.SOFT, Bounce.Kind.HARD

# No part of a longer number, such as a network address.
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
BASIC = re.compile(r"(?<![\d.])(5\d\d)(?![\d.])")
NOBODY = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.7.17", "5.7.18"}
IN_DOUBT = {"5.1.0", "5.1.4"}
TOO_LONG = {"2.3", "3.4"}
TELLS_NOTHING = {"0.0", "5.0"}
AT_RECIPIENT = {"521", "550", "551", "552", "553"}
NO_MAIL_HERE = "556"
OF_US = re.compile(
    r"relay|spam|polic|block|black.?list|dnsbl|spamhaus|reputation|\bspf\b|dkim|dmarc|authenti|sender|client|reverse|denied"
    r"|your (ip|host|server|domain)",
    re.I,
)


class Refusal(NamedTuple):
    """`kind` is None for what is about us; `code` as far as one was given."""

    kind: Bounce.Kind | None
    code: str


def at_recipient(reply: int, words: str) -> Refusal:
    """A 5xx or 4xx that answers RCPT TO."""
    return at_data(reply, words) if reply < 500 else reported("", f"{reply} {words}")


def at_data(reply: int, words: str) -> Refusal:
    """A 5xx or 4xx after the data: only an enhanced code can speak of the recipient."""
    code = _telling(words)
    return Refusal(_kind(code), code) if code else Refusal(None, str(reply))


def reported(status: str, words: str) -> Refusal:
    """What a report says: its Status, and the words that the refusing server used."""
    if code := _telling(f"{status} {words}"):
        return Refusal(_kind(code), code)
    found = BASIC.search(words)
    basic = found[1] if found else ""
    if basic == NO_MAIL_HERE:
        return Refusal(HARD, basic)
    soft = (not basic or basic in AT_RECIPIENT) and not OF_US.search(words)
    return Refusal(SOFT if soft else None, basic or code_in(status))


def code_in(words: str) -> str:
    found = STATUS.search(words)
    return found[1] if found else ""


def _telling(words: str) -> str:
    """The first code that says whom it is about."""
    return next((code for code in STATUS.findall(words) if code[2:] not in TELLS_NOTHING), "")


def _kind(code: str) -> Bounce.Kind | None:
    if code in NOBODY:
        return HARD
    passing = code in IN_DOUBT or code.startswith("4.1.") or code[2:4] in ("2.", "3.", "4.")
    of_sender = code[2:] in TOO_LONG | {"1.7", "1.8"}
    return SOFT if passing and not of_sender else None
