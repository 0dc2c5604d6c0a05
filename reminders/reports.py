"""A mail that came back, read: what its report says, and nothing else of it (RFC 3464, RFC 6522; complaints: RFC 5965).

Besides that standard two older shapes are read: Exim's and Gmail's mails that only name X-Failed-Recipients, and
qmail's (cr.yp.to/proto/qsbmf.txt). Everything else that lands at a return address is passed over: out-of-office notes,
read receipts, people.
"""

import logging
import re
from collections.abc import Iterator
from email import message_from_bytes, message_from_string
from email.message import Message
from typing import Any

from reminders import refusals
from reminders.refusals import Refusal

log = logging.getLogger(__name__)

MOST = 1024 * 1024  # bytes; the report stands before the copy of the letter
DEEP, FEW = 5, 50
LEFT = {"delivered", "relayed", "expanded"}
QMAIL = "Hi. This is the "
HEAD = "text/rfc822-headers"
COPY = re.compile(r"^-{2,}", re.M)
ORDER = [None, refusals.SOFT, refusals.HARD]
# What a reader says by pressing "spam" or "phishing". "not-spam" is the reverse; the others speak of us.
UNWANTED = {"abuse", "fraud"}


def failure(mime: bytes) -> Refusal | None:
    """Why the letter could not be left; None where it was, or may still be, or where this is no report."""
    try:
        message = message_from_bytes(mime[:MOST])
        return _reported(message) if (blocks := _blocks(message)) is None else _mildest(blocks)
    except Exception as error:
        # Anybody can write anything; the standard library breaks on some of it.
        log.info("A mail that came back could not be read: %s.", type(error).__name__)
        return None


def complaint(mime: bytes) -> str | None:
    """Where the letter that its reader did not want came from: the senders of its envelope that the report names.

    None where it is no complaint.
    """
    try:
        parts = list(_parts(message_from_bytes(mime[:MOST])))
        fields = [block for part in parts for block in _enclosed(part, "message/feedback-report")]
        if not any(_word(block, "Feedback-Type").lower() in UNWANTED for block in fields):
            return None
        return " ".join(_senders(parts, fields))
    except Exception as error:
        log.info("A complaint could not be read: %s.", type(error).__name__)
        return None


# By the standard


def _blocks(message: Any) -> list[Any] | None:
    """What is said of each recipient; None where there is no such report."""
    reports = [part for part in _parts(message) if part.get_content_type() == "message/delivery-status"]
    if not reports:
        return None
    said = [block for part in reports for block in part.get_payload() if isinstance(block, Message)]
    return [block for block in said if "Action" in block or "Status" in block][:FEW]


def _parts(message: Any, depth: int = 0) -> Iterator[Any]:
    """Not those of the letter that is sent along."""
    yield message
    if message.get_content_maintype() == "multipart" and message.is_multipart() and depth < DEEP:
        for part in message.get_payload():
            yield from _parts(part, depth + 1)


def _mildest(blocks: list[Any]) -> Refusal | None:
    """An address may lead on to several: where one took the letter it arrived, and else the mildest reason stands."""
    failed = []
    for block in blocks:
        action, status = _word(block, "Action").lower(), _word(block, "Status")
        if action in LEFT or status.startswith("2"):
            return None
        if action == "failed" or (not action and status.startswith("5")):
            failed.append(refusals.reported(status, str(block.get("Diagnostic-Code", ""))))
    return min(failed, key=lambda refusal: ORDER.index(refusal.kind), default=None)


def _senders(parts: list[Any], fields: list[Any]) -> Iterator[str]:
    """In the report's own field, and where the reader's server noted it: on the letter that is sent along, or on its
    head alone."""
    for block in fields[:FEW]:
        yield str(block.get("Original-Mail-From", ""))
    for part in parts[:FEW]:
        heads = [message_from_string(part.get_payload())] if part.get_content_type() == HEAD else []
        for letter in [*_enclosed(part, "message/rfc822"), *heads]:
            yield str(letter.get("Return-Path", ""))


def _enclosed(part: Any, kind: str) -> list[Any]:
    """The standard library reads whatever is message/… as a mail of its own: so it does the fields of a report."""
    payload = part.get_payload() if part.get_content_type() == kind else None
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []


def _word(block: Any, name: str) -> str:
    return str(block.get(name, "")).strip().partition(" ")[0]


# By custom


def _reported(message: Any) -> Refusal | None:
    text = _first_text(message)
    if message.get("X-Failed-Recipients") or text.startswith(QMAIL):
        return refusals.reported("", COPY.split(text)[0])
    return None


def _first_text(message: Any) -> str:
    for part in _parts(message):
        if part.get_content_type() == "text/plain" and not part.is_multipart():
            return bytes(part.get_payload(decode=True)).decode("latin-1").lstrip()
    return ""
