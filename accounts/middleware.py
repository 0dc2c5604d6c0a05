"""What a request holds of its person: opened keys for its length, and the clock on their wall."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.keys import Locked
from accounts.scope import scope
from accounts.sealed import Damaged

Answer = Callable[[HttpRequest], HttpResponse]


class opened_keys:  # noqa: N801  (named as it stands in MIDDLEWARE)
    """One scope for the request; where a key is missing, a page that says the words are safe, and nothing is taken."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with scope():
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Locked):
            return render(request, "errors/locked.html", status=503)
        if isinstance(exception, Damaged):
            return render(request, "errors/damaged.html", status=409)
        return None


def local_time(get_response: Answer) -> Answer:
    """Times on pages are told by the person's clock; UTC while their zone is unknown."""

    def middleware(request: HttpRequest) -> HttpResponse:
        zone = request.user.time_zone if request.user.is_authenticated else ""
        with timezone.override(ZoneInfo(zone or "UTC")):
            return get_response(request)

    return middleware
