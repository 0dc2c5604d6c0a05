"""Error pages, and what may be printed about an error: never a word that somebody wrote."""

import logging
import re
import secrets
import traceback
from collections.abc import ItemsView
from http import HTTPStatus
from types import TracebackType
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.debug import SafeExceptionReporterFilter

from config import logs
from config.typed import local_path, once_more, too_large, typed
from config.watching import view_of

# How a reason begins that says where a form came from: ours (config.middleware) and Django's own.
FOREIGN = ("cross-site", "Origin checking", "Referer checking")
SECRET_PATHS = re.compile(r"/(w|u|r|invited)/[^/\s\"]+")
# Why a token was refused, less the address that stands after a dash.
CSRF = re.compile(r"[A-Za-z, ]+")
ADDRESSES = re.compile(r"[^\s@<>\"'(),;:=]+@[^\s@<>\"'(),;]+")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What is too large to take has a page and a status of its own (RFC 9110, 15.5.14)."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "errors/413.html", too_large(request), status=413)
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def nothing_to_read(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """Whoever comes to an address that only takes what is sent: an empty answer is a page of the browser's own."""
    response = render(request, "errors/404.html", status=405)
    response["Allow"] = refused["Allow"]
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/500.html", once_more(request), status=500)


def too_many(request: HttpRequest) -> HttpResponse:
    """Where allauth's limits end (handler429 of config.urls). What was typed can be sent again later."""
    context = {"typed": typed(request.POST), "again": local_path(request.get_full_path())}
    return render(request, "errors/429.html", context, status=429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 with what was typed still in a form that can be sent again with a fresh token.

    What another site sent is not shown: it would be that site's words under our name. Where the book was closed in
    another tab, its cookies went with it: then they are shown at the door, as to anybody whose session is over.
    """
    if reason.startswith(FOREIGN):
        return render(request, "errors/cross_site.html", status=403)
    words = typed(request.POST)
    context = {"typed": words, "again": local_path(request.get_full_path())}
    closed = words.words and _is_behind_the_door(request)
    return render(request, "errors/signed_out.html" if closed else "errors/csrf.html", context, status=403)


def _is_behind_the_door(request: HttpRequest) -> bool:
    """Nobody is signed in, and what was asked for is for somebody."""
    view = getattr(request.resolver_match, "func", None)
    return bool(view and getattr(view, "login_required", True) and not request.user.is_authenticated)


class NothingPrinted(SafeExceptionReporterFilter):
    """No field of a form and no variable of a frame reaches an error report."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> ItemsView[str, Any]:
        return dict[str, Any]().items()


class WithoutWords(logging.Filter):
    """Takes what an exception says out of a log line and leaves where it happened: messages can quote a value.

    Of a request its view is told and not its address, which can hold anything that somebody typed. Tokens in other
    addresses are masked, and addresses of people. The traceback is kept as file, line and function.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        said = _said(record)
        if record.exc_info and record.exc_info[0]:
            # Celery's own line quotes the exception.
            said = "A task came to no end." if record.name.startswith("celery") else said
            said = f"{said} [{_where(record.exc_info)}] incident {secrets.token_hex(4)}"
            record.exc_info, record.exc_text = None, None
        record.msg, record.args = ADDRESSES.sub("…@…", SECRET_PATHS.sub(r"/\1/…", said)), ()
        return True


def _said(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        return _of_request(record, request)
    try:
        return record.getMessage()
    except Exception:  # words that do not fit their places: logging would print them all
        return "A line that could not be put together."


def _of_request(record: logging.LogRecord, request: HttpRequest) -> str:
    """What Django says of an answer ends with the address, and may quote a header before it. Of several handlers the
    first one takes it out for all."""
    if hasattr(record, "said"):
        return record.getMessage()
    status = int(getattr(record, "status_code", 500))
    first = str(record.args[0]) if isinstance(record.args, tuple) and record.args else ""
    why = CSRF.search(first) if record.name == "django.security.csrf" else None
    said = {"status": status, "method": logs.method_of(request), "view": view_of(request)}
    record.said = said | ({"why": why[0]} if why else {})
    return HTTPStatus(status).phrase


def _where(info: tuple[type[BaseException] | None, BaseException | None, TracebackType | None]) -> str:
    frames = traceback.extract_tb(info[2])[-4:]
    places = " < ".join(
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in reversed(frames)
    )
    return f"{info[0].__name__ if info[0] else 'error'} at {places}"
