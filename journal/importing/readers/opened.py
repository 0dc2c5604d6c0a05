"""Opens what was uploaded without trusting a byte of it: a ZIP, or one file alone, both as a folder of files.

    upload      at most 20 MiB
    unpacked    at most 100 MiB, and at most 100 times the upload (1 MiB is always free), counted while it is read
    files       at most 100 of those that a reader asks for, where a format has a fixed few; a format with a file for
                each entry (Journey, Markdown, text) has as many as it may have rows
    lines       at most a million, of whatever is read line by line
    rows        at most 10,000 pages, and 10,000 readings (journal/importing/readers/reading.py)

Photos, recordings and whatever else no reader asks for are listed by name and never unpacked.
"""

import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from journal.importing.found import Unreadable, Upload

MIB = 1024 * 1024
UPLOAD, UNPACKED, FREE, RATIO, FILES, LINES, ROWS = 20 * MIB, 100 * MIB, MIB, 100, 100, 1_000_000, 10_000
# Cells of tables; their rows, values of JSON and days of a text, each of which is looked at.
CELLS, VALUES = 1_000_000, 100_000
PIECE = 64 * 1024
# The list of names at the end of a ZIP is read at once: some 20,000 names are 2 MiB.
LISTED = 2 * MIB
# What systems add to a ZIP by themselves.
OF_SYSTEMS = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
PACKED = (".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar", ".zst")
# How packed files begin that are no ZIP.
OTHER_PACKED = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
BROKEN = (BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class File:
    """`name` as it stands in the ZIP, with slashes; of a file that came alone its own."""

    name: str
    begin: Callable[[], IO[bytes]]
    budget: "Budget"

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem

    def pieces(self) -> Iterator[bytes]:
        """From its beginning. The first reading counts; raises Unreadable for what breaks off or is too much."""
        read = 0
        try:
            with self.begin() as stream:
                while piece := stream.read(PIECE):
                    read += len(piece)
                    self.budget.bytes.spend(self.name, read)
                    yield piece
        except BROKEN as broken:
            raise Unreadable("damaged") from broken


class Budget:
    """How much may be unpacked of one upload, and in how many parts. A file that is read twice is counted once."""

    def __init__(self, most: int) -> None:
        self.bytes, self.lines = Purse(most, "unpacks_too_large"), Purse(LINES, "too_many_lines")
        self.cells, self.values = Purse(CELLS, "too_many_lines"), Purse(VALUES, "too_many_rows")


class Purse:
    def __init__(self, most: int, reason: str) -> None:
        self.left, self.reason, self.spent = most, reason, dict[str, int]()

    def spend(self, name: str, upto: int) -> None:
        """So much of that file in all; raises Unreadable where that is too much."""
        fresh = max(0, upto - self.spent.get(name, 0))
        self.spent[name] = self.spent.get(name, 0) + fresh
        self.left -= fresh
        if self.left < 0:
            raise Unreadable(self.reason)


@dataclass(frozen=True)
class Folder:
    is_zip: bool
    listed: tuple[File, ...]

    def files(self, *endings: str, most: int = FILES) -> list[File]:
        """Those whose names end so, in the order of the ZIP. A file that came alone is taken whatever its name is.

        Raises Unreadable where there is none: then it was no such journal.
        """
        found = [one for one in self.listed if not self.is_zip or one.name.lower().endswith(endings)]
        if not found:
            raise Unreadable("other_format")
        if len(found) > most:
            raise Unreadable("too_many_files")
        return found

    def named(self, name: str) -> File | None:
        """The first file of this name, in whatever folder."""
        return next((one for one in self.listed if PurePosixPath(one.name).name.lower() == name.lower()), None)


@contextmanager
def opened(upload: Upload) -> Iterator[Folder]:
    """Raises Unreadable where it is no ZIP and no file that could be text."""
    if not upload.size:
        raise Unreadable("empty")
    if upload.size > UPLOAD:
        raise Unreadable("too_large")
    budget = Budget(min(UNPACKED, max(FREE, RATIO * upload.size)))
    with upload.open() as stream:
        head = stream.read(8)
        stream.seek(0)
        if head.startswith(OTHER_PACKED):
            raise Unreadable("packed_otherwise")
        if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            yield Folder(False, (File(upload.name, upload.open, budget),))
            return
        with _archive(stream) as archive:
            yield Folder(True, tuple(_listed(archive, budget)))


@contextmanager
def _archive(stream: IO[bytes]) -> Iterator[ZipFile]:
    try:
        archive = ZipFile(cast(IO[bytes], Narrow(stream)))
    except BROKEN as broken:
        raise Unreadable("damaged") from broken
    with archive:
        yield archive


class Narrow:
    """The file under a ZIP. ZipFile reads its list of names at once, however long the ZIP says that it is."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, size: int = -1) -> bytes:
        most = LISTED + PIECE
        data = self.stream.read(most + 1 if size < 0 else min(size, most + 1))
        if len(data) > most:
            raise Unreadable("too_many_files")
        return data

    def close(self) -> None:
        """Whoever opened it closes it."""


def _listed(archive: ZipFile, budget: Budget) -> Iterator[File]:
    names: set[str] = set()
    for info in archive.infolist():
        if info.is_dir() or any(part in OF_SYSTEMS for part in info.filename.split("/")):
            continue
        if reason := _refused(info, names):
            raise Unreadable(reason)
        names.add(info.filename.lower())
        yield File(info.filename, _beginning(archive, info), budget)


def _refused(info: ZipInfo, names: set[str]) -> str:
    """What an honest ZIP of a journal never has."""
    name = info.filename
    if name.startswith(("/", "\\")) or name[1:2] == ":" or ".." in name.replace("\\", "/").split("/"):
        return "odd_names"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "odd_names"
    if info.flag_bits & 0x1:
        return "locked"
    if name.lower() in names:
        return "twice"
    if name.lower().endswith(PACKED):
        return "nested"
    return "" if info.compress_type in (ZIP_STORED, ZIP_DEFLATED) else "packed_otherwise"


def _beginning(archive: ZipFile, info: ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(info)
