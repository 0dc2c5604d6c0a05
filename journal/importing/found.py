"""What a reader finds in a file of another journal, before any of it is kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, Protocol


@dataclass(frozen=True)
class Page:
    """One entry. `left_out` names what comes with it and cannot be kept: keys of `journal.importing.reasons`."""

    # The source’s own id, else a digest of date and text that the reader makes: the same file twice has the same ids.
    source_id: str
    # The day as its writer saw it.
    local_date: date
    # Aware and in UTC, where the source knows the moment; the IANA zone by which the day was told, else "".
    at: datetime | None = None
    zone: str = ""
    # Of Entry.Kind, where the source says more than that something was written.
    kind: str = "note"
    # Plain text or Markdown; a title is its first line.
    text: str = ""
    tags: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    # Fields that are not known here, as they came: what JSON holds.
    meta: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Number:
    """One reading of a measure. A value that is a text is the name of a level, in the words of the source."""

    source_id: str
    measure: str
    local_date: date
    value: Decimal | str
    at: datetime | None = None
    zone: str = ""
    note: str = ""
    # Of Measure.Kind, where the source says it: yes_no number minutes scale.
    kind: str = ""
    # Of a level: which one, 1 (the hardest) to 5, where the source says it.
    level: int | None = None
    # One of five names that somebody gave themselves: which of the five it is nearest to can be asked.
    is_mood: bool = False
    left_out: tuple[str, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Skipped:
    """A row that cannot be kept: where it stands (its line, or its place in the file), and why."""

    where: str
    reason: str


@dataclass(frozen=True)
class Row:
    """A row of our own copy (docs/formats.md): the array it stands in, and its keys as they came."""

    noun: str
    told: Mapping[str, Any]


Found = Page | Number | Skipped | Row


class Unreadable(Exception):
    """Nothing can be taken from this file; `reason` is a key of `journal.importing.reasons`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Upload(Protocol):
    """The file as it was uploaded. Its name is somebody’s text: it is read for its ending, and kept nowhere."""

    @property
    def name(self) -> str: ...

    @property
    def size(self) -> int: ...

    def open(self) -> IO[bytes]:
        """From its beginning; it can be sought in. Whoever opens it closes it."""


class Reader(Protocol):
    """A generator: it holds a page at a time where the format allows it, and raises nothing but Unreadable."""

    def __call__(self, upload: Upload, /) -> Iterator[Found]: ...
