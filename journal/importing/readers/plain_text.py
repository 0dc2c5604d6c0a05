"""Plain text: a line with a day alone begins an entry; a file without one is an entry of the day in its name."""

import re
from collections.abc import Iterator
from datetime import date

from journal.importing.found import Found, Page, Skipped, Unreadable
from journal.importing.readers.opened import ROWS, File, Folder
from journal.importing.readers.reading import reader
from journal.importing.readers.taken import Ids
from journal.importing.readers.text import LONGEST, lines, tidy, whole
from journal.importing.readers.when import day_of

# 2026-11-20, with or without signs of a heading around it, a weekday or a time behind it.
BEHIND = r"(?:[,:]?[ T](?:\w{2,12}\.?|\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?)){0,2}"
DAY = re.compile(rf"[#=*\[\s]{{0,8}}(\d{{4}}-\d{{2}}-\d{{2}})[\])*]{{0,4}}{BEHIND}[\]=*:\s]{{0,8}}", re.I)
IN_NAME = re.compile(r"(?<!\d)(\d{4})[-_. ]?(\d{2})[-_. ]?(\d{2})(?!\d)")


@reader
def read(folder: Folder) -> Iterator[Found]:
    ids = Ids()
    for file in folder.files(".txt", ".md", ".markdown", ".text", most=ROWS):
        yield from of_file(file, ids)


def of_file(file: File, ids: Ids) -> Iterator[Found]:
    if any(DAY.fullmatch(line[:80].rstrip("\n")) for line in lines(file)):
        yield from by_days(file, DAY, ids, "text", day_of_name(file))
        return
    text, day = whole(file), day_of_name(file)
    if text is None or day is None or not text:
        yield Skipped(file.name, "too_long" if text is None else "no_text" if not text else "no_date")
        return
    yield Page(ids.of("text", day, text), day, text=text)


def day_of_name(file: File) -> date | None:
    found = IN_NAME.search(file.stem)
    return day_of("-".join(found.groups())) if found else None


def by_days(file: File, rule: re.Pattern[str], ids: Ids, source: str, before: date | None = None) -> Iterator[Found]:
    """What stands before the first day is of the day `before`, where there is one."""
    day, held, began, length, days = before, list[str](), 1, 0, 0
    for number, line in enumerate(lines(file), 1):
        found = rule.fullmatch(line.rstrip("\n")) if len(line) <= 80 else None
        if found and (next_day := day_of(found[1])):
            yield from _entry(day, held, began, ids, source)
            day, held, began, length, days = next_day, [], number, 0, days + 1
            file.budget.values.spend(file.name, days)
        elif length <= LONGEST:
            held.append(line)
            length += len(line)
    if not days:
        raise Unreadable("no_days")
    yield from _entry(day, held, began, ids, source)


def _entry(day: date | None, held: list[str], line: int, ids: Ids, source: str) -> Iterator[Found]:
    if text := tidy("".join(held)):
        yield Page(ids.of(source, day, text), day, text=text) if day else Skipped(str(line), "no_date")
