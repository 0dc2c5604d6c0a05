"""Asked again who is there: by a password, a code of an app, a passkey. Words that came along are shown afterwards."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account import views as account_views
from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from allauth.mfa.base import views as second_views
from allauth.mfa.webauthn.internal.auth import begin_authentication
from allauth.mfa.webauthn.internal.flows import reauthenticate
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.proofs import StillYourPasskeyForm
from config import htmx
from config.typed import local_path, typed

View = Callable[[HttpRequest], HttpResponse]


def with_words(theirs: View) -> View:
    """allauth's page; a journal without anything to ask for has one of its own."""

    @wraps(theirs)
    def page(request: HttpRequest) -> HttpResponse:
        if not get_adapter(request).get_reauthentication_methods(request.user):
            return htmx.page(request, "account/no_proof.html")
        answer = theirs(request)
        asks_elsewhere = answer.headers.get("Location", "").startswith(reverse("account_reauthenticate"))
        return _words_again(request) or answer if answer.status_code == 302 and not asks_elsewhere else answer

    return page


password = with_words(account_views.reauthenticate)
code = with_words(second_views.reauthenticate)


@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    methods = get_adapter(request).get_reauthentication_methods(user)
    if request.path not in [one["url"] for one in methods]:
        return htmx.see_other(reverse("account_reauthenticate"))
    if limited := ratelimit.consume_or_429(request, action="reauthenticate", user=user):
        return cast(HttpResponse, limited)
    form: Any = cast(Any, StillYourPasskeyForm)(request.POST if request.POST.get("credential") else None, user=user)
    next = get_next_redirect_url(request)
    if form.is_valid():
        reauthenticate(request, form.cleaned_data["credential"])
        return _words_again(request) or htmx.see_other(next or reverse(settings.LOGIN_REDIRECT_URL))
    others = [one for one in methods if one["url"] != request.path]
    context = {"form": form, "options": begin_authentication(user), "next": next}
    context |= {"reauthentication_alternatives": others}
    return htmx.page(request, "mfa/webauthn/reauthenticate.html", context, status=422 if form.errors else 200)


def _words_again(request: HttpRequest) -> HttpResponse | None:
    words = typed(request.POST, "again.")
    if not words.words:
        return None
    return render(request, "errors/again.html", {"typed": words, "again": local_path(request.POST.get("again", ""))})
