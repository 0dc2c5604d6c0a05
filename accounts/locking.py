"""A book that asks again who is there, after some minutes without a press: for devices that others use, too."""

import time
from typing import Any

from allauth.account.signals import authentication_step_completed
from django.contrib.auth.models import AnonymousUser
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from accounts.known import HALF_AN_HOUR

# Minutes to choose from; none is the standard on one's own device.
MINUTES = (0, 5, 15, 60)
A_MINUTE = 60  # seconds; how exactly the last press is noted
# What shows nothing of a journal and opens it again, or closes it for good.
OPEN = {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
OPEN |= {"account_logout", "account_logout_everywhere", "accounts:lock.now"}


def is_over(request: HttpRequest, now: int) -> bool:
    """Notes a press. True where a shared device has been left for half an hour: then the session is over."""
    session = request.session
    minutes, shared = session.get("lock", 0), session.get("shared", False)
    if not (minutes or shared) or session.get("locked"):
        return False
    quiet = now - session.get("pressed", now)
    if shared and quiet >= HALF_AN_HOUR:
        return True
    if minutes and quiet >= minutes * 60:
        session["locked"] = True
    elif quiet >= A_MINUTE or "pressed" not in session:
        session["pressed"] = now
    return False


def is_locked(request: HttpRequest, view: Any) -> bool:
    """Pages that are open to everybody are shown as to a stranger, so that none of them tells whose device it is."""
    if not request.user.is_authenticated or not request.session.get("locked"):
        return False
    if request.resolver_match and request.resolver_match.view_name in OPEN:
        return False
    if not getattr(view, "login_required", True):
        request.user = AnonymousUser()
        return False
    return True


def way_back(page: str) -> str:
    return f"{reverse('account_reauthenticate')}?{urlencode({'next': page})}"


@receiver(authentication_step_completed)
def unlock(request: HttpRequest, **kwargs: Any) -> None:
    """Whoever proved who they are goes on where they were."""
    if kwargs.get("reauthenticated") and request.session.pop("locked", None):
        request.session["pressed"] = int(time.time())
