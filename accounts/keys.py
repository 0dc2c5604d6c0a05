"""The master-key ring and each person's data keys (RELIABILITY: sealed texts).

The ring lies outside the database and its backups. It wraps data keys; a data key seals one person's texts.

    ring      {"primary": "2026a", "keys": {"2026a": base64 of 32 bytes, …}}
    DataKey   nonce (12 bytes) | AES-256-GCM(data key), bound to "dek" | owner | no | key id
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from accounts.scope import held

NONCE = 12


class Locked(Exception):
    """A key that is needed is not there: nothing is lost, and nothing can be read or sealed until it is back."""


@dataclass(frozen=True)
class Ring:
    primary: str
    keys: dict[str, AESGCM]

    def wrap(self, owner: UUID, no: int, key: bytes) -> tuple[str, bytes]:
        nonce = secrets.token_bytes(NONCE)
        return self.primary, nonce + self.keys[self.primary].encrypt(nonce, key, _bound(owner, no, self.primary))

    def open(self, owner: UUID, no: int, key_id: str, wrapped: bytes) -> bytes:
        """Raises Locked where the ring lacks the key or holds another one under its name."""
        if key_id not in self.keys:
            raise Locked(f"The key ring lacks {key_id}.")
        try:
            return self.keys[key_id].decrypt(wrapped[:NONCE], wrapped[NONCE:], _bound(owner, no, key_id))
        except InvalidTag:
            raise Locked(f"The key ring holds another key as {key_id}.") from None


def _bound(owner: UUID, no: int, key_id: str) -> bytes:
    return b"|".join((b"dek", owner.bytes, str(no).encode(), key_id.encode()))


def read_ring(path: Path) -> Ring:
    """Raises ImproperlyConfigured with one line that says what is wrong with the file."""
    try:
        kept = json.loads(path.read_text())
        keys = {name: base64.b64decode(value, validate=True) for name, value in kept["keys"].items()}
        primary = kept["primary"]
    except FileNotFoundError:
        raise ImproperlyConfigured(f"There is no key ring at {path}.") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ImproperlyConfigured(f"The key ring at {path} cannot be read.") from None
    if primary not in keys or any(len(key) != 32 for key in keys.values()):
        raise ImproperlyConfigured(f"The key ring at {path} has no primary key, or a key that is not 32 bytes.")
    return Ring(primary, {name: AESGCM(key) for name, key in keys.items()})


@lru_cache(maxsize=4)
def _ring_as_of(path: Path, changed: int) -> Ring:
    return read_ring(path)


def ring() -> Ring:
    """The ring as it stands on disk now: a key added is known without a restart."""
    path = Path(settings.ONWARD_KEYS_FILE)
    try:
        return _ring_as_of(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise Locked("There is no key ring.") from None


def write_ring(path: Path, primary: str, keys: dict[str, bytes]) -> None:
    """Whole or not at all, mode 0600, on the disk before it has its name."""
    text = json.dumps(
        {"primary": primary, "keys": {name: base64.b64encode(key).decode() for name, key in keys.items()}}
    )
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def next_name(taken: Any = ()) -> str:
    """2026a, 2026b, … 2026z, 2026aa."""
    year, count = datetime.now(UTC).year, 0
    while (name := f"{year}{'a' * (count // 26)}{chr(ord('a') + count % 26)}") in taken:
        count += 1
    return name


def ensure_ring() -> None:
    """Makes the first ring where it is ours to make and nothing was ever sealed; raises where one is missing."""
    path = Path(settings.ONWARD_KEYS_FILE)
    if path.exists():
        read_ring(path)
        return
    missing = sorted(set(_rows().values_list("kek_id", flat=True)))
    if missing:
        raise ImproperlyConfigured(f"There is no key ring at {path}; the texts here need the key {', '.join(missing)}.")
    if not settings.MAKES_RING:
        raise ImproperlyConfigured(f"There is no key ring at {path}: make one with manage.py keys add.")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = next_name()
    write_ring(path, name, {name: secrets.token_bytes(32)})


def refuse_without_ring() -> None:
    """Raises ImproperlyConfigured, naming the key, where the ring cannot open what the database holds.

    One data key of each master key is opened, so that another key under the same name is noticed too.
    """
    needed = sorted(set(_rows().values_list("kek_id", flat=True).distinct()))
    kept = read_ring(Path(settings.ONWARD_KEYS_FILE)) if needed else None
    for kek_id in needed:
        row = _rows().filter(kek_id=kek_id).first()
        try:
            assert kept and row
            kept.open(row.owner_id, row.no, row.kek_id, bytes(row.wrapped))
        except Locked as error:
            raise ImproperlyConfigured(f"{error} The texts here need it; put the right key ring in place.") from None


def _rows() -> Any:
    return apps.get_model("accounts", "DataKey").objects.all()


def create(owner: UUID, no: int = 1) -> None:
    """A first (or next) data key; the ring's primary key wraps it."""
    kek_id, wrapped = ring().wrap(owner, no, AESGCM.generate_key(256))
    _rows().create(owner_id=owner, no=no, kek_id=kek_id, wrapped=wrapped)


def newest(owner: UUID) -> tuple[int, AESGCM]:
    """The key that seals what this person writes now, and its number. Raises Locked."""
    opened = _opened(owner)
    no = max(opened)
    return no, opened[no]


def numbered(owner: UUID, no: int) -> AESGCM:
    """The key that a sealed text names. Raises Locked."""
    opened = _opened(owner)
    if no not in opened:
        raise Locked(f"Data key {no} is not there.")
    return opened[no]


def _opened(owner: UUID) -> dict[int, AESGCM]:
    kept = held()
    if kept is not None and owner in kept:
        return kept[owner]
    rows = list(_rows().filter(owner_id=owner).values_list("no", "kek_id", "wrapped"))
    if not rows:
        raise Locked("There is no data key.")
    opened = {no: AESGCM(ring().open(owner, no, kek_id, bytes(wrapped))) for no, kek_id, wrapped in rows}
    if kept is not None:
        kept[owner] = opened
    return opened


def destroy(owner: UUID) -> None:
    """After this nothing the person wrote can be opened again."""
    _rows().filter(owner_id=owner).delete()
    if (kept := held()) is not None:
        kept.pop(owner, None)
