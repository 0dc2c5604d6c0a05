"""What is seen of every request: its number, how long it took, how often and how long the database was asked.

It is in the way of each, so it does nothing that costs: docs/operating.md has the figures.
"""

import logging
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db.backends.signals import connection_created
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from config import logs, tally

HEADER = "X-Request-Id"
# What a proxy gives: a UUID, or as many signs of base 16. Anything else could be a word, or an address.
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,64}", re.I)
# What may be a value, in a question that was not written by the ORM; what is too long to read.
TEXT, NUMBER = re.compile(r"'(?:[^']|'')*'"), re.compile(r"\b\d+(\.\d+)?\b")
SELECTED, LISTED = re.compile(r"(SELECT(?: DISTINCT)?) .*? FROM"), re.compile(r"\((?:%s|\?|…)(?:, ?(?:%s|\?|…))+\)")
LONGEST = 400

log = logging.getLogger(__name__)
_asked: ContextVar["Asked | None"] = ContextVar("asked", default=None)
_unhurried: ContextVar[bool] = ContextVar("unhurried", default=False)


class Asked:
    """What one request has asked the database so far."""

    __slots__ = ("questions", "request", "seconds")

    def __init__(self, request: HttpRequest) -> None:
        self.request, self.questions, self.seconds = request, 0, 0.0


class BrokenOff(Exception):
    """An answer that was on its way; what went wrong stands in the log, without a word of anybody's."""


def watched(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        begun, asked, number = perf_counter(), Asked(request), {"request": _given(request)}
        # Django says how it ended when all of this is over, and gives the request along.
        request.number = number  # type: ignore[attr-defined]
        questions, lines = _asked.set(asked), logs.begin(number)
        try:
            response = get_response(request)
            seconds = perf_counter() - begun
            if seconds >= settings.SLOW_PAGE:
                _tell_page(request, response, seconds, asked)
        finally:
            logs.end(lines)
            _asked.reset(questions)
        response.headers[HEADER] = number["request"]
        tally.answered(view_of(request), response.status_code, seconds, asked.questions, asked.seconds)
        if response.streaming and not isinstance(response, FileResponse):
            _guard(response, number)  # type: ignore[arg-type]
        return response

    return middleware


def timed(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """Around each question that a connection is asked (connection.execute_wrappers)."""
    begun = perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        seconds = perf_counter() - begun
        asked = _asked.get()
        if asked is not None:
            asked.questions += 1
            asked.seconds += seconds
        if seconds >= settings.SLOW_QUESTION and not _unhurried.get():
            _tell_question(sql, seconds, asked)


@contextmanager
def unhurried() -> Iterator[None]:
    """While tables are changed, nobody waits for one question: how long each takes is not said."""
    before = _unhurried.set(True)
    try:
        yield
    finally:
        _unhurried.reset(before)


def watch(connection: Any, **kwargs: Any) -> None:
    """Each connection once, however often it is opened."""
    if timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(timed)


connection_created.connect(watch)


def view_of(request: HttpRequest) -> str:
    """The name of its address, never the address itself: that can hold a key, or what somebody typed."""
    if request.resolver_match:
        return request.resolver_match.view_name
    if request.path_info.startswith(settings.STATIC_URL):
        return tally.STATIC
    try:  # what ended before the address was looked at: no database to ask who is there, a page of another site
        return resolve(request.path_info).view_name
    except Resolver404:
        return tally.NOWHERE


def shape(sql: str) -> str:
    """A question without its values. What the ORM writes has none; of what cannot be told, its first word is left."""
    bare = SELECTED.sub(r"\1 … FROM", " ".join(NUMBER.sub("?", TEXT.sub("…", sql)).split()))
    bare = LISTED.sub("(…)", bare)
    if any(sign in bare for sign in "'$\\") or "--" in bare or "/*" in bare:
        return f"{bare.split(' ', 1)[0][:10]} …"
    return bare if len(bare) <= LONGEST else f"{bare[:LONGEST]}…"


def _given(request: HttpRequest) -> str:
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    return given.lower() if given and ID.fullmatch(given) else secrets.token_hex(8)


def _tell_question(sql: str, seconds: float, asked: Asked | None) -> None:
    said = {"view": view_of(asked.request)} if asked else {}
    log.warning("Slow question.", extra={"said": said | {"ms": round(seconds * 1000), "question": shape(sql)}})


def _tell_page(request: HttpRequest, response: HttpResponseBase, seconds: float, asked: Asked) -> None:
    said = {"view": view_of(request), "method": logs.method_of(request), "status": response.status_code}
    said |= {"ms": round(seconds * 1000), "questions": asked.questions, "question_ms": round(asked.seconds * 1000)}
    log.warning("Slow page.", extra={"said": said})


def _guard(response: StreamingHttpResponse, number: dict[str, str]) -> None:
    """What breaks while an answer is on its way, the web server would print with all that it says."""
    if response.is_async:
        return
    response.streaming_content = _whole(response.streaming_content, number)


def _whole(parts: Any, number: dict[str, str]) -> Iterator[Any]:
    try:
        yield from parts
    except Exception:
        with logs.numbered("request", number["request"]):
            log.exception("An answer broke off.")
        raise BrokenOff from None
