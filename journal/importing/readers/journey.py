"""Journey: a ZIP with a JSON for each entry, beside its photos and recordings."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from journal.importing.found import Found, Page, Skipped
from journal.importing.readers import html_text, json_rows
from journal.importing.readers.opened import ROWS, Folder
from journal.importing.readers.reading import reader
from journal.importing.readers.taken import Fields, Ids
from journal.importing.readers.text import tidy
from journal.importing.readers.when import local_day, moment_of, moment_of_millis, zone_of

SOUNDS = (".mp3", ".m4a", ".aac", ".wav", ".ogg", ".3gp", ".amr")
FILMS = (".mp4", ".mov", ".avi", ".mkv", ".webm")
# "Nothing", said with the largest number there is.
NOWHERE = 1e300
MOMENTS = ("date_journal", "dateOfJournal")
PLACE = ("lat", "lon", "address")


@reader
def read(folder: Folder) -> Iterator[Found]:
    ids = Ids()
    for file in folder.files(".json", most=ROWS):
        for _path, row in json_rows.rows(file, lambda _path: False):
            for one in row if isinstance(row, list) else [row]:
                yield _page(one, ids)


def _page(row: Any, ids: Ids) -> Found:
    fields = Fields(row)
    if not {*MOMENTS, "text"} & set(fields.held):
        return Skipped("", "no_entry")
    at, zone = _moment(fields), zone_of(fields.line("timezone"))
    own, text, left_out = fields.line("id"), *_text(fields)
    fields.held.pop("preview_text", None)
    tags = fields.words("tags")
    left_out += (*_files(fields), *_place(fields), *_weather(fields))
    if at is None:
        return Skipped("", "no_date")
    if not text:
        return Skipped("", "no_text")
    id = ids.once(own) if own else ids.of("journey", at, text)
    return Page(id, local_day(at, zone), at, zone, "note", text, tags, tuple(dict.fromkeys(left_out)), fields.left())


def _moment(fields: Fields) -> datetime | None:
    """Milliseconds, or ISO 8601."""
    millis = next((found for name in MOMENTS if (found := fields.number(name)) is not None), None)
    return moment_of_millis(millis) or moment_of(fields.text(*MOMENTS))


def _text(fields: Fields) -> tuple[str, tuple[str, ...]]:
    text = fields.text("text")
    if fields.line("type").casefold() != "html":
        return text, ()
    plain, left_out = html_text.read(text)
    return tidy(plain), left_out


def _files(fields: Fields) -> Iterator[str]:
    """Recordings stand among the photos, told by their names."""
    for name in fields.words("photos"):
        yield "audio" if name.lower().endswith(SOUNDS) else "videos" if name.lower().endswith(FILMS) else "photos"


def _place(fields: Fields) -> Iterator[str]:
    found = [fields.held.pop(name, None) for name in PLACE]
    if any(isinstance(one, str) and one or _is_somewhere(one) for one in found):
        yield "location"


def _is_somewhere(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < NOWHERE


def _weather(fields: Fields) -> Iterator[str]:
    weather = Fields(fields.held.pop("weather", None))
    if _is_somewhere(weather.held.get("degree_c")) or weather.line("description"):
        yield "weather"
