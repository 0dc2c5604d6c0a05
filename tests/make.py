"""Builders of what a test needs, with words that would be noticed where they leak."""

from datetime import UTC, date, datetime
from typing import Any

from accounts.models import User
from journal.models import Entry

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def entry(owner: User, body: str = "Opened the letter from the bank.", *, on: date | None = None, now: datetime = NOON, **words: Any) -> Entry:
    words.setdefault("kind", Entry.Kind.WIN)
    if on:
        words["local_date"] = on
    return Entry.keep(owner, now, body=body, **words)


def setback(owner: User, body: str = "The sauce split in the middle of service.", **words: Any) -> Entry:
    return entry(owner, body, kind=Entry.Kind.SETBACK, **words)
