"""Presently: a CSV of one text a day."""

from collections.abc import Iterator

from journal.importing.found import Found, Page, Skipped
from journal.importing.readers import csv_rows
from journal.importing.readers.opened import Folder
from journal.importing.readers.reading import reader
from journal.importing.readers.taken import Ids
from journal.importing.readers.when import day_of


@reader
def read(folder: Folder) -> Iterator[Found]:
    ids = Ids()
    for file in folder.files(".csv"):
        for line, row in csv_rows.rows(file, "entrydate", "entrycontent"):
            yield _page(line, row, ids)


def _page(line: int, row: csv_rows.Row, ids: Ids) -> Found:
    written, text = row.pop("entrydate"), row.pop("entrycontent")
    day = day_of(written)
    if day is None:
        return Skipped(str(line), "no_date")
    if not text:
        return Skipped(str(line), "no_text")
    meta = {name: cell for name, cell in row.items() if cell}
    return Page(ids.of(day, text), day, text=text, meta=meta)
