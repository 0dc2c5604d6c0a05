"""What a backup says of itself: how many rows, and SHA-256 of every table and every file."""

import base64
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

FORMAT = "onward-backup-1"
NAME = "manifest.json"
KEYS = "data_keys.jsonl"
Table = dict[str, Any]  # {"rows": 12, "sha256": "…"}


class Key(NamedTuple):
    """A data key as its table has it: still wrapped by the ring's key `kek_id`."""

    owner: UUID
    no: int
    kek_id: str
    wrapped: bytes


Keys = list[Key]


def write(folder: Path, head: dict[str, Any]) -> None:
    """Last of all: a folder without it is no backup."""
    files = {path.name: _sha(path) for path in sorted(folder.iterdir()) if path.name != NAME}
    (folder / NAME).write_text(json.dumps({"format": FORMAT, **head, "files": files}, indent=1) + "\n")


def read(folder: Path) -> dict[str, Any]:
    """With each of its files as it was when it was made. Raises ImproperlyConfigured, saying what is wrong."""
    try:
        head: dict[str, Any] = json.loads((folder / NAME).read_text())
        made = head["format"]
    except (OSError, ValueError, KeyError, TypeError):
        raise ImproperlyConfigured(f"{folder} is no backup: it has no {NAME} that can be read.") from None
    if made != FORMAT:
        raise ImproperlyConfigured(f"{folder} is of another form than this version reads.")
    for name, sha in head["files"].items():
        path = folder / name
        if not path.is_file() or _sha(path) != sha:
            raise ImproperlyConfigured(f"{path} is missing, or not as it was when the backup was made.")
    return head


def write_keys(folder: Path, keys: Keys) -> None:
    with open(folder / KEYS, "w") as file:
        for key in keys:
            wrapped = base64.b64encode(key.wrapped).decode()
            file.write(json.dumps([str(key.owner), key.no, key.kek_id, wrapped]) + "\n")


def read_keys(folder: Path) -> Keys:
    with open(folder / KEYS) as file:
        rows = [json.loads(line) for line in file]
    return [Key(UUID(owner), no, kek_id, base64.b64decode(wrapped)) for owner, no, kek_id, wrapped in rows]


def summed(lines: Iterable[bytes]) -> Table:
    """A row a line, in the order of their primary key."""
    sha, rows = hashlib.sha256(), 0
    for line in lines:
        sha.update(line)
        rows += 1
    return {"rows": rows, "sha256": sha.hexdigest()}


def _sha(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
