"""JSON read as a stream: one row of it is in memory at a time, whatever the file is."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from accounts.fields import HALVES
from journal.importing.found import Unreadable
from journal.importing.readers.opened import File
from journal.importing.readers.text import LINE, pieces

# Where a value stands: the keys that lead there, "*" for whichever place in an array.
Path = tuple[str, ...]
DEEPEST = 60
SPACE = re.compile(r"[ \t\n\r\ufeff]*")
# Half a character, as JSON can spell it.
HALF = re.compile(r"\\u[dD][89a-fA-F]")


def rows(file: File, into: Callable[[Path], bool]) -> Iterator[tuple[Path, Any]]:
    """Every value at which `into` says no, with its path; those at which it says yes are gone into where they can be,
    and told themselves only where they are empty.

    Raises Unreadable for what is no JSON or breaks off, and for what nests as no journal does.
    """
    stream = Stream(pieces(file))
    if stream.next() not in ("{", "["):
        raise Unreadable("other_format")
    for read, told in enumerate(_within(stream, (), into), 1):
        file.budget.values.spend(file.name, read)
        yield told
    if stream.next():
        raise Unreadable("damaged")


def _within(stream: "Stream", path: Path, into: Callable[[Path], bool]) -> Iterator[tuple[Path, Any]]:
    opening = stream.next()
    if opening not in ("{", "[") or len(path) > DEEPEST or not into(path):
        yield path, stream.value()
        return
    stream.at += 1
    closing = "}" if opening == "{" else "]"
    if stream.next() == closing:
        yield path, {} if opening == "{" else []
    while stream.next() != closing:
        key = _key(stream) if opening == "{" else "*"
        yield from _within(stream, (*path, key), into)
        if stream.next() == ",":
            stream.at += 1
        elif stream.next() != closing:
            raise Unreadable("damaged")
    stream.at += 1


def _key(stream: "Stream") -> str:
    key = stream.value() if stream.next() == '"' else None
    if not isinstance(key, str) or stream.next() != ":":
        raise Unreadable("damaged")
    stream.at += 1
    return key


def _number(digits: str) -> int | str:
    """A figure that is longer than any is kept as it is written."""
    return int(digits) if len(digits) < 20 else digits


def _fraction(digits: str) -> float | None:
    number = float(digits)
    return None if number in (float("inf"), float("-inf")) else number


def _nothing(name: str) -> None:
    """NaN and Infinity, which JSON does not have."""


class Stream:
    DECODER = json.JSONDecoder(strict=False, parse_int=_number, parse_float=_fraction, parse_constant=_nothing)

    def __init__(self, pieces: Iterator[str]) -> None:
        self.pieces, self.held, self.at, self.ended = pieces, "", 0, False

    def next(self) -> str:
        """The next character that is no white space; "" at the end."""
        while True:
            found = SPACE.match(self.held, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.held):
                return self.held[self.at]
            if self.ended:
                return ""
            self._more(1)

    def value(self) -> Any:
        """The whole value that begins here."""
        self.next()
        while True:
            try:
                value, end = self.DECODER.raw_decode(self.held, self.at)
                # A number may go on in the next piece.
                if end < len(self.held) or self.ended:
                    return self._taken(value, end)
            except RecursionError:
                raise Unreadable("too_deep") from None
            except json.JSONDecodeError as error:
                if self.ended or not self._breaks_off(error):
                    raise Unreadable("damaged") from None
            if len(self.held) - self.at > LINE:
                raise Unreadable("long_line")
            self._more(max(1, len(self.held) - self.at))

    def _breaks_off(self, error: json.JSONDecodeError) -> bool:
        """Rather than being wrong: more of it may mend that."""
        return error.msg.startswith("Unterminated string") or error.pos > len(self.held) - len("-Infinity")

    def _taken(self, value: Any, end: int) -> Any:
        written = self.held[self.at : end]
        self.at = end
        if written.count("[") + written.count("{") > DEEPEST and _is_deep(value):
            raise Unreadable("too_deep")
        return whole(value) if HALF.search(written) else value

    def _more(self, least: int) -> None:
        """At least so many characters, where there are any: a long value is not read anew with every piece."""
        fresh, length = [self.held[self.at :]], 0
        while length < least and not self.ended:
            piece = next(self.pieces, None)
            self.ended = piece is None
            fresh.append(piece or "")
            length += len(piece or "")
        self.held, self.at = "".join(fresh), 0


def _is_deep(value: Any) -> bool:
    level = [value]
    for _depth in range(DEEPEST):
        level = [inner for one in level if isinstance(one, dict | list) for inner in _inside(one)]
        if not level:
            return False
    return True


def _inside(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value
    return [one for one in inner if isinstance(one, dict | list)]


def whole(value: Any) -> Any:
    """Without halves of characters, wherever in it they stand."""
    written = json.dumps(value, ensure_ascii=False)
    return json.loads(HALVES.sub("\ufffd", written)) if HALVES.search(written) else value
