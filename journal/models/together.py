"""Texts of several nouns, read in one question to the database and opened one by one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import BinaryField, CharField, QuerySet, Value
from django.db.models.functions import Cast

from accounts.models import User
from accounts.sealed import Damaged, opener

NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Part:
    """Some texts of a noun; `of` names the column with what they belong to."""

    noun: Any
    texts: tuple[str, ...]
    of: str = "pk"

    def openers(self, owner: User) -> list[Callable[[bytes, bytes], bytes]]:
        labels = {field.attname: field.label for field in self.noun.sealed_fields()}
        return [opener(owner.pk, labels[name]) for name in self.texts]


class Text(NamedTuple):
    """`of`: the id, as text, of what it belongs to; `at`: its place in its part; `words` in UTF-8."""

    part: Part
    of: str
    at: int
    words: bytes


def opened(owner: User, parts: tuple[Part, ...]) -> Iterator[Text]:
    """Each text that is filled. One that does not open is left out. Raises keys.Locked."""
    openers = [part.openers(owner) for part in parts]
    sql, params = _question(connection.vendor, parts)
    nobody, own = (User._meta.pk.get_db_prep_value(id, connection) for id in (NOBODY, owner.pk))
    with connection.cursor() as cursor:
        cursor.execute(sql, [own if param == nobody else param for param in params])
        while rows := cursor.fetchmany(1000):
            for number, id, of, *texts in rows:
                row = bytes.fromhex(id.replace("-", ""))
                for at, open_ in enumerate(openers[number]):
                    if words := _opened(texts[at], row, open_):
                        yield Text(parts[number], of, at, words)


def _opened(sealed: bytes, row: bytes, open_: Callable[[bytes, bytes], bytes]) -> bytes:
    try:
        return open_(sealed, row) if sealed else b""
    except Damaged:
        return b""


@cache
def _question(vendor: str, parts: tuple[Part, ...]) -> tuple[str, list[Any]]:
    """Written by the ORM once in the life of a process: to write it takes longer than to answer it."""
    widest = max(len(part.texts) for part in parts)
    queries = [_asked(number, part, widest).query.sql_with_params() for number, part in enumerate(parts)]
    return " UNION ALL ".join(sql for sql, _params in queries), [param for _sql, params in queries for param in params]


def _asked(number: int, part: Part, widest: int) -> Any:
    return selected(part.noun.objects.filter(owner=NOBODY), Value(number), ("pk", part.of), part.texts, 2, widest)


def selected(
    rows: QuerySet[Any], named: Value, words: Sequence[str], texts: Sequence[str], most_words: int, most_texts: int
) -> Any:
    """One part of a UNION: what it is, plain columns as text, sealed ones, and nothing up to as many as others have."""
    nothing: list[Any] = [Value(None)] * max(most_words, most_texts)
    plain = [Cast(name, CharField()) for name in [*words, *nothing][:most_words]]
    sealed = [Cast(name, BinaryField()) for name in [*texts, *nothing][:most_texts]]
    return rows.order_by().values_list(named, *plain, *sealed)
