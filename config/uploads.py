"""Files on their way in. What is larger than a mebibyte waits on disk, sealed with a key that dies with the request.

Files are taken at one address, from somebody who is signed in; elsewhere what was sent is read and forgotten.
"""

import secrets
import tempfile
from collections.abc import Iterator
from typing import IO, Any, cast

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopFutureHandlers

ADDRESS = "/import/"
PIECE = 1024 * 1024
MOST = 500 * PIECE
NONCE = 12


class Held(FileUploadHandler):
    """The only upload handler (FILE_UPLOAD_HANDLERS). Of a file that is too large only its size is kept."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        request: Any = self.request
        if request is None or request.path_info != ADDRESS or not request.user.is_authenticated:
            raise SkipFile
        self.pieces = Pieces()
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > MOST:
            self.pieces.forget()
        else:
            self.pieces.add(raw_data)

    def file_complete(self, file_size: int) -> "Uploaded":
        return Uploaded(self.pieces, str(self.file_name), file_size)

    def upload_interrupted(self) -> None:
        if hasattr(self, "pieces"):
            self.pieces.forget()


class Uploaded(UploadedFile):  # type: ignore[type-arg]
    def __init__(self, pieces: "Pieces", name: str, size: int) -> None:
        super().__init__(cast(IO[bytes], pieces), name, size=size)
        self.pieces = pieces

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """A mebibyte each, but for the last."""
        return iter(self.pieces)


class Pieces:
    """The last one is in memory, those before it on disk."""

    def __init__(self) -> None:
        self.key = AESGCM(AESGCM.generate_key(256))
        self.last = bytearray()
        self.disk: IO[bytes] | None = None

    def add(self, data: bytes) -> None:
        self.last += data
        while len(self.last) > PIECE:
            self._put_down(bytes(self.last[:PIECE]))
            del self.last[:PIECE]

    def _put_down(self, piece: bytes) -> None:
        self.disk = self.disk or tempfile.TemporaryFile(prefix="onward-")  # noqa: SIM115
        nonce = secrets.token_bytes(NONCE)
        self.disk.write(nonce + self.key.encrypt(nonce, piece, None))

    def __iter__(self) -> Iterator[bytes]:
        if self.disk:
            self.disk.seek(0)
            while sealed := self.disk.read(NONCE + PIECE + 16):
                yield self.key.decrypt(sealed[:NONCE], sealed[NONCE:], None)
        if self.last:
            yield bytes(self.last)

    def forget(self) -> None:
        self.last.clear()
        if self.disk:
            self.disk.close()
            self.disk = None

    close = forget
