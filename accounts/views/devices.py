"""Devices and access: where the book is open, closing it there, and what was done with the journal as such."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple, cast

from allauth.account.adapter import get_adapter
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import access, device_keys
from accounts.devices import called, devices
from accounts.locking import MINUTES
from accounts.models import Access, User
from config import htmx

PAGE = "accounts/access.html"
A_PAGE = 50


class Line(NamedTuple):
    row: Access
    at: datetime
    by: str
    more: str


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return close(request, back="accounts:devices")
    before = _instant(request.GET.get("before", ""))
    rows = list(access.lines(cast(User, request.user), before)[: A_PAGE + 1])
    context = {"devices": devices(request), "days": _days(rows[:A_PAGE]), "before": before}
    context |= {"minutes": request.session.get("lock", 0), "choices": MINUTES}
    context["earlier"] = rows[A_PAGE - 1].at.isoformat() if len(rows) > A_PAGE else ""
    return htmx.page(request, PAGE, context)


def close(request: HttpRequest, back: str) -> HttpResponse:
    """Closes the book at one other place, or at all others."""
    chosen = request.POST.get("close", "")
    open_at = list(UserSession.objects.filter(user=request.user))
    if chosen != "others" and chosen not in [str(one.pk) for one in open_at]:
        raise Http404
    ended = [one for one in open_at if not one.is_current() and chosen in ("others", str(one.pk))]
    if ended:
        end_sessions(request, ended)
        said = _("Everywhere else the book is closed.") if chosen == "others" else _("Closed there.")
        messages.success(request, said)
    return htmx.see_other(reverse(back))


@require_POST
def everywhere(request: HttpRequest) -> HttpResponse:
    """Here as well."""
    device_keys.forget(request)
    end_sessions(request, list(UserSession.objects.filter(user=request.user)))
    logout(request)
    answer = htmx.see_other(get_adapter(request).get_logout_redirect_url(request))
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


def _days(rows: Iterable[Access]) -> list[tuple[date, list[Line]]]:
    """Each day with its lines, the newest first, by the person's wall."""
    told = [Line(row, timezone.localtime(row.at), _by(row), _more(row)) for row in rows]
    return [(day, list(lines)) for day, lines in groupby(told, key=lambda line: line.at.date())]


def _by(row: Access) -> str:
    """Which browser it was; "" where none says."""
    return called(row.browser, row.machine) if row.browser or row.machine else ""


def _more(row: Access) -> str:
    """JSON; Day One."""
    if row.more == Access.BY_OPERATOR:
        return ""
    return row.more.upper() if len(row.more) < 5 else row.more.replace("_", " ").title()


def _instant(text: str) -> datetime | None:
    """None where it cannot be read: then the newest lines are shown."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo and 1900 < found.year < 9900 else None
