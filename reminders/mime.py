"""A mail as it came: its headers and its text. All of it was chosen by whoever sent it.

The standard library's older policy (compat32) reads it: that one leaves headers alone until they are asked for, where
the newer one parses each by a grammar that a crafted header can keep busy for minutes. Attachments are never looked at.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email._policybase import Compat32
from email.message import Message
from email.utils import getaddresses
from typing import TypeAlias, cast

from reminders import html_text

# What is read of a mail. Words stand before pictures: what is cut off behind them is not missed.
LARGEST = 1024 * 1024
LONGEST_HEADER = 2000
Part: TypeAlias = "Message[str, str]"
# Families of codecs that turn bytes into text and do nothing else.
CHARSETS = "utf ascii iso latin cp windows koi8 mac gb big5 euc shift_jis tis johab ptcp hz kz".split()


class Unreadable(Exception):
    """Not a mail, or one that was built to be none."""


class Short(Compat32):
    """No header is longer than a person's: some are read in steps that grow with the square of their length."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST_HEADER]


@dataclass(frozen=True)
class Mail:
    """`plain` and `html`: the text as each of the two tells it, a line as it was typed; "" where one does not."""

    headers: Part
    plain: str
    html: str

    def all(self, name: str) -> list[str]:
        return [str(value) for value in self.headers.get_all(name, [])]

    def one(self, name: str) -> str:
        """The first of that name; "" without one."""
        return next(iter(self.all(name)), "").strip()

    @property
    def sender(self) -> str:
        """The one address in the one From header, in lower case; "" where there are none or several of either."""
        given = self.all("From")
        pairs = getaddresses(given) if len(given) == 1 else []
        address = pairs[0][1].lower() if len(pairs) == 1 else ""
        # One reader takes the first of two addresses, another one the last: neither is proven by the other's verdict.
        plain = given[0].strip().lower() if address else ""
        bare = plain == address or plain.endswith(f"<{address}>")
        return address if bare and plain.count("<") <= 1 and address.count("@") == 1 else ""


def read(mime: bytes) -> Mail:
    """Raises Unreadable, and nothing else, whatever the bytes are."""
    try:
        message: Part = message_from_bytes(mime[:LARGEST], policy=Short())
        plain = "\n".join(_flowed(part) for part in _parts(message, "text/plain"))
        html = "\n".join(html_text.lines(_decoded(part)) for part in _parts(message, "text/html"))
        return Mail(message, plain, html)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError):
        raise Unreadable from None


def _parts(part: Part, kind: str) -> Iterator[Part]:
    """Of the mail itself: neither attachments nor mails within it."""
    if part.get_content_disposition() == "attachment":
        return
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        for inner in cast(list[Part], part.get_payload()):
            yield from _parts(inner, kind)
    elif part.get_content_type() == kind and not part.is_multipart():
        yield part


def _decoded(part: Part) -> str:
    raw = part.get_payload(decode=True)
    text = _text(raw if isinstance(raw, bytes) else b"", part.get_content_charset() or "")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text(raw: bytes, charset: str) -> str:
    """By the charset it names; else UTF-8 if it is that; else as most of the older programs wrote."""
    try:
        name = codecs.lookup(charset).name if charset.isascii() and charset.isprintable() else ""
    except LookupError:
        name = ""
    if name.replace("-", "_").startswith(tuple(CHARSETS)) and name != "ascii":
        return raw.decode(name, "replace")
    try:
        return raw.decode("utf-8")
    except ValueError:
        return raw.decode("cp1252", "replace")


def _flowed(part: Part) -> str:
    """Lines as they were typed (RFC 3676): a space at the end of a line says that the next one goes on."""
    text = _decoded(part)
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    space = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    typed: list[str] = []
    goes_on = ""
    for line in text.split("\n"):
        quoted, words = _quote_of(line)
        # The space that was put before somebody's own ">" stays: it tells it from a quote.
        words = words if words.startswith(" >") else words.removeprefix(" ")
        if goes_on == quoted and typed and typed[-1].endswith(SOFT):
            typed[-1] = typed[-1].removesuffix(SOFT) + words
        else:
            typed.append(f"{quoted} {words}" if quoted else words)
        goes_on = quoted
        if words.endswith(" ") and words != "-- ":
            typed[-1] = typed[-1][:-1] + space + SOFT
    return "\n".join(line.removesuffix(SOFT) for line in typed)


# Stands for the break that is none; no text that was decoded holds half a character.
SOFT = "\ud800"


def _quote_of(line: str) -> tuple[str, str]:
    words = line.lstrip(">")
    return line[: len(line) - len(words)], words
