"""Whether it is still the same person: a password given in this very session, a moment ago.

allauth asks for one again even seconds after a sign-in. For what leaves this place a sign-in of a moment ago is as
good; and nothing is parked in the session meanwhile: the form is sent again afterwards.
"""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.signals import user_signed_up
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from config.htmx import see_other


def is_fresh(request: HttpRequest) -> bool:
    """At most five minutes ago (ACCOUNT_REAUTHENTICATION_TIMEOUT)."""
    given = [record.get("at", 0) for record in get_authentication_records(request, request.user)]
    return bool(0 <= time.time() - max(given, default=0) < app_settings.REAUTHENTICATION_TIMEOUT)


def is_proven(request: HttpRequest) -> bool:
    """By a passkey, or a code of an app, within the same time: as good as the password that would be asked for."""
    given = [one.get("at", 0) for one in get_authentication_records(request, request.user) if one["method"] == "mfa"]
    return bool(0 <= time.time() - max(given, default=0) < app_settings.REAUTHENTICATION_TIMEOUT)


def ask_again(back: str) -> HttpResponse:
    """To the page that asks for the password, and from there to `back`, an address of ours."""
    return see_other(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")


@receiver(user_signed_up)
def note_sign_up(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """allauth notes the password of a sign-in alone."""
    record_authentication(request, user, method="password")
