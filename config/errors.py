"""Error pages, and what may be printed about an error: never a word that somebody wrote."""

import logging
import re
import secrets
import traceback
from types import TracebackType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.views.debug import SafeExceptionReporterFilter

SECRET_FIELDS = re.compile(r"pass|token|code", re.I)
SECRET_PATHS = re.compile(r"/(w|u|r)/[^/\s\"]+")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 with what was typed still in a form that can be sent again with a fresh token."""
    from_outside = reason == "cross-site"
    fields = [] if from_outside else [item for item in request.POST.items() if not SECRET_FIELDS.search(item[0])]
    context = {"words": [(n, v) for n, v in fields if len(v) > 40], "rest": [(n, v) for n, v in fields if len(v) <= 40]}
    # The address of the page that failed, from us to us: no way out to another site.
    return TemplateResponse(request, "errors/csrf.html", context | {"again": request.path}, status=403).render()


class NothingPrinted(SafeExceptionReporterFilter):
    """No field of a form and no variable of a frame reaches an error report."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> list[tuple[str, Any]]:
        return []


class WithoutWords(logging.Filter):
    """Takes what an exception says out of a log line and leaves where it happened: messages can quote a value.

    Tokens in addresses are masked. The traceback is kept as file, line and function.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[0]:
            record.msg = f"{record.getMessage()} [{_where(record.exc_info)}] incident {secrets.token_hex(4)}"
            record.args, record.exc_info, record.exc_text = (), None, None
        record.msg = SECRET_PATHS.sub(r"/\1/…", record.getMessage())
        record.args = ()
        return True


def _where(info: tuple[type[BaseException] | None, BaseException | None, TracebackType | None]) -> str:
    frames = traceback.extract_tb(info[2])[-4:]
    places = " < ".join(
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in reversed(frames)
    )
    return f"{info[0].__name__ if info[0] else 'error'} at {places}"
