"""The sign-up before allauth's own: closed doors, a sign-up begun twice, somebody who is signed in already."""

import time
from collections.abc import Callable

from allauth.account import app_settings
from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import invitations
from accounts.models import Closing
from config import htmx

# Seconds from the form to the page that asks for the code. A new journal takes some writing that a taken address does
# not: both are answered after the same while, so that how long it takes tells nobody which of them it was.
PACE = 0.8


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def by_passkey(request: HttpRequest) -> HttpResponse:
    """The same form, sent by its other button: no password, and the passkey is made when the address is proven."""
    if not app_settings.EMAIL_VERIFICATION_BY_CODE_ENABLED or request.method != "POST":
        return htmx.see_other(reverse("account_signup"))
    return page(request, allauth_views.signup_by_passkey)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, theirs: Callable[[HttpRequest], HttpResponse] = allauth_views.signup) -> HttpResponse:
    line = request.POST.get("first_line", "").strip()
    if request.user.is_authenticated and line:
        return htmx.page(request, "account/signed_in_already.html", {"line": line}, status=409)
    if not get_adapter().is_open_for_signup(request):
        status = 403 if request.method == "POST" else 200
        return closed(request, line, status)
    if request.method == "POST" and not request.user.is_authenticated:
        try:
            return _sign_up(request, theirs)
        except invitations.UsedUp:
            return closed(request, line, 403, used_up=True)
    return theirs(request)


def closed(request: HttpRequest, line: str, status: int, used_up: bool = False) -> HttpResponse:
    """Who to ask, and what was written, to take along."""
    closing = Closing.standing()
    is_over = bool(closing and closing.is_over(timezone.now()))
    if is_over and not line:
        return htmx.see_other(reverse("journal:landing"))
    context = {"line": line, "used_up": used_up, "closing": closing, "is_over": is_over}
    return htmx.page(request, "account/signup_closed.html", context, status=status)


def _sign_up(request: HttpRequest, theirs: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    begun = time.monotonic()
    _begin_anew(request)
    try:
        answer = theirs(request)
    except IntegrityError:
        # Pressed twice at once: the other press took the address between our question and our answer.
        answer = theirs(request)
    if app_settings.EMAIL_VERIFICATION_BY_CODE_ENABLED and answer.status_code == 302:
        time.sleep(max(0, begun + PACE - time.monotonic()))
    return answer


def _begin_anew(request: HttpRequest) -> None:
    """A sign-up that waits for its code gives way to the one that is sent now: its address was another one, or its
    code has run out."""
    if waiting := EmailVerificationProcess.resume(request):
        waiting.abort()
