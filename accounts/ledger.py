"""Who left, noted outside the database: after a restore from an earlier day they are taken out again.

A file that is only ever added to (ONWARD_LEDGER_FILE, mode 0600): in its first line a random key of its own, then one
line for each who left, the day (UTC) and HMAC-SHA256 of their id under that key. It names nobody, and it stands on its
own: neither SECRET_KEY nor the ring is needed to read it (docs/decisions/0017).
"""

import fcntl
import hmac
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings

HEAD = "onward-deleted-1"


class Unreadable(Exception):
    """The file is there and is not a ledger: nobody is taken out until somebody has looked."""


def note(owner: UUID, now: datetime) -> None:
    """Returns when the line is on the disk. The same person may be noted twice. Raises OSError and Unreadable."""
    with _opened() as (file, key):
        # A full disk may have cut off the last line: this one begins anew, or neither could be read.
        lines = file.read()
        begins = "" if not lines or lines.endswith("\n") else "\n"
        file.write(f"{begins}{now:%Y-%m-%d} {_mark(key, owner)}\n")
        file.flush()
        os.fsync(file.fileno())


def refuse_unreadable() -> None:
    """Raises OSError and Unreadable where nobody could be noted."""
    with _opened():
        pass


def noted(people: Iterable[UUID]) -> Iterator[UUID]:
    """Those of `people` who left. Nobody where there is no file. Raises Unreadable."""
    path = Path(settings.ONWARD_LEDGER_FILE)
    if not path.exists():
        return
    with open(path) as file:
        key = _key(file)
        marks = {line.split()[1] for line in file if len(line.split()) == 2}
    yield from (owner for owner in people if marks and _mark(key, owner) in marks)


@contextmanager
def _opened() -> Iterator[tuple[IO[str], bytes]]:
    """The file and its key, made with its first line where it is not there yet; nobody else writes meanwhile."""
    path = Path(settings.ONWARD_LEDGER_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not os.fstat(handle).st_size:
            file.write(f"{HEAD} {secrets.token_hex(32)}\n")
            file.flush()
            file.seek(0)
        yield file, _key(file)


def _key(file: IO[str]) -> bytes:
    head, _, key = file.readline().partition(" ")
    if head != HEAD or len(key.strip()) != 64:
        raise Unreadable(f"{settings.ONWARD_LEDGER_FILE} does not begin as a ledger of who left does.")
    return bytes.fromhex(key)


def _mark(key: bytes, owner: UUID) -> str:
    return hmac.digest(key, owner.bytes, "sha256").hex()
