"""A person’s copy, of everything or of what they chose: one module a format. Nothing of it is ever stored."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import User
from journal.export import archive, book, everything, plain_text, spreadsheet
from journal.export.choice import Choice


@dataclass(frozen=True)
class Format:
    """`chunks` are bytes of what was chosen as they go out; each is made from pages that were read and closed."""

    chunks: Callable[[User, datetime, Choice], Generator[bytes, None, None]]
    media: str
    ending: str

    def file_name(self, day: date) -> str:
        """It says nothing about who or what is in it: it stands in lists of downloads."""
        return f"onward-{day}.{self.ending}"


FORMATS = {
    "json": Format(everything.chunks, "application/json", "json"),
    "markdown": Format(plain_text.chunks, "application/zip", "zip"),
    "html": Format(archive.chunks, "text/html; charset=utf-8", "html"),
    "pdf": Format(book.chunks, "application/pdf", "pdf"),
    "csv": Format(spreadsheet.chunks, "text/csv; charset=utf-8", "csv"),
}
