"""Questions that the ORM writes once in the life of a process, and that are asked with other values each time.

To write one takes Django longer than any database to answer it. The ORM writes it with values that stand in for those
to come; what it makes of them is looked for among the parameters, and changed for what it makes of the real ones.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models

FIRST_DAY = date(1, 1, 1)
FIRST_MOMENT = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Question:
    """`write` makes the query of values of these `fields` (UUIDField, DateField, DateTimeField)."""

    write: Callable[..., models.QuerySet[Any]]
    fields: tuple[Any, ...]

    def of(self, *values: Any) -> tuple[str, list[Any]]:
        """Its SQL and its parameters."""
        sql, params, stand_ins = _written(self, connection.vendor)
        theirs = dict(zip(stand_ins, map(_prepared, self.fields, values), strict=True))
        return sql, [theirs.get(param, param) for param in params]


@cache
def _written(question: Question, vendor: str) -> tuple[str, list[Any], list[Any]]:
    values = [_stand_in(field, number) for number, field in enumerate(question.fields, 1)]
    sql, params = question.write(*values).query.sql_with_params()
    return sql, list(params), list(map(_prepared, question.fields, values))


def _stand_in(field: Any, number: int) -> Any:
    if issubclass(field, models.UUIDField):
        return UUID(int=number)
    if issubclass(field, models.DateTimeField):
        return FIRST_MOMENT + timedelta(seconds=number)
    return FIRST_DAY + timedelta(days=number)


def _prepared(field: Any, value: Any) -> Any:
    if issubclass(field, models.UUIDField):
        return value if connection.features.has_native_uuid_field else value.hex
    if issubclass(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value)
