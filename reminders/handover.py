"""Giving a letter to the mail server, and sorting what becomes of it (RELIABILITY: at most once).

SMTP has no way to ask "did you take it?". What certainly was not taken may be tried again; what may have been, never.
"""

import logging
import signal
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from functools import lru_cache
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from accounts.mail import Filled, Skeleton
from reminders import refusals
from reminders.refusals import Refusal

log = logging.getLogger(__name__)

GOES_ON = (250, 251)
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
        # Why the last letter was refused.
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
        """The outbox: a file is whole or not there."""
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
        code, _ = smtp.mail(_sender(message.from_email), _options(smtp, mail))
        if code not in GOES_ON:
            return _sorted(code, Fate.LATER), None
        code, words = smtp.rcpt(recipient)
        if code not in GOES_ON:
            return _refused(code, words, refusals.at_recipient)
    except (OSError, smtplib.SMTPException):
        return Fate.LATER, None
    except ValueError:
        # An address that no header and no server takes.
        return Fate.REFUSED, None
    return _given(smtp, mail)


def _given(smtp: smtplib.SMTP, mail: bytes) -> tuple[Fate, Refusal | None]:
    try:
        code, words = smtp.data(mail)
    except smtplib.SMTPDataError as error:
        return _sorted(error.smtp_code, Fate.LATER), None
    except (OSError, smtplib.SMTPException):
        return Fate.UNSURE, None
    return (Fate.TAKEN, None) if code == 250 else _refused(code, words, refusals.at_data, Fate.UNSURE)


def _refused(code: int, words: bytes, says: Says, odd: Fate = Fate.LATER) -> tuple[Fate, Refusal | None]:
    fate = _sorted(code, odd)
    return fate, says(code, words.decode("latin-1")) if fate is Fate.REFUSED else None


@lru_cache(maxsize=16)
def _sender(address: str) -> str:
    return str(sanitize_address(address, "utf-8"))


def _wire(message: EmailMessage) -> bytes:
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
