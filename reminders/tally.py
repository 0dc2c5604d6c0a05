"""What became of the letters of one pass, counted where it happens and said in one line at its end."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_counts: ContextVar[Counter[str] | None] = ContextVar("counts", default=None)


@contextmanager
def counted() -> Iterator[Counter[str]]:
    counts = Counter[str]()
    token = _counts.set(counts)
    try:
        yield counts
    finally:
        _counts.reset(token)


def note(what: str, number: int = 1) -> None:
    """Nothing where nobody counts."""
    counts = _counts.get()
    if counts is not None and number:
        counts[what] += number
