"""One row an entry, as CSV for spreadsheets (docs/formats.md)."""

import csv
import io
import re
from collections.abc import Generator, Iterable
from datetime import date, datetime

from accounts.models import User
from journal.export.choice import Choice
from journal.export.leaves import RECORDS, Leaf, leaves
from journal.export.markdown import unopened
from journal.export.pages import Reader

FIRST = ("date", "kind", "deed", "text", "kind_words", "lesson", "answer", "themes", "milestone")
# Each text that lies beside an entry, and its column: the name it has in “Everything”. No entry has two of one name,
# but kind words: to a friend, and to oneself.
TEXTS = {(record, word): word for record, noun in RECORDS.items() for word in noun.WORDS}
TEXTS["kindness", "words"] = "kind_words"
COLUMNS = tuple(dict.fromkeys([*FIRST, *TEXTS.values(), "acceptance", "opens_on", "beside"]))
# Excel takes UTF-8 for what it is only after this mark.
BOM = "\ufeff"
# A cell that begins so would be reckoned as a formula, also behind a mark of byte order, which shows nothing. An
# apostrophe before it makes it a text; one that is there already gets another, so that the way back is always to take
# one off.
FORMULA = re.compile(r"['\ufeff]*[=+\-@\t\r]")


def chunks(user: User, now: datetime, choice: Choice) -> Generator[bytes, None, None]:
    yield (BOM + lines([COLUMNS])).encode()
    for page in leaves(Reader(user, choice, instead=unopened())):
        yield lines(map(_cells, page)).encode()


def _cells(leaf: Leaf) -> list[str]:
    cells = dict.fromkeys(COLUMNS, "")
    for (record, word), column in TEXTS.items():
        if text := getattr(getattr(leaf, record, None), word, ""):
            cells[column] = f"{cells[column]}\n{text}" if cells[column] else text
    cells |= {"kind": leaf.kind, "deed": leaf.deed, "text": leaf.text, "milestone": leaf.milestone}
    cells |= {"themes": ", ".join(leaf.themes), "acceptance": leaf.acceptance__way or ""}
    beside = [*leaf.evidence, *leaf.brought, leaf.then_now__old__local_date]
    cells |= {"date": _days(leaf.local_date), "opens_on": _days(leaf.later__opens_on), "beside": _days(*beside)}
    return [safe(cell) for cell in cells.values()]


def _days(*days: date | None) -> str:
    return ", ".join(str(day) for day in days if day)


def safe(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) else cell


def lines(rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()
