"""For Day One: a ZIP of one journal in its JSON (docs/formats.md), each entry with what belongs to it."""

import json
import re
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from typing import Any

from accounts.models import User
from journal.export import markdown
from journal.export.choice import Choice
from journal.export.leaves import Leaf, leaves
from journal.export.moments import COLUMNS, moment
from journal.export.pages import Reader
from journal.export.zipped import zipped
from journal.models.kinds import Kind

# What Day One itself puts a backslash before, so that it is not taken for Markdown.
MARKED = re.compile(r"[\\`*_{}\[\]()#+\-.!]")
_json = json.JSONEncoder(ensure_ascii=False).encode


def chunks(user: User, now: datetime, choice: Choice) -> Generator[bytes, None, None]:
    reader = Reader(user, choice, instead=markdown.unopened())
    yield from zipped([("Onward.json", _journal(reader))], now)


def _journal(reader: Reader) -> Iterator[str]:
    yield '{"metadata": {"version": "1.0"}, "entries": ['
    journal, before = markdown.Journal(own=escaped), "\n"
    for page in leaves(reader, *COLUMNS, "updated_at"):
        yield before + ",\n".join(_json(_entry(journal, leaf)) for leaf in page)
        before = ",\n"
    yield "\n]}\n"


def _entry(journal: markdown.Journal, leaf: Leaf) -> dict[str, Any]:
    at, zone, is_day = moment(leaf)
    return {
        "uuid": str(leaf.pk).replace("-", "").upper(),
        "creationDate": _stamp(at),
        "modifiedDate": _stamp(max(at, leaf.updated_at)),
        "timeZone": zone,
        "isAllDay": is_day,
        "starred": False,
        "isPinned": False,
        "tags": list(dict.fromkeys([*leaf.themes, str(Kind(leaf.kind).label)])),
        "text": "\n\n".join(journal.texts(leaf)) or escaped(journal.head(leaf)),
    }


def escaped(text: str) -> str:
    return MARKED.sub(r"\\\g<0>", text)


def _stamp(at: datetime) -> str:
    """UTC to the second, the year in four digits whatever it is."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
