"""Journiv: a ZIP with data.json (or journiv.json) beside its media; older ones by journals, newer ones by moments."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from journal.importing.found import Found, Number, Page, Skipped, Unreadable
from journal.importing.readers import delta, json_rows
from journal.importing.readers.opened import File, Folder
from journal.importing.readers.reading import reader
from journal.importing.readers.taken import Fields, Ids, titled, words
from journal.importing.readers.text import tidy
from journal.importing.readers.when import day_of, local_day, moment_of, zone_of

NAMES = ("data.json", "journiv.json")
ENTRIES = ("journals", "*", "entries", "*")
MOMENT = ("moments", "*")
LEFT_OUT = {
    "location_json": "location",
    "latitude": "location",
    "longitude": "location",
    "weather_json": "weather",
    "weather_summary": "weather",
}
MEDIA = {"image": "photos", "video": "videos", "audio": "audio"}
# Written by Journiv about itself.
ITS_OWN = ("word_count", "created_at", "updated_at")
GOALS = (("goals", "*"), ("goal_logs", "*"))


@reader
def read(folder: Folder) -> Iterator[Found]:
    file = next((found for name in NAMES if (found := folder.named(name))), None)
    file = file or (None if folder.is_zip else folder.listed[0])
    if file is None:
        raise Unreadable("other_format")
    levels, has_goals, journal, ids = _levels(file), False, "", Ids()
    for path, row in _rows(file):
        if path == ("journals", "*", "title"):
            journal = row if isinstance(row, str) else ""
        elif path == ENTRIES:
            yield from _moment(Fields(row), {"journal": journal} if journal else {}, levels, ids)
        elif path == MOMENT:
            yield from _moment(Fields(row), {}, levels, ids)
        has_goals = has_goals or path in GOALS
    if has_goals:
        yield Skipped(str(_("Goals")), "goals")


def _rows(file: File) -> Iterator[tuple[json_rows.Path, Any]]:
    return json_rows.rows(file, lambda path: len(path) < 2 or path in (ENTRIES[:2], ENTRIES[:3]))


def _levels(file: File) -> dict[str, int]:
    """Of each mood its level, 1 to 5, where one is said. Raises Unreadable where this is no copy of Journiv."""
    levels: dict[str, int] = {}
    is_one = False
    for path, row in _rows(file):
        is_one = is_one or path[:1] in (("journals",), ("moments",))
        if path == ("mood_definitions", "*"):
            fields = Fields(row)
            score = fields.whole("score")
            if score is not None and 1 <= score <= 5:
                levels[fields.line("name").casefold()] = score
    if not is_one:
        raise Unreadable("other_format")
    return levels


def _moment(fields: Fields, meta: dict[str, Any], levels: dict[str, int], ids: Ids) -> Iterator[Found]:
    at = moment_of(fields.text("logged_at_utc", "logged_at", "entry_datetime_utc"))
    zone = zone_of(fields.line("logged_timezone", "entry_timezone"))
    day = day_of(fields.line("logged_date_tz", "logged_date", "entry_date")) or (local_day(at, zone) if at else None)
    if day is None:
        yield Skipped("", "no_date")
        return
    entry, note, own = Fields(fields.held.pop("entry", None)), fields.text("note"), fields.line("external_id", "id")
    body, left_out = _body(entry if entry.held else fields)
    text = tidy(f"{note}\n\n{body}" if note and body else note or body)
    mood, activities = _mood(fields), _activities(fields)
    tags = words([*fields.words("tags"), *activities])
    left_out += (*fields.left_out(LEFT_OUT), *_media(fields), *_media(entry))
    id = ids.once(own) if own else ids.of("journiv", at, day, text, mood)
    meta = fields.left() | entry.left() | meta
    if text or tags:
        more = {name: value for name, value in meta.items() if name not in ITS_OWN}
        yield Page(id, day, at, zone, "note", text or " · ".join(tags), tags, tuple(dict.fromkeys(left_out)), more)
    elif not mood:
        yield Skipped("", "no_text")
    if mood:
        yield Number(f"{id}-mood", str(_("Mood")), day, mood, at, zone, level=levels.get(mood.casefold()))


def _body(fields: Fields) -> tuple[str, tuple[str, ...]]:
    """The Delta where there is one; else what stands there as a text."""
    title, plain = fields.line("title"), fields.text("content_plain_text")
    rich, content = fields.held.pop("content_delta", None), fields.held.pop("content", None)
    text, left_out = delta.read(rich) or delta.read(content) or (content if isinstance(content, str) else "", ())
    return titled(title, tidy(text) or plain), left_out


def _mood(fields: Fields) -> str:
    log = fields.held.get("mood_log")
    if isinstance(log, Mapping):
        return Fields(fields.held.pop("mood_log")).line("mood_name", "name", "mood")
    return fields.line("primary_mood_name", "mood_log")


def _activities(fields: Fields) -> list[str]:
    return [name for row in fields.rows("mood_activity") if (name := row.line("activity_name"))]


def _media(fields: Fields) -> Iterator[str]:
    for one in fields.rows("media"):
        yield MEDIA.get(one.line("media_type"), "files")
