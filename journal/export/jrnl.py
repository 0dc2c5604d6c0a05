"""For jrnl, the journal of the command line: its JSON, and the text that it takes in itself (docs/formats.md)."""

import json
import re
from collections import Counter
from collections.abc import Generator, Iterator
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from accounts.models import User
from journal.export import markdown
from journal.export.choice import Choice
from journal.export.leaves import Leaf, leaves
from journal.export.moments import COLUMNS, moment
from journal.export.pages import Reader
from journal.models.kinds import Kind

BREAK = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c\x1c-\x1e]")
# What jrnl would read as the beginning of an entry: anything in brackets where a line begins.
BEGINS = re.compile(r"^(?=\[[^\]]+\] )", re.MULTILINE)
# What stands in no tag of jrnl.
APART = re.compile(r"[^-+*#/\w]+")
_json = json.JSONEncoder(ensure_ascii=False).encode


class Page(NamedTuple):
    date: str
    time: str
    title: str
    rest: str
    tags: list[str]


def as_json(user: User, now: datetime, choice: Choice) -> Generator[bytes, None, None]:
    """How often each tag stands is known at the end, so that it is told there."""
    yield b'{"entries": ['
    before, counts = "\n", Counter[str]()
    for pages in _pages(user, choice):
        yield (before + ",\n".join(_json(_fields(page)) for page in pages)).encode()
        before = ",\n"
        counts.update(tag for page in pages for tag in page.tags)
    yield f'\n], "tags": {_json(dict(counts.most_common()))}}}\n'.encode()


def _fields(page: Page) -> dict[str, Any]:
    told = {"title": page.title, "body": page.rest, "date": page.date, "time": page.time}
    return told | {"tags": page.tags, "starred": False}


def as_text(user: User, now: datetime, choice: Choice) -> Generator[bytes, None, None]:
    for pages in _pages(user, choice):
        yield "".join(map(_text, pages)).encode()


def _text(page: Page) -> str:
    words = "\n".join(filter(None, [page.title, page.rest, " ".join(page.tags)]))
    return f"[{page.date} {page.time}] {BEGINS.sub(' ', words)}\n\n"


def _pages(user: User, choice: Choice) -> Iterator[list[Page]]:
    journal = markdown.Journal(own=_plain, asked="{}")
    for page in leaves(Reader(user, choice, instead=markdown.unopened()), *COLUMNS):
        yield [_page(journal, leaf) for leaf in page]


def _page(journal: markdown.Journal, leaf: Leaf) -> Page:
    at, zone, _is_day = moment(leaf)
    wall = at.astimezone(ZoneInfo(zone))
    title, _, rest = "\n\n".join(journal.texts(leaf)).partition("\n")
    if not title.strip() or title.strip().endswith("*"):  # jrnl takes a star at its end for one of its own
        title, rest = journal.head(leaf), f"{title}\n{rest}"
    tags = dict.fromkeys(filter(None, map(tag, [*leaf.themes, str(Kind(leaf.kind).label)])))
    return Page(str(leaf.local_date), f"{wall:%H:%M}", title.strip(), rest.strip("\n"), list(tags))


def tag(words: str) -> str:
    """@deep_work for deep work, as jrnl has them: small letters and no spaces."""
    said = APART.sub("_", words.lower()).strip("_")
    return f"@{said}" if said else ""


def _plain(text: str) -> str:
    return BREAK.sub("\n", text)
