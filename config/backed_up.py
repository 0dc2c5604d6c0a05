"""When a backup was last made, as far as this place knows: by files in ONWARD_HOME/backed-up/, one for each part.

Their time says when, and nothing is in them. Whatever makes backups in another way says so with `touch`.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

PLAIN = "-_"


def note(part: str, now: datetime) -> None:
    """Raises OSError where the folder cannot be written to."""
    _folder().mkdir(exist_ok=True, mode=0o700)
    mark = _folder() / part
    mark.touch(mode=0o600)
    os.utime(mark, (now.timestamp(), now.timestamp()))


def last() -> dict[str, datetime]:
    """By part, in the order of their names. A name that is no single word is none of a part."""
    found = sorted(_folder().iterdir()) if _folder().is_dir() else []
    marks = [mark for mark in found if "".join(sign for sign in mark.name if sign not in PLAIN).isalnum()]
    return {mark.name: datetime.fromtimestamp(mark.stat().st_mtime, UTC) for mark in marks}


def _folder() -> Path:
    return Path(settings.ONWARD_HOME) / "backed-up"
