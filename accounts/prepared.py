"""Questions to the database that the ORM writes once in the life of a process: to write one often takes longer than to
answer it. What is asked and what comes back are the ORM's own; nothing of an answer is kept.

    @prepared
    def _within(user: User, first: date, last: date) -> Any:
        return Entry.objects.of(user).within(first, last)

    entries = _within(user, first, last)
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache, update_wrapper
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Count
from django.db.models.query import ModelIterable, get_related_populators

Write = Callable[..., Any]


class Text(str):
    """One that has a place in a question, where another `str` has a question of its own."""


# What a question is written with, in the place of what it is asked with.
STAND_INS: dict[type, Callable[[int], Any]] = {
    AbstractBaseUser: lambda at: _nobody(UUID(int=at)),
    Text: lambda at: Text(f"text {at}"),
    UUID: lambda at: UUID(int=at),
    datetime: lambda at: datetime(1, 1, 1, 0, 0, 0, at, tzinfo=UTC),
    date: date.fromordinal,
}


def _nobody(id: UUID) -> AbstractBaseUser:
    """Has an id and nothing else: a question that hangs on a setting of the person's would be asked for ever."""
    return get_user_model().from_db(DEFAULT_DB_ALIAS, ["id"], [id])


class Prepared:
    """What `prepared` makes of a function."""

    def __init__(self, write: Write) -> None:
        update_wrapper(self, write)
        self.write, self._written = write, cache(self._ask)

    def __call__(self, *given: Any) -> list[Any]:
        return self.question(*given).answer([_kept(one) for one in given])

    def sql(self, *given: Any) -> tuple[str, list[Any]]:
        """Its words and its parameters, to be asked together with others."""
        question = self.question(*given)
        return question.sql, question.filled([_kept(one) for one in given])

    def sqls(self, *given: Any, of: list[tuple[Any, ...]]) -> list[tuple[str, list[Any]]]:
        """The same for each of many that are given last: of one kind, and at least one."""
        question, first = self.question(*given, *of[0]), [_kept(one) for one in given]
        return [(question.sql, question.filled([*first, *map(_kept, last)])) for last in of]

    def question(self, *given: Any) -> "Question":
        """What would be asked with these, or with others of their kinds."""
        return self._written(connection.vendor, *map(_kind, given))

    def _ask(self, _vendor: str, *kinds: Any) -> "Question":
        given = [STAND_INS[kind](at) if kind in STAND_INS else kind for at, kind in enumerate(kinds, 1)]
        return Question(self.write(*given), {_kept(one): at for at, one in enumerate(given) if kinds[at] in STAND_INS})


def prepared(write: Write) -> Prepared:
    """Gives the rows of the queryset that `write` answers: instances, or tuples of `values_list`. A list of querysets
    with the same columns is asked at once, one after the other.

    It is written with stand-ins for people, ids, days and `Text`: they have to stand in the question as they are,
    neither compared nor computed with; of a person only the id can be asked (a setting of theirs raises
    User.DoesNotExist, and is given beside them). Of anything else that is given each value has a question of its own,
    kept as long as the process lives: never give it a word of somebody's.
    """
    return Prepared(write)


def _kind(given: Any) -> Any:
    """Its type, where it has a stand-in. A request's person is one only behind a door (SimpleLazyObject)."""
    if type(given) in STAND_INS:
        return type(given)
    return next((kind for kind in STAND_INS if isinstance(given, kind)), given)


def _kept(given: Any) -> Any:
    """As the database is told it."""
    if isinstance(given, UUID):
        return given if connection.features.has_native_uuid_field else given.hex
    if isinstance(given, AbstractBaseUser):
        return _kept(given.pk)
    if isinstance(given, datetime):
        return connection.ops.adapt_datetimefield_value(given)
    return connection.ops.adapt_datefield_value(given) if isinstance(given, date) else given


class Question:
    def __init__(self, asked: Any, places: dict[Any, int]) -> None:
        parts = asked if isinstance(asked, list) else [asked]
        compilers = [part.query.get_compiler(DEFAULT_DB_ALIAS) for part in parts]
        questions = [compiler.as_sql() for compiler in compilers]
        self.sql = _at_once([sql for sql, _params in questions])
        params = [param for _sql, params in questions for param in params]
        # The place of what a parameter stands for among what is given, or the parameter itself.
        self.params = [(places.get(param), param) for param in params]
        _refuse_computed(params, places)
        first = compilers[0]
        found = first.get_converters([column for column, *_ in first.select])
        # What was counted comes as a number from either database.
        self.converters = [(at, by) for at, by in found.items() if not isinstance(by[1], Count)]
        self.instance = _made(first) if parts[0]._iterable_class is ModelIterable else None

    def answer(self, given: list[Any]) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.filled(given))
            rows = cursor.fetchall()
        if rows and self.converters:
            rows = self._converted(rows)
        return [self.instance(row) for row in rows] if self.instance else rows

    def filled(self, given: list[Any]) -> list[Any]:
        return [param if at is None else given[at] for at, param in self.params]

    def _converted(self, rows: list[Any]) -> list[Any]:
        """Column by column."""
        columns: list[Any] = list(zip(*rows, strict=True))
        for at, (converters, expression) in self.converters:
            for convert in converters:
                columns[at] = [convert(value, expression, connection) for value in columns[at]]
        return list(zip(*columns, strict=True))


def _at_once(questions: list[str]) -> str:
    if len(questions) == 1:
        return questions[0]
    return " UNION ALL ".join(f"SELECT * FROM ({sql}) AS part{number}" for number, sql in enumerate(questions))


def _refuse_computed(params: list[Any], places: dict[Any, int]) -> None:
    """A day after a stand-in's would be asked for ever. Raises ValueError."""
    if missing := set(places) - set(params):
        raise ValueError(f"not in the question as it was given: {missing}")


def _made(compiler: Any) -> Callable[[Any], Any]:
    """What makes an instance of a row, as ModelIterable does."""
    select, klass, annotated = compiler.select, compiler.klass_info, compiler.annotation_col_map or {}
    columns = slice(klass["select_fields"][0], klass["select_fields"][-1] + 1)
    names = [column.target.attname for column, *_ in select[columns]]
    populators = get_related_populators(klass, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]

    def instance(row: Any) -> Any:
        made = klass["model"].from_db(DEFAULT_DB_ALIAS, names, row[columns])
        for populator in populators:
            populator.populate(row, made)
        for name, at in annotated.items():
            setattr(made, name, row[at])
        return made

    return instance
