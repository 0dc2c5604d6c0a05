"""Rows that belong to others, of several nouns at once: one UNION, whose SQL the ORM writes once in the life of a
process, and records made of what it answers. What was not read of a record is fetched when somebody asks for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import Value
from django.db.models.base import ModelState

from accounts.models import User
from accounts.sealed import Sealed
from journal.models.together import selected

# The most columns of either sort that a side has.
WORDS, TEXTS = 2, 9


@dataclass(frozen=True)
class Side:
    """Rows of a noun: `of` names the column with the id they belong to, `words` plain columns, `texts` sealed ones."""

    noun: Any
    texts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    id: str = "pk"
    of: str = "entry_id"
    only: tuple[tuple[str, bool], ...] = ()

    def asked(self, name: str, ids: list[UUID]) -> Any:
        rows = self.noun._default_manager.filter(**{f"{self.of}__in": ids}, **dict(self.only))
        return selected(rows, Value(name), (self.id, self.of, *self.words), self.texts, 2 + WORDS, TEXTS)


Asked = dict[str, tuple[Side, list[UUID]]]


def read(asked: Asked) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Of each row the name that it was asked for by, the id (hex) of what it belongs to, its columns by their names."""
    questions: list[str] = []
    params: list[Any] = []
    for name, (side, ids) in asked.items():
        sql, given = _question(connection.vendor, name, side, 1 << (len(ids) - 1).bit_length())
        # So that few lengths are written, the last one is asked for again.
        theirs = {stand_in: _key(ids[min(at, len(ids) - 1)]) for at, stand_in in enumerate(_stand_ins(len(given)))}
        questions.append(sql)
        params += [theirs.get(param, param) for param in given]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(questions), params)
        for name, id, of, *values in cursor.fetchall():
            yield name, of.replace("-", ""), {"id": UUID(id)} | _columns(asked[name][0], values)


def record(noun: type[models.Model], owner: UUID, columns: dict[str, Any]) -> Any:
    """A kept row as an instance, without what Django does for one that may be new."""
    made = noun.__new__(noun)
    made._state = ModelState()
    made._state.adding, made._state.db = False, connection.alias
    made.__dict__ |= {"owner_id": owner} | columns
    return made


def _columns(side: Side, values: list[Any]) -> dict[str, Any]:
    words, texts = values[:WORDS], values[WORDS:]
    plain = {f.attname: _plain(f, word) for f, word in zip(_fields(side.noun, side.words), words, strict=False)}
    return plain | {
        f.attname: Sealed(text or b"") for f, text in zip(_fields(side.noun, side.texts), texts, strict=False)
    }


def _plain(field: Any, word: str | None) -> Any:
    value = field.to_python(word)
    # SQLite keeps moments in UTC and does not say so.
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


@cache
def _fields(noun: Any, paths: tuple[str, ...]) -> list[Any]:
    return [_field(noun, path) for path in paths]


def _field(noun: Any, path: str) -> Any:
    *way, name = path.split("__")
    for step in way:
        noun = noun._meta.get_field(step).related_model
    return next(field for field in noun._meta.concrete_fields if name == field.attname)


def _key(id: UUID) -> Any:
    return User._meta.pk.get_db_prep_value(id, connection)


@cache
def _stand_ins(many: int) -> list[Any]:
    return [_key(UUID(int=number)) for number in range(1, many + 1)]


@cache
def _question(vendor: str, name: str, side: Side, many: int) -> tuple[str, list[Any]]:
    sql, params = side.asked(name, [UUID(int=number) for number in range(1, many + 1)]).query.sql_with_params()
    return sql, list(params)
