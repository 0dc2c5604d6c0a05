"""Our own copy, “Everything”: read as a stream, a row at a time (docs/formats.md)."""

import codecs
from collections.abc import Iterator
from contextlib import closing
from typing import IO, Any

import ijson

from journal.export.everything import NOUNS, VERSION
from journal.importing.found import Found, Row, Skipped, Unreadable, Upload

# How deep a row of ours goes is three; how many parts it has, a few hundred with many earlier wordings.
DEEPEST, MOST_PARTS = 12, 200_000
Event = tuple[str, Any]
# A row of ours has a hundred bytes and more. Of what is shorter, and of what is none, there are no more than this: each
# is looked at, and a file of three bytes apiece would keep a pass busy for minutes.
SHORTEST, MOST_SHORT = 100, 1000
# Bytes between two quotes: as many as a form of ours takes, each of them escaped.
LONGEST_TEXT = 16 * 1024 * 1024
BACKSLASH = ord("\\")
OPENS, CLOSES = ("start_map", "start_array"), ("end_map", "end_array")
HEAD = ("format", "version", "person")
# What follows the rows and is none.
UNOPENED = "unopened"


def read(upload: Upload) -> Iterator[Found]:
    """The person first, then every row in the order of the file; what could not be opened even there is passed over."""
    with closing(upload.open()) as file:
        if file.read(3) != codecs.BOM_UTF8:
            file.seek(0)
        try:
            yield from _checked(_few(_told(Spoken(file)), MOST_SHORT + upload.size // SHORTEST))
        except (ijson.JSONError, ValueError, OverflowError):
            raise Unreadable("damaged") from None


def _checked(told: Iterator[tuple[str, Any]]) -> Iterator[Found]:
    """It says what it is before the first row. Raises Unreadable."""
    head: dict[str, Any] = {}
    begun = -1
    order = {noun: number for number, noun in enumerate(NOUNS)}
    for name, value in told:
        if begun < 0 and not isinstance(value, _Row):
            head |= {name: value} if name in HEAD else {}
            continue
        if begun < 0:
            _refuse_other(head)
            yield Row("person", head["person"] if isinstance(head.get("person"), dict) else {})
            begun = 0
        if isinstance(value, _Row) and isinstance(value.told, dict):
            if order.get(name, begun) < begun:
                raise Unreadable("other_order")
            begun = order.get(name, begun)
            yield Skipped(f"{value.told.get('noun')}", UNOPENED) if name == UNOPENED else Row(name, value.told)
    if begun < 0:
        _refuse_other(head)
        yield Row("person", head["person"] if isinstance(head.get("person"), dict) else {})


def _refuse_other(head: dict[str, Any]) -> None:
    if head.get("format") != "onward":
        raise Unreadable("other_format")
    version = head.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise Unreadable("damaged")
    if version > VERSION:
        raise Unreadable("newer")


def _few(told: Iterator[tuple[str, Any]], most: int) -> Iterator[tuple[str, Any]]:
    for number, one in enumerate(told):
        if number >= most:
            raise Unreadable("damaged")
        yield one


class Spoken:
    """The file under the stream, which holds a text without end as a whole, and looks at all of it with every piece."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.held, self.last = file, 0, b""

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        seen, self.last = self.last + piece, piece[-1:]
        quote = seen.rfind(b'"')
        while quote > 0 and seen[quote - 1] == BACKSLASH:
            quote = seen.rfind(b'"', 0, quote)
        self.held = len(seen) - quote if quote >= 0 else self.held + len(piece)
        if self.held > LONGEST_TEXT:
            raise Unreadable("long_line")
        return piece


class _Row:
    """An element of an array of the first level."""

    def __init__(self, told: Any) -> None:
        self.told = told


def _told(file: Spoken) -> Iterator[tuple[str, Any]]:
    events = iter(ijson.basic_parse(file))
    if next(events, ("", None))[0] != "start_map":
        raise Unreadable("other_format")
    for event, name in events:
        if event != "map_key":
            continue
        event, value = next(events)
        if event != "start_array":
            yield name, _built(event, value, events)
            continue
        for event, value in events:
            if event == "end_array":
                break
            yield name, _Row(_built(event, value, events))


def _built(event: str, value: Any, events: Iterator[Event]) -> Any:
    """The value that begins with this event. Raises Unreadable where it is deeper or longer than any of ours."""
    builder: Any = ijson.ObjectBuilder()
    depth = 0
    for _number in range(MOST_PARTS):
        builder.event(event, value)
        depth += (event in OPENS) - (event in CLOSES)
        if depth > DEEPEST:
            break
        if depth == 0:
            return builder.value
        event, value = next(events)
    raise Unreadable("damaged")
