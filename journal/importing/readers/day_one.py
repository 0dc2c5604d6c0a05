"""Day One: a ZIP of one JSON a journal, beside photos and the like; or such a JSON alone."""

import json
import re
from collections.abc import Iterator
from typing import Any

from journal.importing.found import Found, Page, Skipped, Unreadable
from journal.importing.readers import json_rows
from journal.importing.readers.opened import File, Folder
from journal.importing.readers.reading import reader
from journal.importing.readers.taken import Fields, Ids
from journal.importing.readers.text import tidy
from journal.importing.readers.when import local_day, moment_of, zone_of

LEFT_OUT = {
    "photos": "photos",
    "videos": "videos",
    "audios": "audio",
    "pdfAttachments": "files",
    "location": "location",
    "weather": "weather",
}
# What stands in a text in place of something else: ![](dayone-moment://ID), ![](dayone-moment:/audio/ID).
EMBEDDED = re.compile(r"!\[[^\[\]]{0,500}\]\(dayone-moment:/?/?(\w*)[^()\s]{0,500}\)")
KINDS = {"audio": "audio", "video": "videos", "pdfAttachment": "files"}
# Links that open in Day One alone.
LINK = re.compile(r"\[([^\[\]]{0,500})\]\(dayone2?://[^()\s]{0,1000}\)")
# A sign that is escaped; or what stands between fences or between ticks, where nothing is.
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|(```.*?```|`[^`\n]+`)", re.S)
# What has to be escaped so that it stays.
SIGNS = re.compile(r"([\\`])")


@reader
def read(folder: Folder) -> Iterator[Found]:
    ids = Ids()
    for journal in folder.files(".json"):
        yield from _journal(journal, ids, named=folder.is_zip)


def _journal(file: File, ids: Ids, *, named: bool) -> Iterator[Found]:
    is_one = False
    for path, row in json_rows.rows(file, lambda path: path in ((), ("entries",))):
        is_one = is_one or path[:1] == ("entries",)
        if path == ("entries", "*"):
            yield _page(row, ids, file.stem if named else "")
    if not is_one:
        raise Unreadable("other_format")


def _page(row: Any, ids: Ids, journal: str) -> Found:
    fields = Fields(row)
    id = ids.once(fields.line("uuid")) if fields.held.get("uuid") else ids.of(json.dumps(row, sort_keys=True))
    at, zone = moment_of(fields.text("creationDate")), zone_of(fields.line("timeZone"))
    text, embedded = plain(fields.text("text") or _rich(fields.held.get("richText")))
    # It says the same once more, with where each letter stands.
    fields.held.pop("richText", None)
    tags = fields.words("tags")
    left_out = tuple(dict.fromkeys((*fields.left_out(LEFT_OUT), *embedded)))
    if at is None:
        return Skipped("", "no_date")
    if not text:
        return Skipped("", "no_text")
    meta = fields.left() | ({"journal": journal} if journal else {})
    return Page(id, local_day(at, zone), at, zone, "note", text, tags, left_out, meta)


def plain(text: str) -> tuple[str, tuple[str, ...]]:
    """A text of Day One as it was written, and what stood in it that is no text."""
    embedded = tuple(KINDS.get(kind, "photos") for kind in EMBEDDED.findall(text))
    text = LINK.sub(r"\1", EMBEDDED.sub("", text)).replace("\u200b", "")
    text = ESCAPED.sub(lambda found: found[1] or found[2], text)
    return tidy(re.sub(r"\n{3,}", "\n\n", text)), embedded


def _rich(written: Any) -> str:
    """Older entries have their words here alone. They are not escaped."""
    try:
        rich = json.loads(written) if isinstance(written, str) else None
    except (ValueError, RecursionError):
        return ""
    blocks = Fields(rich).rows("contents")
    return "".join(SIGNS.sub(r"\\\1", block.held["text"]) for block in blocks if _has_text(block))


def _has_text(block: Fields) -> bool:
    return isinstance(block.held.get("text"), str)
