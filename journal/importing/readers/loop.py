"""Loop Habit Tracker: a ZIP with Habits.csv and, in a folder for each habit, Checkmarks.csv; or a wide CSV alone."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from journal.importing.found import Found, Number, Page, Skipped, Unreadable
from journal.importing.readers import csv_rows
from journal.importing.readers.daylio import number_of
from journal.importing.readers.opened import File, Folder
from journal.importing.readers.reading import reader
from journal.importing.readers.taken import Ids
from journal.importing.readers.when import day_of

# A folder and three files a habit: as many habits as nobody has.
FILES = 2_000
MARKS = "checkmarks.csv"
PLACE = re.compile(r"(\d{3,}) (.*)")
YES, NO = {"YES_MANUAL", "2"}, {"NO", "0"}
# Set by Loop, not by anybody: a day that the rhythm filled in, a day passed over, a day without a word.
BY_ITSELF = {"YES_AUTO", "1", "SKIP", "3"}
UNKNOWN = {"UNKNOWN", "-1", ""}
THOUSANDTHS = 1000


@reader
def read(folder: Folder) -> Iterator[Found]:
    ids = Ids()
    marks = [file for file in folder.files(".csv", most=FILES) if not folder.is_zip or _is(file, MARKS)]
    of_habits = [file for file in marks if len(PurePosixPath(file.name).parts) > 1 and folder.is_zip]
    if not marks:
        raise Unreadable("other_format")
    habits = _habits(folder)
    for file in of_habits:
        yield from _habit(file, habits, ids)
    # The wide file says the same once more.
    for file in marks if not of_habits else ():
        yield from _wide(file, ids)


def _is(file: File, name: str) -> bool:
    return PurePosixPath(file.name).name.lower() == name


def _habits(folder: Folder) -> dict[str, csv_rows.Row]:
    """By their places, as the folders have them."""
    file = folder.named("habits.csv") if folder.is_zip else None
    rows = csv_rows.rows(file, "position", "name") if file else ()
    return {row["position"].zfill(3): row for _line, row in rows}


def _habit(file: File, habits: dict[str, csv_rows.Row], ids: Ids) -> Iterator[Found]:
    """A folder has its habit’s name as files can have it; Habits.csv has it as it was written."""
    parent = PurePosixPath(file.name).parent.name
    placed = PLACE.fullmatch(parent)
    told = dict(habits.get(placed[1], {})) if placed else {}
    name = told.pop("name", "") or (placed[2] if placed else parent)
    is_number = told.pop("type", "").upper() == "NUMERICAL"
    more = {key: cell for key, cell in told.items() if cell and key != "position"}
    by_itself = False
    for line, row in csv_rows.rows(file, "date", "value"):
        value = row["value"].strip()
        by_itself = by_itself or (value in BY_ITSELF and not is_number)
        for one in _day(name, row, is_number, f"{name}, {line}", ids, more):
            yield one
            more = {}
    if by_itself:
        yield Skipped(name, "by_itself")


def _day(name: str, row: csv_rows.Row, is_number: bool, where: str, ids: Ids, more: dict[str, Any]) -> Iterator[Found]:
    day, value, note = day_of(row["date"]), row["value"].strip(), row.get("notes", "")
    if day is None:
        yield Skipped(where, "no_date")
        return
    number = _number(value, is_number)
    if number is not None:
        kind = "number" if is_number else "yes_no"
        yield Number(ids.of("loop", name, day), name, day, number, note=note, kind=kind, meta=more)
    elif note:
        yield Page(ids.of("loop", name, day, note), day, text=note, tags=(name,), meta=more)
    elif value not in BY_ITSELF | UNKNOWN:
        yield Skipped(where, "no_value")


def _number(value: str, is_number: bool) -> Decimal | None:
    """Loop counts in thousandths; with a point in it, a figure is already whole."""
    if not is_number:
        return Decimal(1) if value in YES else Decimal(0) if value in NO else None
    number = number_of(value) if value not in UNKNOWN else ""
    if isinstance(number, str):
        return None
    return number if "." in value else number / THOUSANDTHS


def _wide(file: File, ids: Ids) -> Iterator[Found]:
    """A column a habit, by the names as the file has them."""
    skipped: dict[str, None] = {}
    for line, row in csv_rows.rows(file, "date", spelled=True):
        names = [name for name in row if name.casefold() != "date"]
        written = {"date": next(cell for name, cell in row.items() if name.casefold() == "date")}
        for name in names:
            value = row[name].strip()
            if value in UNKNOWN:
                continue
            if value in BY_ITSELF:
                skipped[name] = None
            yield from _day(name, written | {"value": value}, False, f"{name}, {line}", ids, {})
    yield from (Skipped(name, "by_itself") for name in skipped)
