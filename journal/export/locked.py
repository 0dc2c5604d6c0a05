"""A ZIP that opens only with a passphrase (AES-256, WinZip AE-2), made while it goes out."""

import zlib
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import datetime

FILE = 0o100600
# Text shrinks; a ZIP does not, and is only wrapped.
SHRUNK, WRAPPED = 3, 0


def locked(
    chunks: Generator[bytes, None, None], name: str, passphrase: str, now: datetime
) -> Generator[bytes, None, None]:
    """One file under its name, which stands open: whatever names and sizes are in it are sealed with it."""
    from stream_zip import ZIP_32, stream_zip  # it brings a second set of ciphers

    level = WRAPPED if name.endswith(".zip") else SHRUNK
    member = (name, now, FILE, ZIP_32, _some(chunks))
    # Other programs take the bytes of UTF-8; this library makes one byte of each character.
    secret = passphrase.encode().decode("latin-1")
    with closing(chunks):
        yield from stream_zip([member], get_compressobj=lambda: _shrinking(level), password=secret)


def _some(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """An empty one would end the file."""
    return filter(None, chunks)


def _shrinking(level: int) -> "zlib._Compress":
    return zlib.compressobj(wbits=-zlib.MAX_WBITS, level=level)
