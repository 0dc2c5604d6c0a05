"""Dabble Me, in JSON or text; and what it took in itself: OhLife’s text, Trailmix and Ahhlife in JSON."""

import re
from collections.abc import Iterator
from typing import Any

from journal.importing.found import Found, Page, Skipped
from journal.importing.readers import html_text, json_rows
from journal.importing.readers.opened import File, Folder
from journal.importing.readers.plain_text import by_days
from journal.importing.readers.reading import reader
from journal.importing.readers.taken import Fields, Ids
from journal.importing.readers.text import begins, tidy
from journal.importing.readers.when import day_of, moment_of_millis

DAY = re.compile(r"(?:##[ \t]+)?(\d{4}-\d{2}-\d{2})[ \t]*")
DEEP = 2


@reader
def read(folder: Folder) -> Iterator[Found]:
    ids = Ids()
    for file in folder.files(".json", ".txt"):
        yield from (_json(file, ids) if begins(file) in ("[", "{") else by_days(file, DAY, ids, "dabble_me"))


def _json(file: File, ids: Ids) -> Iterator[Found]:
    """A list of entries; or, as Ahhlife has it, months by name with entries by id."""
    is_list = begins(file) == "["
    for path, row in json_rows.rows(file, lambda path: len(path) < (1 if is_list else DEEP)):
        if row != [] and row != {}:
            yield _page(row, ids, "" if path[-1:] == ("*",) else "/".join(path))


def _page(row: Any, ids: Ids, own: str) -> Found:
    fields = Fields(row)
    if not {"body", "content"} & set(fields.held):
        return Skipped("", "no_entry")
    moment = moment_of_millis(fields.number("timestamp"))
    day = day_of(fields.line("date")) or (moment.date() if moment else None)
    plain, left_out = html_text.read(fields.text("body", "content"))
    text = tidy(plain)
    left_out += fields.left_out({"image": "photos", "image_url": "photos", "images": "photos"})
    if day is None:
        return Skipped("", "no_date")
    if not text:
        return Skipped("", "no_text")
    id = ids.once(own) if own else ids.of("dabble_me", day, text)
    return Page(id, day, moment, text=text, left_out=tuple(dict.fromkeys(left_out)), meta=fields.left())
