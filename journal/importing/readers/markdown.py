"""A folder of Markdown, each file a page with front matter: what many other apps can be turned into; and our own."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from journal.importing.found import Found, Page, Skipped
from journal.importing.readers import front_matter, own_markdown, plain_text
from journal.importing.readers.front_matter import Value
from journal.importing.readers.opened import FILES, ROWS, File, Folder
from journal.importing.readers.reading import reader
from journal.importing.readers.taken import Ids, titled, words
from journal.importing.readers.text import whole
from journal.importing.readers.when import day_of, moment_of, zone_of
from journal.models.kinds import WRITTEN

PAGES = (".md", ".markdown", ".mdown", ".mkd")
MEDIA = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".svg", ".bmp", ".mp3", ".m4a", ".wav", ".mp4", ".mov")
DATES = ("date", "created", "created_at", "date created", "creation_date", "creationdate", "datetime", "timestamp")
TAGS = ("tags", "tag", "keywords", "categories", "category")
PICTURE = re.compile(r"!\[\[[^\[\]\n]{1,300}\]\]|!\[[^\[\]\n]{0,300}\]\([^()\n]{1,1000}\)")


@reader
def read(folder: Folder) -> Iterator[Found]:
    ids = Ids()
    files = folder.files(*PAGES, most=ROWS)
    is_own = folder.is_zip and _is_ours(folder)
    for file in files:
        yield from _file(file, ids, is_own)
    taken = {file.name for file in files}
    others = [one for one in folder.listed if one.name not in taken and not one.name.lower().endswith(MEDIA)]
    yield from (Skipped(one.name, "other_file") for one in others[:FILES])


def _is_ours(folder: Folder) -> bool:
    file = folder.named("README.md")
    text = whole(file) if file else None
    return bool(text) and front_matter.split(text or "")[0].get("title") == "Onward"


def _file(file: File, ids: Ids, is_own: bool) -> Iterator[Found]:
    text = whole(file)
    if not text:
        yield Skipped(file.name, "too_long" if text is None else "no_text")
        return
    front, body = front_matter.split(text)
    if "month" in front and own_markdown.DAY.search(body):
        yield from own_markdown.pages(body, ids)
    elif is_own:
        yield from () if file.stem == "README" else (Skipped(file.name, "in_everything"),)
    else:
        yield from _page(file, front, body.strip("\n"), ids)


def _page(file: File, front: dict[str, Value], body: str, ids: Ids) -> Iterator[Found]:
    """Its day stands in the front matter, else in its name, else above each of its parts."""
    written = _first(front, DATES)
    day = day_of(written) or plain_text.day_of_name(file)
    if day is None:
        yield from plain_text.of_file(file, ids)
        return
    zone, tags = zone_of(_line(front.pop("timezone", ""))), _tags(front)
    text = _titled(_line(front.pop("title", "")) or _name(file), body)
    kind = _line(front.pop("kind", "note"))
    left_out = ("photos",) if PICTURE.search(body) else ()
    if not text:
        yield Skipped(file.name, "no_text")
        return
    id = ids.of("markdown", day, text)
    meta: dict[str, Any] = {name: value for name, value in front.items() if value}
    if (parent := str(PurePosixPath(file.name).parent)) != ".":
        meta["folder"] = parent
    kept = kind if kind in WRITTEN else "note"
    yield Page(id, day, moment_of(written), zone, kept, text, tags, left_out, meta)


def _first(front: dict[str, Value], names: tuple[str, ...]) -> str:
    return next((_line(front.pop(name)) for name in names if front.get(name)), "")


def _line(value: Value) -> str:
    return " ".join((value if isinstance(value, str) else " ".join(value)).split())


def _tags(front: dict[str, Value]) -> tuple[str, ...]:
    found: list[str] = []
    for name in TAGS:
        value = front.pop(name, "")
        found += value if isinstance(value, list) else re.split(r"[,\n]", value)
    return words([one.strip().lstrip("#") for one in found])


def _name(file: File) -> str:
    """What a file is called beside its day."""
    name = re.sub(r"[_\s]+", " ", plain_text.IN_NAME.sub("", file.stem)).strip(" -.")
    return name if re.search(r"[^\W\d_]", name) else ""


def _titled(title: str, body: str) -> str:
    first = body.partition("\n")[0].lstrip("# ").strip()
    return body.strip() if first == title and body.strip() else titled(title, body.strip())
