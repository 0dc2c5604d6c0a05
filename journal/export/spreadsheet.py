"""One row an entry, as CSV for spreadsheets (docs/formats.md)."""

import csv
import io
import re
from collections.abc import Generator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from journal.export.pages import Named, named_entries

COLUMNS = ("date", "kind", "deed", "text", "kind_words", "lesson", "answer", "themes", "milestone")
# Excel takes UTF-8 for what it is only after this mark.
BOM = "\ufeff"
# A cell that begins so would be reckoned as a formula. An apostrophe before it makes it a text; one that is there
# already gets another, so that the way back is always to take one off.
FORMULA = re.compile(r"'*[=+\-@\t\r]")


def chunks(user: User, now: datetime) -> Generator[bytes, None, None]:
    yield (BOM + _lines([COLUMNS])).encode()
    for page in named_entries(user):
        yield _lines([[safe(cell) for cell in _cells(named)] for named in page]).encode()


def safe(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) else cell


def _cells(named: Named) -> list[str]:
    entry = named.entry
    lesson, answer = getattr(entry, "lesson", None), getattr(entry, "answer", None)
    return [
        entry.local_date.isoformat(),
        entry.kind,
        _text(entry, "deed"),
        _text(entry, "body"),
        _text(lesson, "kind_words"),
        _text(lesson, "lesson"),
        _text(answer, "answer"),
        ", ".join(_readable(name) for name in named.themes),
        _readable(named.milestone),
    ]


def _text(row: Any, name: str) -> str:
    return _readable(row.text_of(name)) if row else ""


def _readable(text: str | None) -> str:
    return _("This can’t be opened; it is kept as it is.") if text is None else text


def _lines(rows: Any) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()
