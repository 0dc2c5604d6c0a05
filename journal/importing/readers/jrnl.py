"""jrnl: its JSON, and its text, where a line that begins with [2026-11-20 09:30] begins an entry."""

import re
from collections.abc import Iterator
from typing import Any

from journal.importing.found import Found, Page, Skipped, Unreadable
from journal.importing.readers import json_rows
from journal.importing.readers.opened import File, Folder
from journal.importing.readers.reading import reader
from journal.importing.readers.taken import Fields, Ids, words
from journal.importing.readers.text import LONGEST, begins, lines, tidy
from journal.importing.readers.when import day_of

HEAD = re.compile(r"\[(\d{4}-\d{1,2}-\d{1,2})(?:[ T](\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?))?\] ?")
# jrnl’s own signs for a tag, where they begin a word.
TAG = re.compile(r"(?<!\S)[@#]([^\W\d_][\w/+*-]*)")


@reader
def read(folder: Folder) -> Iterator[Found]:
    ids = Ids()
    for file in folder.files(".json", ".txt"):
        yield from (_json(file, ids) if begins(file) == "{" else _text(file, ids))


def _json(file: File, ids: Ids) -> Iterator[Found]:
    is_one = False
    for path, row in json_rows.rows(file, lambda path: path in ((), ("entries",))):
        is_one = is_one or path[:1] == ("entries",)
        if path == ("entries", "*"):
            yield _page(row, ids)
    if not is_one:
        raise Unreadable("other_format")


def _page(row: Any, ids: Ids) -> Found:
    fields = Fields(row)
    own, date, time = fields.line("uuid"), fields.line("date"), fields.line("time")
    # As jrnl’s own text has it: the title is the line above.
    text = "\n".join(filter(None, [fields.line("title"), fields.text("body")]))
    day, tags = day_of(date), words([tag.lstrip("@#") for tag in fields.words("tags")])
    id = ids.once(own) if own else ids.of("jrnl", date, time, text)
    if day is None:
        return Skipped("", "no_date")
    if not text:
        return Skipped("", "no_text")
    meta = fields.left() | ({"time": time} if time else {})
    return Page(id, day, text=text, tags=tags, meta=meta)


def _text(file: File, ids: Ids) -> Iterator[Found]:
    """What stands before the first line with a day belongs to no entry."""
    head: re.Match[str] | None = None
    held: list[str] = []
    began, length, any_head = 1, 0, False
    for number, line in enumerate(lines(file), 1):
        if found := HEAD.match(line.lstrip("\ufeff")):
            yield from _entry(head, held, began, ids)
            head, held, began, length, any_head = found, [line[found.end() :]], number, 0, True
        elif length <= LONGEST:
            held.append(line)
            length += len(line)
    if not any_head:
        raise Unreadable("other_format")
    yield from _entry(head, held, began, ids)


def _entry(head: re.Match[str] | None, held: list[str], line: int, ids: Ids) -> Iterator[Found]:
    text = tidy("".join(held))
    day = day_of(head[1]) if head else None
    if not head and not text:
        return
    if day is None or head is None:
        yield Skipped(str(line), "no_date")
        return
    first, _end, rest = text.partition("\n")
    starred = first.endswith(" *")
    text = tidy(f"{first.removesuffix(' *')}\n{rest}")
    meta = ({"time": head[2]} if head[2] else {}) | ({"starred": True} if starred else {})
    tags = words(TAG.findall(text))
    page = Page(ids.of("jrnl", day, head[2], text), day, text=text, tags=tags, meta=meta)
    yield page if text else Skipped(str(line), "no_text")
