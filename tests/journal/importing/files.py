"""Uploads as other apps would have made them, written byte by byte: nothing here knows how they are read."""

import io
import json
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from journal.importing import reasons
from journal.importing.found import Found, Number, Page, Skipped, Unreadable


@dataclass(frozen=True)
class Uploaded:
    """A file in memory, as the frame hands it to a reader."""

    data: bytes
    name: str = "a file"

    @property
    def size(self) -> int:
        return len(self.data)

    def open(self) -> IO[bytes]:
        return io.BytesIO(self.data)


def text(content: str, name: str = "a file", encoding: str = "utf-8") -> Uploaded:
    return Uploaded(content.encode(encoding), name)


def as_json(content: Any, name: str = "a file.json") -> Uploaded:
    return text(json.dumps(content), name)


def zipped(files: dict[str, Any], name: str = "a file.zip") -> Uploaded:
    """Bytes and texts as they are, everything else as JSON."""
    return Uploaded(zip_of({name: _bytes(content) for name, content in files.items()}), name)


def zip_of(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def _bytes(content: Any) -> bytes:
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else json.dumps(content)).encode()


def link(name: str, to: str) -> bytes:
    """A ZIP with a symbolic link in it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.create_system = 3
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, to)
    return held.getvalue()


Read = Callable[[Any], Iterator[Found]]


def found(read: Read, upload: Uploaded) -> list[Found]:
    """Everything in it; what cannot be kept has a sentence that says so."""
    all = list(read(upload))
    assert {one.reason for one in all if isinstance(one, Skipped)} <= set(reasons.SKIPPED)
    assert {reason for one in all if not isinstance(one, Skipped) for reason in one.left_out} <= set(reasons.LEFT_OUT)
    return all


def pages(read: Read, upload: Uploaded) -> list[Page]:
    return [one for one in found(read, upload) if isinstance(one, Page)]


def numbers(read: Read, upload: Uploaded) -> list[Number]:
    return [one for one in found(read, upload) if isinstance(one, Number)]


def skipped(read: Read, upload: Uploaded) -> list[tuple[str, str]]:
    return [(one.where, one.reason) for one in found(read, upload) if isinstance(one, Skipped)]


def page(read: Read, upload: Uploaded) -> Page:
    """The only one."""
    (one,) = pages(read, upload)
    return one


def refused(read: Read, upload: Uploaded) -> str:
    """Why nothing of it can be taken; "" where something was."""
    try:
        found(read, upload)
    except Unreadable as unreadable:
        assert unreadable.reason in reasons.UNREADABLE
        return unreadable.reason
    return ""


def ids(read: Read, upload: Uploaded) -> list[str]:
    return [one.source_id for one in found(read, upload) if isinstance(one, Page | Number)]
