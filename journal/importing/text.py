"""Plain text: an entry for each line that is a day, or the whole file where its name begins with one."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date

from journal.importing.found import Found, Page, Skipped, Unreadable, Upload

DAY = re.compile(r"#{0,6}\s*\[?(\d{4}-\d{2}-\d{2})\]?\b[^\n]{0,40}")
AT_THE_BEGINNING = re.compile(r"(\d{4}-\d{2}-\d{2})")


def read(upload: Upload) -> Iterator[Found]:
    with closing(upload.open()) as file:
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Unreadable("other_format") from None
    named = AT_THE_BEGINNING.match(upload.name)
    day, lines = _day(named[1]) if named else None, list[str]()
    begun = 1
    for number, line in enumerate([*text.splitlines(), None], 1):
        found = DAY.fullmatch(line.strip()) if line is not None else None
        if line is not None and not (found and _day(found[1])):
            lines.append(line)
            continue
        yield from _page(day, lines, begun)
        day, lines, begun = _day(found[1]) if found else None, [], number


def _page(day: date | None, lines: list[str], begun: int) -> Iterator[Found]:
    text = "\n".join(lines).strip("\n")
    if not text.strip():
        return
    if day is None:
        yield Skipped(str(begun), "no_date")
        return
    id = hashlib.sha256(f"{day}\0{text}".encode()).hexdigest()
    yield Page(id, day, text=text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
