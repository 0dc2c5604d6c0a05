"""Giving a letter to the mail server, and sorting what becomes of it (RELIABILITY: at most once).

SMTP has no way to ask "did you take it?". What certainly was not taken may be tried again; what may have been, never.
"""

import logging
import re
import signal
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from functools import lru_cache
from smtplib import quoteaddr
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from accounts.mail import Filled, Skeleton
from reminders import refusals
from reminders.refusals import Refusal

# To the sender, to the reader, and to the word that the data come.
GOOD, TO_READER = [(250, 251), (250, 251), (354,)], 1
LEADING_DOT = re.compile(rb"^\.", re.M)

log = logging.getLogger(__name__)

Answer = tuple[int, bytes]
Says = Callable[[int, str], Refusal]


class Fate(Enum):
    TAKEN = "taken"
    LATER = "later"  # certainly not taken; another time it may be
    REFUSED = "refused"  # certainly not taken, and never will be
    UNSURE = "unsure"


class Post:
    """One connection for as many letters as it lives, opened for the first of them; one recipient a letter."""

    def __init__(self) -> None:
        self._line: Any = None
        # Why the last letter was refused, or put off.
        self.refusal: Refusal | None = None

    def __enter__(self) -> "Post":
        return self

    def __exit__(self, *error: object) -> None:
        self._hang_up()

    @property
    def is_open(self) -> bool:
        return self._line is not None

    def opens(self) -> bool:
        """True where a letter can be handed over now; nothing is given away by asking."""
        if self.is_open:
            return True
        line = get_connection()
        try:
            line.open()
            if isinstance(line, EmailBackend) and line.connection:
                line.connection.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as error:
            log.warning("The mail server does not answer: %s.", type(error).__name__)
            return False
        self._line = line
        return True

    def hand_over(self, message: EmailMessage) -> Fate:
        """One letter over the open connection, which is given up where it broke."""
        self.refusal = None
        smtp = getattr(self._line, "connection", None)
        if not isinstance(smtp, smtplib.SMTP):
            return self._put_down(message)
        fate, self.refusal = _spoken(smtp, message)
        if fate is not Fate.TAKEN:
            self._begin_anew()
        return fate

    def _put_down(self, message: EmailMessage) -> Fate:
        """The outbox: a file is whole or not there. There is no third way: EMAIL_URL names SMTP alone."""
        try:
            self._line.send_messages([message])
        except OSError as error:
            log.warning("The outbox does not take a letter: %s.", type(error).__name__)
            return Fate.LATER
        return Fate.TAKEN

    def _begin_anew(self) -> None:
        try:
            self._line.connection.rset()
        except (OSError, smtplib.SMTPException):
            self._hang_up()

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            with suppress(OSError, smtplib.SMTPException):
                line.close()


def _spoken(smtp: smtplib.SMTP, message: EmailMessage) -> tuple[Fate, Refusal | None]:
    """The steps of smtplib's sendmail, taken one by one: until the data begin nothing can have been taken."""
    try:
        mail = _wire(message)
        [to] = message.recipients()
        recipient = to if Skeleton.takes(to) else sanitize_address(to, "utf-8")
        sender, named = _sender(message.from_email), _named_at_once if smtp.has_extn("pipelining") else _named
        for step, (code, words) in enumerate(named(smtp, sender, recipient, _options(smtp, mail))):
            if code not in GOOD[step]:
                return _refused(code, words, refusals.at_recipient if step == TO_READER else None)
    except (OSError, smtplib.SMTPException):
        return Fate.LATER, None
    except ValueError:
        # An address that no header and no server takes.
        return Fate.REFUSED, None
    return _given(smtp, mail)


def _named(smtp: smtplib.SMTP, sender: str, recipient: str, options: list[str]) -> Iterator[Answer]:
    """What the server says to each step, up to the word that the data may begin."""
    yield smtp.mail(sender, options)
    yield smtp.rcpt(recipient)
    yield smtp.docmd("data")


def _named_at_once(smtp: smtplib.SMTP, sender: str, recipient: str, options: list[str]) -> list[Answer]:
    """The same in one round trip (RFC 2920), every answer read before anything is decided.

    A server that refused the reader and would take the data all the same gets none: the line ends there.
    """
    words = [f"mail FROM:{quoteaddr(sender)} {' '.join(options)}".strip(), f"rcpt TO:{quoteaddr(recipient)}", "data"]
    if any(end in word for word in words for end in "\r\n"):
        raise ValueError("An address of two lines.")
    smtp.send("".join(f"{word}\r\n" for word in words))
    answers = [smtp.getreply() for _ in words]
    if answers[2][0] == 354 and not all(code in good for (code, _), good in zip(answers, GOOD, strict=True)):
        smtp.close()
    return answers


def _given(smtp: smtplib.SMTP, mail: bytes) -> tuple[Fate, Refusal | None]:
    """The letter itself, ended by a dot; from here on it may have been taken."""
    try:
        smtp.send(LEADING_DOT.sub(b"..", mail) + b".\r\n")
        code, words = smtp.getreply()
    except (OSError, smtplib.SMTPException):
        return Fate.UNSURE, None
    return (Fate.TAKEN, None) if code == 250 else _refused(code, words, refusals.at_data, Fate.UNSURE)


def _refused(code: int, words: bytes, says: Says | None, odd: Fate = Fate.LATER) -> tuple[Fate, Refusal | None]:
    """Without `says` it is about us, whatever the server says."""
    fate = _sorted(code, odd)
    return fate, says(code, words.decode("latin-1")) if says and fate in (Fate.REFUSED, Fate.LATER) else None


@lru_cache(maxsize=16)
def _sender(address: str) -> str:
    return str(sanitize_address(address, "utf-8"))


def _wire(message: EmailMessage) -> bytes:
    """Lines that end in CRLF, the last one too."""
    if isinstance(message, Filled):
        return message.wire
    return message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]


def _options(smtp: smtplib.SMTP, mail: bytes) -> list[str]:
    return [f"size={len(mail)}"] if smtp.has_extn("size") else []


def _sorted(code: int, odd: Fate) -> Fate:
    return {4: Fate.LATER, 5: Fate.REFUSED}.get(code // 100, odd)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Being asked to end waits until the letter in hand is marked."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
