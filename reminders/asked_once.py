"""A statement that Django composes once and that is asked for many rows: composing it takes longer than asking it."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import QuerySet
from django.db.models.sql import UpdateQuery

PLAIN = re.compile("[a-z_]+")


class Holed:
    """`sql` with its `params`, in which the values named in `holes` stand for others that are given each time.

    A hole is found again by its value, so it has to be one that stands nowhere else.
    """

    def __init__(self, sql: str, params: Iterable[Any], holes: dict[str, Any]) -> None:
        names = {prepared(value): name for name, value in holes.items()}
        self.sql, self.params = sql, [(names.get(param), param) for param in params]

    def filled(self, given: dict[str, Any]) -> list[Any]:
        ready = {name: prepared(value) for name, value in given.items()}
        return [ready[name] if name else param for name, param in self.params]


class Update(Holed):
    """`rows.update(**values)`. A state comes beside the statement, not in it: so that PostgreSQL, which plans it once
    for all, finds the row by its key alone, and not among all that are claimed."""

    def __init__(self, rows: QuerySet[Any], values: dict[str, Any], holes: dict[str, Any]) -> None:
        query: UpdateQuery = rows.query.chain(UpdateQuery)  # type: ignore[assignment]
        query.add_update_values(values)
        sql, params = query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        super().__init__(sql, params, holes)

    def changed(self, **given: Any) -> int:
        """How many rows it changed; outside a transaction it is committed."""
        with transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS), connection.cursor() as cursor:
            cursor.execute(self.sql, self.filled(given))
            return int(cursor.rowcount)


class Some(Holed):
    """Whether any of these sets has a row: one question for all of them."""

    def __init__(self, sets: Iterable[QuerySet[Any]], holes: dict[str, Any]) -> None:
        parts = [rows.order_by().values("pk")[:1].query.sql_with_params() for rows in sets]
        sql = " OR ".join(f"EXISTS({sql})" for sql, _ in parts)
        super().__init__(*_spelled(f"SELECT {sql}", [param for _, params in parts for param in params]), holes)

    def exist(self, **given: Any) -> bool:
        with planned_anew(), connection.cursor() as cursor:
            cursor.execute(self.sql, self.filled(given))
            return bool(cursor.fetchone()[0])


@contextmanager
def planned_anew() -> Iterator[None]:
    """Until the outermost transaction ends PostgreSQL plans each question for what it is asked with. By a plan for any
    moment (docs/decisions/0033) a third of everybody's rows are taken to be due, the first to be soon found in any
    order, and a million rows are read to find that none is."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        yield


def _spelled(sql: str, params: list[Any]) -> tuple[str, list[Any]]:
    """With our own plain words (states, kinds) in the statement: where such a word comes beside it, SQLite takes no
    index that has it in its condition."""
    first, *pieces = sql.split("%s")
    words = [f"'{param}'" if isinstance(param, str) and PLAIN.fullmatch(param) else "" for param in params]
    told = first + "".join((word or "%s") + piece for word, piece in zip(words, pieces, strict=True))
    return told, [param for param, word in zip(params, words, strict=True) if not word]


def prepared(value: Any) -> Any:
    """As the database is told it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
