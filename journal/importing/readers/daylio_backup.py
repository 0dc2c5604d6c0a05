"""Daylio’s own backup (.daylio): a ZIP that holds one file, JSON in base64, beside its photos."""

import base64
from collections.abc import Iterator
from types import TracebackType
from typing import IO, Any, cast

from django.utils.translation import gettext as _

from journal.importing.found import Found, Number, Page, Skipped, Unreadable
from journal.importing.readers import json_rows
from journal.importing.readers.daylio import BETWEEN, words_of
from journal.importing.readers.opened import File, Folder
from journal.importing.readers.reading import reader
from journal.importing.readers.taken import Fields, Ids, words
from journal.importing.readers.text import begins
from journal.importing.readers.when import day, moment_of_millis

NAME = "backup.daylio"
# What its five moods are called where nobody gave them another name; 1 is the best of them.
MOODS = {1: "rad", 2: "good", 3: "meh", 4: "bad", 5: "awful"}
GOALS = {"goals", "goalEntries", "goalSuccessWeeks"}


class Names:
    """Moods and activities by their numbers; a mood also has its level, 1 to 5."""

    def __init__(self, file: File) -> None:
        self.moods: dict[int, tuple[str, int | None]] = {}
        self.activities: dict[int, str] = {}
        self.is_backup = self.has_goals = False
        for path, row in rows(file):
            self.is_backup = self.is_backup or path[:1] == ("dayEntries",)
            self.has_goals = self.has_goals or path[:1] == ("goalEntries",) and bool(row)
            if path == ("customMoods", "*"):
                self._mood(Fields(row))
            elif path == ("tags", "*"):
                self._activity(Fields(row))

    def _mood(self, fields: Fields) -> None:
        id, own, place = fields.whole("id"), fields.line("custom_name"), fields.whole("mood_group_id")
        name = own or MOODS.get(fields.whole("predefined_name_id") or 0, "")
        if id is not None and name:
            self.moods[id] = (name, 6 - place if place in MOODS else None)

    def _activity(self, fields: Fields) -> None:
        id, name = fields.whole("id"), fields.line("name")
        if id is not None and name:
            self.activities[id] = name


def rows(file: File) -> Iterator[tuple[json_rows.Path, Any]]:
    return json_rows.rows(file, lambda path: len(path) < 2)


@reader
def read(folder: Folder) -> Iterator[Found]:
    ids = Ids()
    file = folder.named(NAME) if folder.is_zip else next(iter(folder.listed))
    if file is None:
        raise Unreadable("other_format")
    if begins(file) != "{":
        file = _decoded(file)
    names = Names(file)
    if not names.is_backup:
        raise Unreadable("other_format")
    for path, row in rows(file):
        if path == ("dayEntries", "*"):
            yield from _entry(Fields(row), names, ids)
    if names.has_goals:
        yield Skipped(str(_("Goals")), "goals")


def _entry(fields: Fields, names: Names, ids: Ids) -> Iterator[Found]:
    """Its month counts from 0; `datetime` is in milliseconds."""
    year, month, number = (fields.whole(name) for name in ("year", "month", "day"))
    told = None if year is None or month is None or number is None else day(year, month + 1, number)
    millis = fields.whole("datetime")
    if told is None:
        yield Skipped("", "no_date")
        return
    text, left_out = words_of(fields.line("note_title"), fields.text("note"))
    mood, tags, at = fields.whole("mood"), _numbers(fields, "tags"), moment_of_millis(millis)
    activities = words([names.activities[tag] for tag in tags if tag in names.activities])
    left_out += fields.left_out({"assets": "photos"})
    name, level = names.moods.get(mood or 0, (MOODS.get(mood or 0, ""), None))
    own = fields.whole("id")
    id = ids.once(f"daylio-{own}") if own is not None else ids.of("daylio", millis, told, name, text, activities)
    if text or activities:
        words_ = text or BETWEEN.join(activities)
        yield Page(id, told, at, text=words_, tags=activities, left_out=left_out, meta=fields.left())
    elif left_out:
        yield Skipped("", "no_text")
    if name:
        yield Number(f"{id}-mood", str(_("Mood")), told, name, at, level=level, is_mood=True)


def _numbers(fields: Fields, name: str) -> list[int]:
    found = fields.held.pop(name, None)
    return [one for one in found if isinstance(one, int)] if isinstance(found, list) else []


def _decoded(file: File) -> File:
    return File(f"{file.name} (decoded)", lambda: cast(IO[bytes], Decoded(file.pieces())), file.budget)


class Decoded:
    """Base64, read as it comes, whatever its lines are."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.held = pieces, b""

    def read(self, _size: int) -> bytes:
        """b"" at the end alone; raises ValueError for what is no base64."""
        for piece in self.pieces:
            self.held += piece.translate(None, b" \t\r\n")
            ready = len(self.held) // 4 * 4
            whole, self.held = self.held[:ready], self.held[ready:]
            if whole:
                return base64.b64decode(whole, validate=True)
        if self.held:
            raise ValueError("base64 that breaks off")
        return b""

    def __enter__(self) -> "Decoded":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """The pieces close what they read."""
