"""What the web processes of this machine have counted since their start, added together (docs/decisions/0030).

The memory is made as this module is loaded, which is before the processes are forked (config.web): all of them see it.
Each counts in a block of its own, and a process that takes the place of a dead one goes on in its block, so that no
figure ever falls while the web runs. One that is started by itself sees only what it counted.
"""

import fcntl
import mmap
import os
import tempfile
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from threading import Lock
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

# Seconds; the last bucket has no bound.
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
CLASSES = ("2xx", "3xx", "4xx", "5xx")
LEVELS = {"WARNING": 1, "ERROR": 2, "CRITICAL": 3}
# Requests that no view answers.
STATIC, NOWHERE, OTHER = "static", "nowhere", "other"
BUCKETS = len(CLASSES)
SECONDS = BUCKETS + len(BOUNDS) + 1
QUESTIONS, ASKED = SECONDS + 1, SECONDS + 2
WIDTH = ASKED + 1
# A block: its process, lines of the log by level, then a row for each view.
HEAD, ROWS, BLOCKS = 4, 600, 16
BLOCK = HEAD + ROWS * WIDTH


class Counted(NamedTuple):
    """Of one view. `buckets` are not yet added up; `asked`: seconds that its questions to the database took."""

    classes: list[int]
    buckets: list[int]
    seconds: float
    questions: int
    asked: float


def _memory() -> tuple[int, Any]:
    """A file that has no name and, on Linux, lies on no disk."""
    if hasattr(os, "memfd_create"):
        number = os.memfd_create("tally")
    else:
        with tempfile.TemporaryFile() as file:
            number = os.dup(file.fileno())
    os.ftruncate(number, BLOCKS * BLOCK * 8)
    return number, memoryview(mmap.mmap(number, BLOCKS * BLOCK * 8)).cast("d")


_file, _cells = _memory()
_lock = Lock()
_mine: int | None = None


def answered(view: str, status: int, seconds: float, questions: int, asked: float) -> None:
    """One more request. `seconds` until the first byte of its answer could leave."""
    row = _row(view)
    with _lock:
        at = row + (_block() if _mine is None else _mine)
        _cells[at + min(max(status // 100, 2), 5) - 2] += 1
        _cells[at + BUCKETS + bisect_left(BOUNDS, seconds)] += 1
        _cells[at + SECONDS] += seconds
        _cells[at + QUESTIONS] += questions
        _cells[at + ASKED] += asked


def line(level: str) -> None:
    """One more line of the log; those that are merely told count for nothing."""
    if level in LEVELS:
        with _lock:
            _cells[(_block() if _mine is None else _mine) + LEVELS[level]] += 1


def views() -> Iterator[tuple[str, Counted]]:
    """All processes together; of views that were asked for."""
    for name in (*_rows(), OTHER):
        cells = [sum(column) for column in zip(*_of_all(_row(name), WIDTH), strict=True)]
        if any(cells[:BUCKETS]):
            whole = [int(cell) for cell in cells[:SECONDS]]
            yield name, Counted(whole[:BUCKETS], whole[BUCKETS:], cells[SECONDS], int(cells[QUESTIONS]), cells[ASKED])


def lines() -> dict[str, int]:
    return {level.lower(): int(sum(cell for [cell] in _of_all(at, 1))) for level, at in LEVELS.items()}


def processes() -> int:
    return sum(_lives(int(pid)) for [pid] in _of_all(0, 1))


def apart() -> None:
    """For a fork that answers nothing: it is none of the web's, and neither are its lines."""
    global _file, _cells
    _file, _cells = _memory()


def _of_all(at: int, width: int) -> Iterator[list[float]]:
    for block in range(0, BLOCKS * BLOCK, BLOCK):
        yield _cells[block + at : block + at + width].tolist()


@cache
def _rows() -> dict[str, int]:
    """The same in every process: names in the order of the alphabet."""
    names = sorted(set(_names(get_resolver(), "")))
    return {name: HEAD + at * WIDTH for at, name in enumerate([STATIC, NOWHERE, *names][: ROWS - 1])}


def _names(resolver: Any, space: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}{pattern.name}"


def _row(view: str) -> int:
    return _rows().get(view, HEAD + (ROWS - 1) * WIDTH)


def _block() -> int:
    """The first that nobody uses. Where there is none the last one is shared: of two at once, one may go uncounted."""
    global _mine
    fcntl.lockf(_file, fcntl.LOCK_EX)
    try:
        blocks = range(0, BLOCKS * BLOCK, BLOCK)
        _mine = next((at for at in blocks if not _lives(int(_cells[at]))), blocks[-1])
        _cells[_mine] = os.getpid()
    finally:
        fcntl.lockf(_file, fcntl.LOCK_UN)
    return _mine


def _lives(pid: int) -> bool:
    """One that ended and that nobody has buried yet counts as alive: its block is taken a little later. Where somebody
    else's process has its number by now, it is gone: ours all run as one user."""
    with suppress(ProcessLookupError, PermissionError):
        if pid:
            os.kill(pid, 0)
            return True
    return False


def _forked() -> None:
    global _mine, _lock
    _mine, _lock = None, Lock()


os.register_at_fork(after_in_child=_forked)
