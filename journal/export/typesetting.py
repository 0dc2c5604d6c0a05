"""Turning what a book says into a PDF. Its texts go to the compiler as data, never as a part of its source."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from journal.export import faces, typesetter

PROGRAM = Path(typesetter.__file__)
PATIENCE = 150  # seconds
# A book takes a processor and some hundred megabytes for as long as it is made; whoever comes third waits a moment.
AT_ONCE = BoundedSemaphore(2)


class NotMade(Exception):
    """The book could not be made. It says nothing of its words."""


class TooLong(NotMade):
    """It takes more pages than were asked for."""


def typeset(source: str, book: dict[str, Any], now: datetime, most: int | None = None) -> bytes:
    """PDF/UA, which the compiler refuses where a sign would be drawn as an empty box; what it refuses although the
    faces have it is made as a tagged PDF without that promise. `most`: so many pages, counted by the source as
    `<pages>`. Raises NotMade, TooLong."""
    asked = {"source": source, "book": json.dumps(book, ensure_ascii=False), "made": int(now.timestamp())}
    asked |= {"fonts": [str(folder) for folder in faces.folders()], "most": most}
    with AT_ONCE:
        code, pdf = _run(asked | {"standards": ["ua-1"]})
        if code == typesetter.UNDRAWN:
            code, pdf = _run(asked | {"standards": []})
    if code:
        raise TooLong if code == typesetter.TOO_LONG else NotMade(f"code {code}")
    return pdf


def _run(asked: dict[str, Any]) -> tuple[int, bytes]:
    words = [sys.executable, "-I", str(PROGRAM)]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    try:
        # Nothing of ours goes along: the environment has secrets, and the compiler reads what others wrote.
        done = subprocess.run(words, input=json.dumps(asked).encode(), env={}, timeout=PATIENCE, **pipes)
    except subprocess.TimeoutExpired as late:
        raise NotMade("it took too long") from late
    return done.returncode, done.stdout
