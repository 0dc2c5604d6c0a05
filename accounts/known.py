"""On which device somebody signs in: one that is known, one that is new, or one that is not only theirs.

A known one has a cookie with a random mark; beside its owner stands the mark's SHA-256. A shared one keeps nothing:
the session ends with the browser, or after half an hour without a press.
"""

import hashlib
import secrets
from datetime import datetime
from typing import Any, cast

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.days import zone_of
from accounts.devices import called, seen
from accounts.models import Device, User

HALF_AN_HOUR = 1800  # seconds


def cookie() -> str:
    return "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"


def arrive(request: HttpRequest, user: User, answer: HttpResponse, now: datetime, signup: bool) -> None:
    """Somebody has just come in. Their owner hears of a device that is new here; not of the one they signed up on."""
    browser, machine = seen(request.META.get("HTTP_USER_AGENT", ""))
    device = None
    if request.session.get("shared"):
        request.session.set_expiry(0)
    else:
        device = _device(request, user, browser, machine) or Device(owner=user, browser=browser, machine=machine)
        new = device._state.adding
        _mark(device, answer, now)
        request.session["lock"] = device.locks_after or 0
        request.session["asks_device"] = device.locks_after is None and not signup
    if settings.EMAIL_URL and not signup and (device is None or new):
        with timezone.override(zone_of(user)):
            told = {"device": called(browser, machine), "now": now}
            get_adapter(request).send_mail("account/email/new_sign_in", user.email, told)


def _device(request: HttpRequest, user: User, browser: str, machine: str) -> Device | None:
    """By its cookie; else one of the same name whose cookie went when the book was closed there."""
    own = Device.objects.filter(owner=user)
    mark = request.COOKIES.get(cookie())
    known = own.filter(mark=_digest(mark, user)).first() if mark else None
    closed = own.filter(closed_at__isnull=False, browser=browser, machine=machine)
    return known or closed.order_by("closed_at").first()


def here(request: HttpRequest) -> Device | None:
    """The device that somebody is signed in on, where it is known."""
    mark, user = request.COOKIES.get(cookie()), cast(User, request.user)
    return Device.objects.filter(owner=user, mark=_digest(mark, user)).first() if mark else None


def _mark(device: Device, answer: HttpResponse, now: datetime) -> None:
    mark = secrets.token_urlsafe(24)
    device.mark, device.seen_at, device.closed_at = _digest(mark, device.owner), now, None
    device.save()
    secure = bool(settings.SESSION_COOKIE_SECURE)
    answer.set_cookie(cookie(), mark, max_age=Device.KEPT, secure=secure, httponly=True, samesite="Lax")


def _digest(mark: str, owner: Any) -> str:
    return hashlib.sha256(f"{mark}|{owner.pk}".encode()).hexdigest()


@receiver(user_logged_out)
def note_closed(request: HttpRequest, user: User | None = None, **kwargs: Any) -> None:
    """Signing out takes the cookie away with everything else (accounts.middleware.Doors)."""
    mark = request.COOKIES.get(cookie())
    if user and mark:
        Device.objects.filter(owner=user, mark=_digest(mark, user)).update(closed_at=timezone.now())
