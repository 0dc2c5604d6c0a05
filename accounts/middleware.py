"""What a request holds of its person: opened keys for its length, the clock on their wall, how long a sign-in lasts."""

import logging
import time
from collections.abc import Callable
from datetime import UTC
from typing import Any, cast
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from accounts import device_keys
from accounts.access import gather_refusals
from accounts.closings import closed
from accounts.days import zone_of
from accounts.keys import Locked
from accounts.limits import Full
from accounts.locking import is_locked, is_over, way_back
from accounts.models import User
from accounts.scope import scope
from accounts.sealed import Damaged
from accounts.throttle import too_often
from config.errors import too_many
from config.htmx import see_other
from config.typed import Typed, local_path, once_more, typed

log = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponse]
HOUR, LONGEST = 3600, 30 * 24 * 3600
METHODS = ("GET", "HEAD", "POST")
REFUSED = (403, 404, 405, 410, 500)
WRITES = "journal.views."
# Limits of their own stand in these.
HAS_ITS_OWN = tuple(f"{WRITES}{name}" for name in ("drafts", "export", "imports", "search"))


class opened_keys:  # noqa: N801  (named as it stands in MIDDLEWARE)
    """One scope for the request; where a key is missing, a page that says the words are safe, and nothing is taken."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with scope():
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Locked):
            return render(request, "errors/locked.html", once_more(request), status=503)
        if isinstance(exception, Damaged):
            return render(request, "errors/damaged.html", once_more(request), status=409)
        if isinstance(exception, Full):
            return _full(request)
        return None


def _full(request: HttpRequest) -> HttpResponse:
    """A swap would put it into the middle of a page that has the words already; it takes the whole page instead."""
    answer = render(request, "errors/full.html", once_more(request), status=422)
    if "HX-Request" in request.headers:
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "body", "innerHTML"
    return answer


def local_time(get_response: Answer) -> Answer:
    """Times on pages are told by the person's clock; UTC while their zone is unknown."""

    def middleware(request: HttpRequest) -> HttpResponse:
        zone = zone_of(request.user) if request.user.is_authenticated else UTC
        with timezone.override(zone):
            return get_response(request)

    return middleware


class SignedIn(LoginRequiredMiddleware):
    """A stranger is led to the door. Words that arrive after a session ended are shown there and can be sent again."""

    def process_view(self, request: HttpRequest, view_func: Any, *arguments: Any) -> HttpResponseBase | None:
        refused: HttpResponseBase | None = super().process_view(request, view_func, *arguments)
        locked = refused is None and is_locked(request, view_func)
        if refused is None and not locked:
            return None
        if request.method in ("GET", "HEAD") and "HX-Request" not in request.headers:
            return see_other(way_back(request.get_full_path())) if locked else refused
        if (words := typed(request.POST)).words:
            return _ask_who(request, words, locked)
        door = HttpResponseRedirect(way_back(_page_of(request))) if locked else redirect_to_login(_page_of(request))
        # A swap would put the door into the middle of the page; htmx goes there with the whole of it instead.
        return HttpResponse(status=403, headers={"HX-Redirect": door.url}) if "HX-Request" in request.headers else door


def _ask_who(request: HttpRequest, words: Typed, locked: bool) -> HttpResponse:
    context: dict[str, Any] = {"typed": words, "again": local_path(request.get_full_path())}
    if not locked:
        return render(request, "errors/signed_out.html", context, status=403)
    first = next(iter(get_adapter(request).get_reauthentication_methods(request.user)), {"id": "", "url": ""})
    context |= {"way": first["url"] or reverse("account_reauthenticate"), "kind": first["id"]}
    return render(request, "errors/locked_in.html", context, status=403)


def _page_of(request: HttpRequest) -> str:
    """Where the button stood: what it asked for cannot be opened by its address alone."""
    try:
        page = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    except ValueError:
        page = urlsplit("")
    if page.netloc != request.get_host():
        return reverse(settings.LOGIN_REDIRECT_URL)
    return f"{page.path}?{page.query}" if page.query else page.path


def slowed(get_response: Answer) -> Answer:
    """Sixty words kept in a minute are a script's, and one that runs wild: it waits, and what it sent is shown.

    Beyond the limit the view still answers, and nothing of it stays: what it refuses by itself (no such row, not this
    way) it refuses, and the limit never in its place.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _writes(request) or not too_often("save", request.user.pk):
            return get_response(request)
        with transaction.atomic():
            answer = get_response(request)
            transaction.set_rollback(True)
        if answer.status_code in REFUSED:
            return answer
        list(messages.get_messages(request))  # read, and so gone: the next page would say “Kept.”
        return too_many(request)

    return middleware


def _writes(request: HttpRequest) -> bool:
    if request.method != "POST" or not request.user.is_authenticated:
        return False
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return view.__module__.startswith(WRITES) and view.__module__ not in HAS_ITS_OWN


def kept_open(get_response: Answer) -> Answer:
    """A sign-in lasts fourteen quiet days (SESSION_COOKIE_AGE), thirty in all; on a shared device half an hour
    without a press. Once an hour it is noted where."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _note(request, int(time.time()))
        return get_response(request)

    return middleware


def _note(request: HttpRequest, now: int) -> None:
    if now - request.session.get("since", now) > LONGEST or is_over(request, now):
        logout(request)
    elif now - request.session.get("seen", 0) >= HOUR:
        try:
            UserSession.objects.create_from_request(request)
            gather_refusals(cast(User, request.user))
        except DatabaseError:
            log.warning("A visit could not be noted.")  # a full disk, say: what is kept can be read all the same
        else:
            request.session["seen"] = now
            request.session.setdefault("since", now)


class Doors:
    """allauth's pages take GET and POST alone, so that no limit ever answers another method. Signing out leaves
    nothing of the visit on the device."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code == 302 and request.path == reverse("account_logout"):
            response.headers["Clear-Site-Data"] = _of_the_visit(request)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if view.__module__.startswith("allauth.") and request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if request.path == reverse("account_login") and closed(timezone.now()):
            return see_other(reverse("journal:landing"))
        if request.method == "POST" and request.path == reverse("account_logout"):
            device_keys.forget(request)
        return None


def _of_the_visit(request: HttpRequest) -> str:
    """What the browser lets go of. Words of somebody else that wait here, sealed, are theirs (static/js/worker.js)."""
    return '"cache", "cookies"' if "Others-Wait" in request.headers else '"cache", "cookies", "storage"'
