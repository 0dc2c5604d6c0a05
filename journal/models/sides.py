"""Rows that belong to others, of several nouns at once: one UNION, whose SQL the ORM writes once in the life of a
process, and records made of what it answers. What was not read of a record is fetched when somebody asks for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import Value
from django.db.models.base import ModelState

from accounts.prepared import Question, prepared
from accounts.sealed import Sealed
from journal.models.together import selected

# The most columns of either sort that a side has.
WORDS, TEXTS = 2, 9


@dataclass(frozen=True, eq=False)
class Side:
    """Rows of a noun: `of` names the column with the id they belong to, `words` plain columns, `texts` sealed ones."""

    noun: Any
    texts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    id: str = "pk"
    of: str = "entry_id"
    only: tuple[tuple[str, bool], ...] = ()

    def asked(self, name: str, ids: Sequence[UUID]) -> Any:
        rows = self.noun._default_manager.filter(**{f"{self.of}__in": ids}, **dict(self.only))
        return selected(rows, Value(name), (self.id, self.of, *self.words), self.texts, 2 + WORDS, TEXTS)


Asked = dict[str, tuple[Side, list[UUID]]]
# The name it was asked for by, its id and that of what it belongs to (hex), then its words and texts.
Row = tuple[Any, ...]
FIRST_WORD, FIRST_TEXT = 3, 3 + WORDS


def read(asked: Asked) -> list[Row]:
    questions: list[str] = []
    params: list[Any] = []
    native = connection.features.has_native_uuid_field
    for name, (side, ids) in asked.items():
        # So that few lengths are written, the last one is asked for again.
        length = 1 << (len(ids) - 1).bit_length()
        question = _written(connection.vendor, name, side, length)
        questions.append(question.sql)
        given = ids if native else [id.hex for id in ids]
        params += question.filled([name, side, *given, *given[-1:] * (length - len(given))])
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(questions), params)
        rows: list[Row] = cursor.fetchall()
    if connection.vendor == "sqlite":
        return rows
    return [(name, id.replace("-", ""), of.replace("-", ""), *rest) for name, id, of, *rest in rows]


def record(noun: type[models.Model], owner: UUID, side: Side, row: Row) -> Any:
    """A kept row as an instance, without what Django does for one that may be new."""
    made = noun.__new__(noun)
    made._state = ModelState()
    made._state.adding, made._state.db = False, DEFAULT_DB_ALIAS
    held = made.__dict__
    held["id"], held["owner_id"] = UUID(row[1]), owner
    for name, at, value_of in _columns(side):
        held[name] = value_of(row[at])
    return made


@cache
def _columns(side: Side) -> list[tuple[str, int, Callable[[Any], Any]]]:
    words = [_field(side.noun, path) for path in side.words]
    texts = [_field(side.noun, path) for path in side.texts]
    plain = [(field.attname, at, partial(_plain, field)) for at, field in enumerate(words, FIRST_WORD)]
    return plain + [(field.attname, at, _sealed) for at, field in enumerate(texts, FIRST_TEXT)]


def _sealed(text: bytes | None) -> Sealed:
    return Sealed(text or b"")


def _plain(field: Any, word: str | None) -> Any:
    value = field.to_python(word)
    # SQLite keeps moments in UTC and does not say so.
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def _field(noun: Any, path: str) -> Any:
    *way, name = path.split("__")
    for step in way:
        noun = noun._meta.get_field(step).related_model
    return next(field for field in noun._meta.concrete_fields if name == field.attname)


@cache
def _written(_vendor: str, name: str, side: Side, length: int) -> Question:
    return _asked.question(name, side, *[UUID(int=0)] * length)


@prepared
def _asked(name: str, side: Side, *ids: UUID) -> Any:
    return side.asked(name, ids)
