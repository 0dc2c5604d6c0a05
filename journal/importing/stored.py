"""The file as it was uploaded, put together again out of its sealed pieces while somebody reads."""

import io
from typing import IO, Any, cast

from config.uploads import PIECE
from journal.models import Chunk, Import


class Stored:
    """What readers are given (journal.importing.found.Upload)."""

    def __init__(self, incoming: Import) -> None:
        self.incoming = incoming

    @property
    def name(self) -> str:
        return self.incoming.text_of("name") or ""

    @property
    def size(self) -> int:
        return self.incoming.size

    def open(self) -> IO[bytes]:
        return cast(IO[bytes], io.BufferedReader(_Pieces(self.incoming), 64 * 1024))


class _Pieces(io.RawIOBase):
    """One piece is open at a time."""

    def __init__(self, incoming: Import) -> None:
        self.incoming, self.at = incoming, 0
        self.no, self.piece = -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.incoming.size}[whence]
        self.at = max(0, begin + offset)
        return self.at

    def tell(self) -> int:
        return self.at

    def readinto(self, buffer: Any) -> int:
        if self.at >= self.incoming.size:
            return 0
        no, start = divmod(self.at, PIECE)
        if no != self.no:
            chunk: Chunk = Chunk.objects.filter(owner=self.incoming.owner_id, incoming=self.incoming, no=no).get()
            self.no, self.piece = no, chunk.piece
        part = self.piece[start : start + len(buffer)]
        buffer[: len(part)] = part
        self.at += len(part)
        return len(part)
