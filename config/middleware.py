"""What every answer carries, and what is refused before a view is asked."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.template.response import SimpleTemplateResponse
from django.urls import resolve
from django.utils.cache import patch_vary_headers
from whitenoise.middleware import WhiteNoiseFileResponse

from config import errors
from config.headers import HEADERS, KEYS_IN_ADDRESS, OF_FILES, OF_PAGES_ALONE, REPORTS

type_of_get_response = Callable[[HttpRequest], HttpResponseBase]
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
# RFC 8058: a mail provider posts the one-click form from its own pages.
OPEN_TO_OTHERS = "/u/"
WELL_KNOWN = ("/.well-known/security.txt", "/.well-known/change-password")
# The worker is asked for after every page, to see whether it is another.
FOR_MACHINES = ("/healthz", "/metrics", "/sw.js", "/manifest.webmanifest", REPORTS, *WELL_KNOWN)


def private_answers(get_response: type_of_get_response) -> type_of_get_response:
    """Nothing that was made for one person stays in a cache, its own browser's included."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, WhiteNoiseFileResponse):
            return _of_a_file(response)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path.startswith(KEYS_IN_ADDRESS):
            response.headers["Referrer-Policy"] = "no-referrer"
        if not response.headers.get("Cache-Control"):
            response.headers["Cache-Control"] = "no-store, private"
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["HX-Request", "Cookie"])
        return response

    return middleware


def _of_a_file(response: HttpResponseBase) -> HttpResponseBase:
    """A page asks for ten of them: what each of them carries delays the page."""
    for name in OF_PAGES_ALONE:
        del response.headers[name]
    for name, value in OF_FILES.items():
        response.headers[name] = value
    return response


def own_pages_only(get_response: type_of_get_response) -> type_of_get_response:
    """A change that a browser sends from another site's page is refused, whatever token it carries."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        foreign = request.headers.get("Sec-Fetch-Site") == "cross-site"
        if foreign and request.method not in SAFE and not request.path.startswith(OPEN_TO_OTHERS):
            return errors.csrf_failure(request, "cross-site")
        return get_response(request)

    return middleware


def readable_cookies(get_response: type_of_get_response) -> type_of_get_response:
    """No browser and no page of ours makes a cookie with a NUL in it, and PostgreSQL takes no question with one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if value.isprintable()}
        return get_response(request)

    return middleware


def for_machines(get_response: type_of_get_response) -> type_of_get_response:
    """What machines ask has neither session nor person, so none is looked for: that would need the database, and that
    it is away is what they want to hear."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info not in FOR_MACHINES:
            return get_response(request)
        found = request.resolver_match = resolve(request.path_info)
        response: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
        return response

    return middleware


class Sessions(SessionMiddleware):
    """Django's, but only the request that ends a session takes its cookie away.

    The answer to one that asks with a session that is long over (a page in another tab, the worker) may come after
    somebody signed in meanwhile, and would take the cookie of theirs. One that is left opens nothing, and goes with the
    next sign-in.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        ended = request.session.modified
        answer = super().process_response(request, response)
        if not ended:
            answer.cookies.pop(settings.SESSION_COOKIE_NAME, None)
        return answer


class Csrf(CsrfViewMiddleware):
    """Django's, but a request under https that says nothing of where it comes from is served, if its token is right.

    Django asks for a Referer there because a neighbour could set the cookie; ours is `__Host-`, which none can set.
    """

    def _check_referer(self, request: HttpRequest) -> None:
        if request.headers.get("Referer"):
            super()._check_referer(request)  # type: ignore[misc]


class InvalidForms:
    """A page that shows a form with errors after a post is 422, allauth's pages included."""

    def __init__(self, get_response: type_of_get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: SimpleTemplateResponse) -> HttpResponse:
        form: Any = (response.context_data or {}).get("form")
        if request.method == "POST" and response.status_code == 200 and getattr(form, "errors", None):
            response.status_code = 422
        return response


def pages_for_people(get_response: Callable[[HttpRequest], HttpResponse]) -> type_of_get_response:
    """Who asks for an address that takes posts alone, from a bookmark or after a form that did not hold, reads so."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code == 405 and request.method == "GET":
            return errors.nothing_to_read(request, response)
        return response

    return middleware
