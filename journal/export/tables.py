"""A CSV for each noun, in a ZIP, for spreadsheets (docs/formats.md): the rows of “Everything” with their columns."""

import json
from collections.abc import Generator, Iterable, Iterator
from datetime import date, datetime, time
from functools import partial
from itertools import chain
from typing import Any

from accounts.days import local_date
from accounts.export import person
from accounts.models import User
from journal.export.choice import Choice
from journal.export.everything import told
from journal.export.pages import Reader, Row
from journal.export.spreadsheet import BOM, lines, safe
from journal.export.zipped import zipped
from journal.models import Later

# Where the words of a letter stand: the column that names it, and the one that has them.
WORDS = {"entries": {"id": "body"}, "revisions": {"entry_id": "words"}}


def chunks(user: User, now: datetime, choice: Choice) -> Generator[bytes, None, None]:
    folder = f"onward-{local_date(user, now)}"
    reader = Reader(user, choice)
    yield from zipped(((f"{folder}/{name}.csv", pieces) for name, pieces in _files(reader)), now)


def _files(reader: Reader) -> Iterator[tuple[str, Iterable[str]]]:
    """A noun of which there is no row has no file."""
    if reader.choice.is_whole:
        yield "person", _table(iter([[person(reader.user, reader.note)]]))
    later = Later.objects.of(reader.user).filter(opened_at__isnull=True)
    closed = set(map(str, later.values_list("entry", flat=True)))
    for noun, pages in told(reader):
        rows = filter(None, pages)
        if first := next(rows, None):
            yield noun, _table(map(partial(_silent, closed, WORDS.get(noun, {})), chain([first], rows)))
    if reader.unopened:
        yield "unopened", _table(iter([list(reader.unopened.values())]))


def _silent(closed: set[str], words: dict[str, str], page: list[Row]) -> list[Row]:
    """The words of a letter that is `closed` wait for their day here, too."""
    for id, name in words.items():
        for row in page:
            if row[id] in closed:
                row[name] = None
    return page


def _table(pages: Iterator[list[Row]]) -> Iterator[str]:
    names: list[str] = []
    for page in pages:
        if not names:
            names = list(page[0])
            yield BOM + lines([names])
        yield lines([safe(_cell(row.get(name))) for name in names] for row in page)


def _cell(value: Any) -> str:
    """Ids and days as they are, of yes and no 1 or 0, several apart by a comma and a space, the rest as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date | time) else str(value)
