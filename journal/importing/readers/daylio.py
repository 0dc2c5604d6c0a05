"""Daylio’s CSV: a line each time, with a mood, activities, and perhaps words. Columns are known by their names."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from journal.importing.found import Found, Number, Page, Skipped
from journal.importing.readers import csv_rows, html_text
from journal.importing.readers.opened import Folder
from journal.importing.readers.reading import reader
from journal.importing.readers.taken import Ids, titled, words
from journal.importing.readers.text import tidy
from journal.importing.readers.when import clock_of, day_of

# The moods that Daylio begins with; whoever renamed theirs keeps their own words.
MOODS = {"rad": 5, "good": 4, "meh": 3, "bad": 2, "awful": 1}
# Written for readers, in whatever language.
AGAIN = ("date", "weekday")
BETWEEN = " · "


@reader
def read(folder: Folder) -> Iterator[Found]:
    ids = Ids()
    for file in folder.files(".csv"):
        for line, row in csv_rows.rows(file, "full_date", "mood"):
            yield from found(line, row, ids)


def found(line: int, row: csv_rows.Row, ids: Ids) -> Iterator[Found]:
    """The words and activities of one line, its mood, and its scales."""
    written, day = tuple(row.values()), day_of(row.pop("full_date"))
    if day is None:
        yield Skipped(str(line), "no_date")
        return
    id = ids.of("daylio", *written)
    mood, scales, time = row.pop("mood"), row.pop("scales", ""), row.pop("time", "")
    text, left_out = words_of(row.pop("note_title", ""), row.pop("note", ""))
    activities = words(row.pop("activities", "").split(" | "))
    if text or activities:
        clock = clock_of(time)
        more = {name: cell for name, cell in row.items() if cell and name not in AGAIN}
        meta = more | ({"time": f"{clock:%H:%M}" if clock else time} if time else {})
        yield Page(id, day, text=text or BETWEEN.join(activities), tags=activities, left_out=left_out, meta=meta)
    if mood:
        level = MOODS.get(mood.casefold())
        yield Number(ids.once(f"{id}-mood"), str(_("Mood")), day, mood, level=level, is_mood=True)
    for name, value in _scales(scales):
        yield Number(ids.once(f"{id}-{name}"), name, day, value)


def words_of(title: str, note: str) -> tuple[str, tuple[str, ...]]:
    """Notes are HTML where somebody set a word in bold, and plain text where not."""
    read, left_out = html_text.read(note) if html_text.looks_marked(note) else (note, ())
    return titled(" ".join(title.split()), tidy(read)), left_out


def _scales(cell: str) -> Iterator[tuple[str, Decimal | str]]:
    """Sleep: 4 | Stress: 2"""
    for part in cell.replace("\xa0", " ").split(" | "):
        name, _colon, value = part.rpartition(":")
        if name.strip() and value.strip():
            yield name.strip(), number_of(value.strip())


def number_of(text: str) -> Decimal | str:
    """A plain figure, else the text as it is."""
    try:
        number = Decimal(text) if len(text) <= 20 else None
    except InvalidOperation:
        number = None
    return number if number is not None and number.is_finite() and number >= 0 else text
