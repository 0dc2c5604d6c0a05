"""Ways through the door besides a password: a passkey, a code by mail."""

from typing import Any, cast

from allauth.account import views as allauth_views
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import ratelimit
from allauth.mfa.webauthn.internal.auth import begin_authentication
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.proofs import PasskeyLoginForm
from config import htmx


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: HttpRequest) -> HttpResponse:
    """Words that come with it, from a page whose session had ended, come along (config.ui_tags.along)."""
    if request.user.is_authenticated and not request.POST.get("again"):
        return htmx.see_other(reverse(settings.LOGIN_REDIRECT_URL))
    form = PasskeyLoginForm(request.POST if request.POST.get("credential") else None)
    if form.is_bound and (limited := ratelimit.consume_or_429(request, app="allauth.mfa", action="webauthn_login")):
        return cast(HttpResponse, limited)
    if form.is_valid():
        return _let_in(request, form)
    context: dict[str, Any] = {"form": form}
    context |= {"options": begin_authentication(None), "next": get_next_redirect_url(request)}
    return htmx.page(request, "account/login_passkey.html", context, status=422 if form.errors else 200)


def _let_in(request: HttpRequest, form: PasskeyLoginForm) -> HttpResponse:
    authenticator = form.cleaned_data["credential"]
    login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(request))
    answer: HttpResponse = perform_passwordless_login(request, authenticator, login)
    return answer


request_code = login_not_required(allauth_views.request_login_code)
