"""A notice to everybody here: one line on Today until its day is over, or until each has put it away.

It lies in a file (ONWARD_NOTICE_FILE), so that Today asks the database nothing while there is none.
"""

import hashlib
import json
import os
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from accounts.models import NoticeRead, User


@dataclass(frozen=True)
class Notice:
    """`until` is the last day on which it stands, by each reader's calendar."""

    text: str
    until: date | None

    @property
    def mark(self) -> str:
        """Other words are another notice, and stand again for whoever has put the former away."""
        return hashlib.sha256(f"{self.text}\n{self.until}".encode()).hexdigest()[:16]


def give(text: str, until: date | None) -> None:
    """Whole or not at all: whoever reads meanwhile finds the former or this one. Raises OSError."""
    path = Path(settings.ONWARD_NOTICE_FILE)
    lines = [f"text = {json.dumps(text, ensure_ascii=False)}", f"until = {until}" if until else ""]
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text("\n".join(lines) + "\n", "utf-8")
    fresh.replace(path)


def take_down() -> bool:
    path = Path(settings.ONWARD_NOTICE_FILE)
    there = path.exists()
    path.unlink(missing_ok=True)
    return there


def stands(user: User, today: date) -> Notice | None:
    """For this person, who may have put it away."""
    notice = current()
    if notice is None or (notice.until and today > notice.until):
        return None
    return None if NoticeRead.objects.filter(owner=user, mark=notice.mark).exists() else notice


def current() -> Notice | None:
    """Whatever its day. A file that cannot be read is no notice: Today stands in any case."""
    path = Path(settings.ONWARD_NOTICE_FILE)
    try:
        state = path.stat()
    except OSError:
        return None
    return _as_of(path, state.st_mtime_ns, state.st_ino)


@lru_cache(maxsize=2)
def _as_of(path: Path, changed: int, file: int) -> Notice | None:
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    text, until = told.get("text"), told.get("until")
    if not isinstance(text, str) or not text.strip():
        return None
    return Notice(" ".join(text.split()), until if type(until) is date else None)
