"""CSV by the names in its first line, whatever their order, their case and how many more there are."""

import csv
from collections.abc import Iterator
from itertools import chain

from journal.importing.found import Unreadable
from journal.importing.readers.opened import File
from journal.importing.readers.text import LINE, lines, tidy

COLUMNS = 500
# Python stops at 131,072 characters unless it is told.
csv.field_size_limit(LINE)

Row = dict[str, str]


def rows(file: File, *needed: str, spelled: bool = False) -> Iterator[tuple[int, Row]]:
    """Each with the number of its last line; names in lower case unless they count as they are `spelled`.

    Raises Unreadable where a needed column is not there.
    """
    stream = lines(file)
    first = next(stream, "").lstrip("\ufeff")
    delimiter = max(",;\t", key=first.count)
    # What a spreadsheet wrote anew has a semicolon in many countries. Strict: a quote that nobody closes would swallow
    # the rest.
    reader = csv.reader(chain([first], stream), delimiter=delimiter, strict=True)
    try:
        names = [_name(cell, spelled) for cell in next(reader, [])]
        if not set(needed) <= {name.casefold() for name in names} or len(names) > COLUMNS:
            raise Unreadable("other_format")
        read = told = 0
        for cells in reader:
            read += len(cells)
            file.budget.cells.spend(file.name, read)
            if any(cell.strip() for cell in cells):
                told += 1
                file.budget.values.spend(file.name, told)
                yield reader.line_num, _row(names, cells)
    except csv.Error as error:
        raise Unreadable("damaged") from error


def _name(cell: str, spelled: bool) -> str:
    name = " ".join(tidy(cell).split())
    return name if spelled else name.casefold()


def _row(names: list[str], cells: list[str]) -> Row:
    """Cells beyond the named ones are kept under their numbers."""
    if len(cells) > COLUMNS:
        raise Unreadable("damaged")
    row = dict.fromkeys(names, "")
    for number, cell in enumerate(cells):
        name = names[number] if number < len(names) and names[number] else f"column {number + 1}"
        if text := cell and tidy(cell):
            row[name] = text
    return row
