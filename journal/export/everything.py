"""Everything, as JSON: lossless, documented and versioned (docs/formats.md), written row by row."""

import json
from collections.abc import Generator, Iterable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

from accounts.export import person
from accounts.models import User
from journal import models as nouns
from journal.export.pages import linked, pages, unopened
from journal.models.owned import Owned

VERSION = 1
# Nothing refers to what comes later, but steps to earlier steps among themselves.
NOUNS: dict[str, type[Owned]] = {
    "themes": nouns.Theme,
    "milestones": nouns.Milestone,
    "good_enoughs": nouns.GoodEnough,
    "steps": nouns.Step,
    "completions": nouns.Completion,
    "entries": nouns.Entry,
    "lessons": nouns.Lesson,
    "acceptances": nouns.Acceptance,
    "answers": nouns.Answer,
    "revisions": nouns.Revision,
    "weeks": nouns.Week,
}
Row = dict[str, Any]


def chunks(user: User, now: datetime) -> Generator[bytes, None, None]:
    """One object. What cannot be opened stands in its place as null, and at the end as the bytes that are kept."""
    kept: list[Row] = []
    head = {"format": "onward", "version": VERSION, "exported_at": now, "person": person(user, kept)}
    yield ("{\n" + ",\n".join(f"{_json(key)}: {_json(value)}" for key, value in head.items())).encode()
    for noun, model in NOUNS.items():
        yield from _array(noun, _pages(noun, model, user, kept))
    for part in settings.EXPORT_PARTS:
        for noun, rows in import_string(part)(user).items():
            yield from _array(noun, [rows])
    yield from _array("unopened", [kept])
    yield b"\n}\n"


def _array(noun: str, parts: Iterable[list[Row]]) -> Iterator[bytes]:
    yield f",\n{_json(noun)}: [".encode()
    before = "\n"
    for rows in parts:
        if rows:
            yield (before + ",\n".join(map(_json, rows))).encode()
            before = ",\n"
    yield b"\n]"


def _pages(noun: str, model: type[Owned], user: User, kept: list[Row]) -> Iterator[list[Row]]:
    rows: models.QuerySet[Any] = model._base_manager.filter(owner=user).order_by("created_at", "pk")
    if model is nouns.Entry:
        rows = rows.select_related("removal")
    told = Told(noun, model, kept)
    for page in pages(rows):
        yield told.rows(page)


class Told:
    """How rows of one model are told: every column but the owner, links as ids, and when it was taken back."""

    def __init__(self, noun: str, model: type[Owned], kept: list[Row]) -> None:
        self.noun, self.kept = noun, kept
        self.sealed = [field.attname for field in model.sealed_fields()]
        self.columns = [field.attname for field in model._meta.concrete_fields if field.attname != "owner_id"]
        self.links = {f"{field.name.removesuffix('s')}_ids": field.name for field in model._meta.local_many_to_many}
        self.can_be_removed = model is nouns.Entry

    def rows(self, page: list[Owned]) -> list[Row]:
        links = {key: linked(page, name) for key, name in self.links.items()}
        return [self._row(row) | {key: found.get(row.pk, []) for key, found in links.items()} for row in page]

    def _row(self, row: Any) -> Row:
        told = {name: self._text(row, name) if name in self.sealed else getattr(row, name) for name in self.columns}
        if self.can_be_removed:
            told["removed_at"] = row.removal.at if hasattr(row, "removal") else None
        if self.noun == "revisions":
            content = told.pop("content")
            told["words"] = json.loads(content) if content else None
        return told

    def _text(self, row: Owned, name: str) -> str | None:
        text = row.text_of(name)
        if text is None:
            self.kept.append(unopened(self.noun, row, name))
        return text


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: UUID | date) -> str:
    """Instants with their offset from UTC, days as they are (ISO 8601)."""
    return str(value) if isinstance(value, UUID) else value.isoformat()
