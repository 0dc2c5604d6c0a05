"""A ZIP that goes out while it is made: nothing of it is ever whole in memory or on a disk."""

from collections.abc import Generator, Iterable
from datetime import datetime
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

CHUNK = 64 * 1024
# Plain text at a third of the effort of the usual level, and hardly larger.
LEVEL = 3


class Pipe:
    """What ZipFile takes for a file that cannot go back; it is emptied while it is filled."""

    def __init__(self) -> None:
        self.held = bytearray()

    def write(self, data: bytes) -> int:
        self.held += data
        return len(data)

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def taken(self) -> bytes:
        data = bytes(self.held)
        self.held.clear()
        return data


def zipped(files: Iterable[tuple[str, Iterable[str]]], now: datetime) -> Generator[bytes, None, None]:
    """Each file is a name and its text in pieces, which are asked for one after the other."""
    pipe = Pipe()
    with ZipFile(cast(IO[bytes], pipe), "w") as archive:
        for name, pieces in files:
            with archive.open(_entry(name, now), "w") as file:
                for piece in pieces:
                    file.write(piece.encode())
                    if len(pipe.held) >= CHUNK:
                        yield pipe.taken()
            yield pipe.taken()
    yield pipe.taken()


def _entry(name: str, now: datetime) -> ZipInfo:
    info = ZipInfo(name, now.timetuple()[:6])
    info.compress_type, info._compresslevel = ZIP_DEFLATED, LEVEL  # type: ignore[attr-defined]
    info.external_attr = 0o600 << 16
    return info
