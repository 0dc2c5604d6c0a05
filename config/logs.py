"""One line an event: `name=value` pairs, or one object of JSON (LOG_FORMAT). Never a word that somebody wrote, never
an address of a person, never a token (config.errors.WithoutWords takes them out)."""

import json
import logging
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

PLAIN = re.compile(r"[\w.:+/-]+")
_around: ContextVar[dict[str, str] | None] = ContextVar("around", default=None)


@contextmanager
def numbered(name: str) -> Iterator[dict[str, str]]:
    """Every line until the end carries the same number: `request=4f1c09ab`, `pass=…`."""
    number = {name: secrets.token_hex(4)}
    token = _around.set((_around.get() or {}) | number)
    try:
        yield number
    finally:
        _around.reset(token)


def request_numbered(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        with numbered("request") as number:
            # Django says how it ended when all of this is over, and gives the request along.
            request.number = number  # type: ignore[attr-defined]
            return get_response(request)

    return middleware


def told(record: logging.LogRecord) -> dict[str, Any]:
    """What stands in a line, in order. Counts come as `extra={"said": {...}}`."""
    begin = {"time": _instant(record.created), "level": record.levelname.lower(), "part": record.name}
    number = getattr(getattr(record, "request", None), "number", {})
    return begin | (_around.get() or {}) | number | {"event": record.getMessage()} | getattr(record, "said", {})


def logging_in(form: str) -> dict[str, Any]:
    """Django's LOGGING. `form`: text or json (LOG_FORMAT)."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"without_words": {"()": "config.errors.WithoutWords"}},
        "formatters": {"text": {"()": "config.logs.Pairs"}, "json": {"()": "config.logs.Json"}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": form, "filters": ["without_words"]},
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
        return json.dumps(told(record), default=str)


def _instant(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _plain(value: str) -> str:
    """In quotes where it has to be; a line break or anything else that cannot be seen never ends a line."""
    return value if PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=not value.isprintable())
