"""Beaver Habit Tracker: a JSON of habits, each with its days."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from journal.importing.found import Found, Number, Page, Skipped, Unreadable
from journal.importing.readers import json_rows
from journal.importing.readers.opened import Folder
from journal.importing.readers.reading import reader
from journal.importing.readers.taken import Fields, Ids
from journal.importing.readers.when import day_of


@reader
def read(folder: Folder) -> Iterator[Found]:
    ids = Ids()
    for file in folder.files(".json"):
        is_one = False
        for path, row in json_rows.rows(file, lambda path: path in ((), ("habits",))):
            is_one = is_one or path[:1] == ("habits",)
            if path == ("habits", "*"):
                yield from _habit(row, ids)
        if not is_one:
            raise Unreadable("other_format")


def _habit(row: Any, ids: Ids) -> Iterator[Found]:
    """What is said of the habit itself goes along with its first day."""
    fields = Fields(row)
    name, tags = fields.line("name"), fields.words("tags")
    records = list(fields.rows("records"))
    more = fields.left()
    key = more.pop("id", None) or name
    for record in records:
        written, done, text = record.line("day"), record.held.pop("done", None), record.text("text")
        day, meta = day_of(written), record.left() | more
        more = {}
        if not name or day is None:
            yield Skipped("", "no_date" if name else "no_name")
        elif isinstance(done, bool):
            id = ids.of("beaver", key, day)
            yield Number(id, name, day, Decimal(done), note=text, kind="yes_no", meta=meta)
        elif text:
            yield Page(ids.of("beaver", key, day, text), day, text=text, tags=(name, *tags), meta=meta)
