"""The master-key ring: a file outside the database and its backups. It wraps the data keys (accounts.keys).

{"primary": "2026a", "keys": {"2026a": base64 of 32 bytes, …}}
"""

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

NONCE = 12
NAME = 16  # characters at most in the name of a master key: DataKey.kek_id


class Locked(Exception):
    """A key that is needed is not there: nothing is lost, and nothing can be read or sealed until it is back."""


@dataclass(frozen=True)
class Ring:
    """Master keys by name. Nothing of them can be printed: a cipher has no readable form."""

    primary: str
    keys: dict[str, AESGCM]

    def wrap(self, owner: UUID, no: int, key: bytes) -> tuple[str, bytes]:
        """Nonce (12 bytes) | AES-256-GCM(data key), bound to "dek" | owner | no | key id."""
        nonce = secrets.token_bytes(NONCE)
        return self.primary, nonce + self.keys[self.primary].encrypt(nonce, key, _bound(owner, no, self.primary))

    def open(self, owner: UUID, no: int, key_id: str, wrapped: bytes) -> bytes:
        """Raises Locked where the ring lacks the key or holds another one under its name."""
        if key_id not in self.keys:
            raise Locked(f"The key ring lacks {key_id}.")
        try:
            return self.keys[key_id].decrypt(wrapped[:NONCE], wrapped[NONCE:], _bound(owner, no, key_id))
        except (InvalidTag, ValueError):
            raise Locked(f"The key ring holds another key as {key_id}.") from None


def _bound(owner: UUID, no: int, key_id: str) -> bytes:
    return b"|".join((b"dek", owner.bytes, str(no).encode(), key_id.encode()))


def place() -> Path:
    return Path(settings.ONWARD_KEYS_FILE)


def current() -> Ring:
    """The ring as it stands on disk now: a key added is known without a restart. Raises Locked."""
    path = place()
    try:
        state = path.stat()
        return _as_of(path, state.st_mtime_ns, state.st_ino)
    except (OSError, ImproperlyConfigured):
        raise Locked("There is no key ring that can be read.") from None


@lru_cache(maxsize=4)
def _as_of(path: Path, changed: int, file: int) -> Ring:
    return read(path)


def read(path: Path) -> Ring:
    """Raises ImproperlyConfigured with one line that says what is wrong with the file."""
    primary, keys = _parts(path)
    return Ring(primary, {name: AESGCM(key) for name, key in keys.items()})


def _parts(path: Path) -> tuple[str, dict[str, bytes]]:
    try:
        kept = json.loads(path.read_text())
        keys = {name: base64.b64decode(value, validate=True) for name, value in kept["keys"].items()}
        primary = str(kept["primary"])
    except FileNotFoundError:
        raise ImproperlyConfigured(f"There is no key ring at {path}.") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ImproperlyConfigured(f"The key ring at {path} cannot be read.") from None
    if primary not in keys or any(len(key) != 32 or not 0 < len(name) <= NAME for name, key in keys.items()):
        raise ImproperlyConfigured(f"The key ring at {path} has no primary key, or a key that is not 32 bytes.")
    return primary, keys


def write(path: Path, primary: str, keys: dict[str, bytes], *, first: bool = False) -> None:
    """Whole or not at all, mode 0600, on the disk before it has its name.

    With `first` it never takes the place of another ring: raises FileExistsError.
    """
    kept = {name: base64.b64encode(key).decode() for name, key in keys.items()}
    text = json.dumps({"primary": primary, "keys": kept})
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        (os.link if first else os.replace)(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
    with _folder(path) as folder:
        os.fsync(folder)


@contextmanager
def _folder(path: Path) -> Iterator[int]:
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        yield folder
    finally:
        os.close(folder)


def make(path: Path) -> str:
    """The first ring; two processes that start at once end up with one between them. Answers its key's name."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = next_name()
    try:
        write(path, name, {name: secrets.token_bytes(32)}, first=True)
    except FileExistsError:
        return read(path).primary
    return name


def extend(path: Path, taken: Iterable[str]) -> str:
    """A new key beside the others, primary from now on, under a name that is not `taken`."""
    with _folder(path) as folder:
        fcntl.flock(folder, fcntl.LOCK_EX)  # of two that add at once, none loses the other's key
        _, keys = _parts(path)
        name = next_name({*keys, *taken})
        write(path, name, keys | {name: secrets.token_bytes(32)})
    return name


def shorten(path: Path, name: str) -> None:
    """Takes a key out for good. Raises ImproperlyConfigured where it is the primary one, or none of the ring."""
    with _folder(path) as folder:
        fcntl.flock(folder, fcntl.LOCK_EX)
        primary, keys = _parts(path)
        if name not in keys:
            raise ImproperlyConfigured(f"The key ring at {path} has no key {name}.")
        if name == primary:
            raise ImproperlyConfigured(f"{name} is the primary key: keys add another first.")
        write(path, primary, {other: key for other, key in keys.items() if other != name})


def next_name(taken: Iterable[str] = ()) -> str:
    """2026a, 2026b, … 2026z, 2026aa."""
    year, count = datetime.now(UTC).year, 0
    while (name := f"{year}{'a' * (count // 26)}{chr(ord('a') + count % 26)}") in taken:
        count += 1
    return name
