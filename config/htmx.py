"""One answer for a whole page and for the part of it that htmx asked for."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render


def wants_part(request: HttpRequest) -> bool:
    """True for a swap; false for a plain visit, and for a history visit of htmx, which needs the page."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx and not htmx.history_restore_request)


def place(request: HttpRequest) -> str:
    """The path of the page that a swap was asked from; "" where the header says nothing that can be read."""
    try:
        return urlsplit(request.headers.get("HX-Current-URL", "")).path
    except ValueError:
        return ""


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, part: str = "", status: int = 200
) -> HttpResponse:
    """The page, or with `part` and an htmx request its partial of that name."""
    name = f"{template}#{part}" if part and wants_part(request) else template
    return render(request, name, context, status=status)


def see_other(address: str) -> HttpResponse:
    """303: after a plain post, look there with GET (RFC 9110, 15.4.4)."""
    return HttpResponseRedirect(address, status=303)
