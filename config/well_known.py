"""Addresses that others look at by themselves: whom to tell of a weakness (RFC 9116), where a password is changed."""

import re
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

HOLDS = timedelta(days=180)
REACHED = re.compile(r"https://[^\s<>\"',;()]+|[^\s<>\"',;():@/]+@[^\s<>\"',;():@/]+\.[^\s<>\"',;():@/]+")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Where the operator says no way to be reached (ONWARD_OPERATOR), there is none to name."""
    if not (ways := contacts(settings.ONWARD_OPERATOR)):
        raise Http404
    day = datetime.combine(timezone.now().date() + HOLDS, time(), UTC)
    lines = [f"Contact: {way}" for way in ways]
    lines += [f"Expires: {day:%Y-%m-%dT%H:%M:%SZ}"]
    lines += [f"Preferred-Languages: {', '.join(code for code, _ in settings.LANGUAGES)}"]
    lines += [f"Canonical: {settings.ONWARD_URL}{request.path}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def contacts(operator: str) -> list[str]:
    """Mail addresses and https addresses in what the operator says of themselves, in order."""
    found = [way.rstrip(".") for way in REACHED.findall(operator)]
    return [way if way.startswith("https://") else f"mailto:{way}" for way in found]


@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """For password managers (W3C, A Well-Known URL for Changing Passwords)."""
    return HttpResponseRedirect(reverse("account_change_password"))
