"""One row an entry, as CSV for spreadsheets (docs/formats.md)."""

import csv
import io
import re
from collections.abc import Generator, Iterable
from datetime import datetime

from accounts.models import User
from journal.export.leaves import Leaf, leaves
from journal.export.markdown import unopened
from journal.export.pages import Reader

COLUMNS = ("date", "kind", "deed", "text", "kind_words", "lesson", "answer", "themes", "milestone")
# Excel takes UTF-8 for what it is only after this mark.
BOM = "\ufeff"
# A cell that begins so would be reckoned as a formula. An apostrophe before it makes it a text; one that is there
# already gets another, so that the way back is always to take one off.
FORMULA = re.compile(r"'*[=+\-@\t\r]")


def chunks(user: User, now: datetime) -> Generator[bytes, None, None]:
    yield (BOM + _lines([COLUMNS])).encode()
    for page in leaves(Reader(user, instead=unopened())):
        yield _lines(map(_cells, page)).encode()


def _cells(leaf: Leaf) -> list[str]:
    lesson, answer, kindness = (getattr(leaf, name, None) for name in ("lesson", "answer", "kindness"))
    texts = [leaf.kind, leaf.deed, leaf.text]
    kind = [one for one in (lesson and lesson.kind_words, kindness and kindness.words) if one]
    texts += ["\n".join(kind), lesson.lesson if lesson else ""]
    texts += [answer.answer if answer else "", ", ".join(leaf.themes), leaf.milestone]
    return [leaf.local_date.isoformat(), *map(safe, texts)]


def safe(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) else cell


def _lines(rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()
