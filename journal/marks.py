"""As much of a text as stands among others, with what was searched for marked in it."""

import unicodedata
from collections.abc import Iterator
from html import escape

from django.utils.safestring import SafeString
from django.utils.text import Truncator

from journal import folding
from journal.models.told import OPENING

# So much stands before the first mark, where that comes too late for the beginning of the text.
BEFORE = 200
CUT = "…"


def opening(text: str) -> str:
    return text[:OPENING]


def shortened(text: str, most: int) -> str:
    """As truncatechars says it, which looks at each letter even of a text that is short."""
    text = unicodedata.normalize("NFC", text)
    return text if len(text) <= most else str(Truncator(text).chars(most))


def marked(text: str, terms: tuple[str, ...]) -> str:
    """HTML: each piece escaped, folded `terms` within <mark>, and the text itself unchanged but for where it is cut.
    A text without any of them is its opening."""
    spans = folding.places(text, terms)
    if not spans:
        return opening(text)
    start = _start(text, spans[0])
    end = start + OPENING
    pieces = _pieces(text[start:end], [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end])
    return SafeString((CUT if start else "") + "".join(pieces))


def _start(text: str, first: tuple[int, int]) -> int:
    """The beginning, if the first mark stands there; else the beginning of a word a little before that mark."""
    if first[1] <= OPENING:
        return 0
    start = max(first[0] - BEFORE, 0)
    space = text.find(" ", start, first[0])
    return space + 1 if space >= 0 else start


def _pieces(text: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    """Of HTML."""
    done = 0
    for start, end in spans:
        yield f"{escape(text[done:start])}<mark>{escape(text[start:end])}</mark>"
        done = end
    yield escape(text[done:])
