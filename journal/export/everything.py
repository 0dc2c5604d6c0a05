"""Everything, or what was chosen of it, as JSON: lossless, documented, versioned (docs/formats.md), row by row."""

import json
from collections.abc import Generator, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

import orjson
from django.conf import settings
from django.utils.module_loading import import_string

from accounts.export import person
from accounts.models import User
from journal import models as nouns
from journal.export.choice import Choice
from journal.export.pages import Reader, Row, linked
from journal.models.owned import Owned

VERSION = 2
# Nothing refers to what comes later, but steps to earlier steps among themselves.
NOUNS: dict[str, type[Owned]] = {
    "themes": nouns.Theme,
    "matters": nouns.Matter,
    "treats": nouns.Treat,
    "milestones": nouns.Milestone,
    "good_enoughs": nouns.GoodEnough,
    "asides": nouns.Aside,
    "standards": nouns.Standard,
    "longer_looks": nouns.LongerLook,
    "steps": nouns.Step,
    "entries": nouns.Entry,
    "completions": nouns.Completion,
    "detours": nouns.Detour,
    "beginnings": nouns.Beginning,
    "lessons": nouns.Lesson,
    "sequels": nouns.Sequel,
    "put_away": nouns.PutAway,
    "acceptances": nouns.Acceptance,
    "answers": nouns.Answer,
    "not_agains": nouns.NotAgain,
    "doubts": nouns.Doubt,
    "evidence": nouns.Evidence,
    "revisits": nouns.Revisit,
    "decisions": nouns.Decision,
    "meetings": nouns.Meeting,
    "brought": nouns.Brought,
    "then_nows": nouns.ThenNow,
    "kindnesses": nouns.Kindness,
    "encouragements": nouns.Encouragement,
    "laters": nouns.Later,
    "revisions": nouns.Revision,
    "weeks": nouns.Week,
    "chapters": nouns.Chapter,
    "measures": nouns.Measure,
    "readings": nouns.Reading,
    "pins": nouns.Pin,
    "askings": nouns.Asking,
    "declined": nouns.Declined,
    "helping": nouns.Helping,
    "sittings": nouns.Sitting,
    "heavy_pages": nouns.HeavyPage,
    "not_for_me": nouns.NotForMe,
    "offerings": nouns.Offering,
    "unproven": nouns.Unproven,
    "drafts": nouns.Draft,
}


def chunks(user: User, now: datetime, choice: Choice) -> Generator[bytes, None, None]:
    """One object. What cannot be opened stands in its place as null, and at the end as the bytes that are kept."""
    reader = Reader(user, choice)
    head = {"format": "onward", "version": VERSION, "exported_at": now, "person": person(user, reader.note)}
    head |= {} if choice.is_whole else {"chosen": _chosen(choice)}
    yield b"{\n" + b",\n".join(_json(key) + b": " + _json(value) for key, value in head.items())
    for noun, pages in told(reader):
        yield from _array(noun, pages)
    yield from _array("unopened", [list(reader.unopened.values())])
    yield b"\n}\n"


def told(reader: Reader) -> Iterator[tuple[str, Iterator[list[Row]]]]:
    """Each noun with its rows, page by page: to be read in this order, each to its end."""
    here, whole = set[str](), reader.choice.is_whole
    for noun, model in NOUNS.items():
        pages = _pages(reader, noun, model)
        yield noun, pages if whole else map(partial(_closed, model, here), pages)
    for part in settings.EXPORT_PARTS:
        for noun, rows in import_string(part)(reader.user).items():
            yield noun, iter([rows if whole else []])


def _chosen(choice: Choice) -> Row:
    return {"first": choice.first, "last": choice.last, "kinds": choice.kinds, "theme_ids": choice.themes}


def _array(noun: str, parts: Iterable[list[Row]]) -> Iterator[bytes]:
    yield b",\n" + _json(noun) + b": ["
    before = b"\n"
    for rows in parts:
        if rows:
            yield before + b",\n".join(map(_json, rows))
            before = b",\n"
    yield b"\n]"


def _pages(reader: Reader, noun: str, model: type[Owned]) -> Iterator[list[Row]]:
    """Every column but the owner, links as ids, and when a row was taken back."""
    names = [one.attname for one in model._meta.concrete_fields if one.attname not in ("id", "owner_id")]
    if hasattr(model, "removal"):
        names.append("removal__at")
    rows: Any = model._default_manager
    mine = rows.of(reader.user).with_words() if model is nouns.Unproven else rows.filter(owner=reader.user)
    order = mine.order_by("created_at", "pk")
    for page in reader.pages(noun, order, rows.order_by(), *names):
        links = {one.name: linked(model, one.name, page) for one in model._meta.local_many_to_many}
        yield [_told(row, links) for row in page]


def _closed(model: type[Owned], here: set[str], page: list[Row]) -> list[Row]:
    """A copy of a part names only what is in it; `here` are the ids so far."""
    links = {one.attname: one.null for one in model._meta.concrete_fields if one.is_relation and one.name != "owner"}
    rows = []
    for row in page:
        gone = [name for name in links if row[name] not in here]
        if all(links[name] for name in gone):
            rows.append(row | dict.fromkeys(gone))
            here.add(row["id"])
    return rows


def _told(row: Row, links: dict[str, dict[str, list[str]]]) -> Row:
    told = {"id": row.pop("pk")} | row
    for name, found in links.items():
        told[f"{name.removesuffix('s')}_ids"] = found.get(told["id"], [])
    if "removal__at" in told:
        told["removed_at"] = told.pop("removal__at")
    if "wordings" in told:
        wordings = told.pop("wordings")
        told["earlier"] = None if wordings is None else json.loads(wordings or "[]")
    if "content" in told:
        content = told.pop("content")
        told[held_as(told)] = json.loads(content) if content else None
    return told


def held_as(row: Row) -> str:
    """A revision has its texts by name, what came as a reply has lines, a draft names and values."""
    return "words" if "of_version" in row else "fields" if "action" in row else "lines"


def _json(value: Any) -> bytes:
    """Instants with their offset from UTC, days as they are (ISO 8601)."""
    return orjson.dumps(value)
