"""One line an event: `name=value` pairs, or one object of JSON (LOG_FORMAT). Never a word that somebody wrote, never
an address of a person, never a token (config.errors.WithoutWords takes them out)."""

import json
import logging
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from datetime import UTC, datetime
from math import inf
from typing import Any

from django.http import HttpRequest

from config import env, tally

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
NUMBERED, NUMBER = ("request", "pass", "mail"), re.compile(r"[0-9a-f-]{8,64}")
PLAIN = re.compile(r"[\w.:+/-]+")
_around: ContextVar[dict[str, str] | None] = ContextVar("around", default=None)


@contextmanager
def numbered(name: str, number: str = "") -> Iterator[dict[str, str]]:
    """Every line until the end carries the same number: `request=4f1c09ab…`, `pass=…`. Without one it is made."""
    numbers = {name: number or secrets.token_hex(4)}
    token = begin(numbers)
    try:
        yield numbers
    finally:
        end(token)


def begin(numbers: dict[str, str]) -> Token[dict[str, str] | None]:
    """`numbered`, for what has no block of its own; `end` takes what this gives."""
    return _around.set((_around.get() or {}) | numbers)


def end(token: Token[dict[str, str] | None]) -> None:
    _around.reset(token)


def is_number(name: object, number: object) -> bool:
    """What another process hands on may be one of ours, and nothing else."""
    return name in NUMBERED and isinstance(number, str) and bool(NUMBER.fullmatch(number))


def around() -> dict[str, str]:
    """The numbers that a line would carry here."""
    return dict(_around.get() or {})


def chosen() -> tuple[str, float, float]:
    """LOG_FORMAT, and from how many seconds on a question to the database and a page are said to be slow."""
    most = 600_000
    limits = [env.number("SLOW_QUESTION_MS", 200, 0, most), env.number("SLOW_PAGE_MS", 1000, 0, most)]
    question, page = (limit / 1000 if limit else inf for limit in limits)
    return env.choice("LOG_FORMAT", ("text", "json")), question, page


def told(record: logging.LogRecord) -> dict[str, Any]:
    """What stands in a line, in order. Counts come as `extra={"said": {...}}`; they take no other's name."""
    begin = {"time": _instant(record.created), "level": record.levelname.lower(), "part": record.name}
    number = getattr(getattr(record, "request", None), "number", {})
    begin |= (_around.get() or {}) | number | {"event": record.getMessage()}
    return begin | {name: value for name, value in getattr(record, "said", {}).items() if name not in begin}


def method_of(request: HttpRequest) -> str:
    """A client can make up any."""
    return request.method if request.method in METHODS else "other"


def logging_in(form: str) -> dict[str, Any]:
    """Django's LOGGING. `form`: text or json (LOG_FORMAT)."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "without_words": {"()": "config.errors.WithoutWords"},
            "counted": {"()": "config.logs.Counted"},
        },
        "formatters": {"text": {"()": "config.logs.Pairs"}, "json": {"()": "config.logs.Json"}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": form, "filters": ["without_words", "counted"]},
        },
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.db.backends": {"level": "WARNING"},
            # Ours are heard whatever level Celery is told to take the root to.
            **{app: {"level": "INFO"} for app in ("config", "accounts", "journal", "reminders")},
        },
        "root": {"handlers": ["stderr"], "level": "INFO"},
    }


class Pairs(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return " ".join(f"{name}={_plain(str(value))}" for name, value in told(record).items())


class Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        try:
            return json.dumps(told(record), default=str, allow_nan=False)
        except ValueError:  # no figure of JSON's, such as infinity
            return json.dumps({name: str(value) for name, value in told(record).items()})


class Counted(logging.Filter):
    """Lets every line through; how many were grave stands at /metrics."""

    def filter(self, record: logging.LogRecord) -> bool:
        tally.line(record.levelname)
        return True


def _instant(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _plain(value: str) -> str:
    """In quotes where it has to be; a line break or anything else that cannot be seen never ends a line."""
    return value if PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=not value.isprintable())
