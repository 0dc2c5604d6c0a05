"""Ways to sign in: which there are, and passkeys, an app for codes and codes for a lost phone, added and taken away."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes
from allauth.mfa.totp.internal.flows import activate_totp
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import ways_in
from accounts.authenticators import tidy
from accounts.fresh import ask_again, is_fresh
from accounts.models import User
from accounts.proofs import AppForm, PasskeyForm
from accounts.qr import drawn
from accounts.ways_in import Type, ways_of
from config import htmx

HERE = "accounts:ways_in"
View = Callable[..., HttpResponse]


def freshly(view: View) -> View:
    """What changes a door asks first whether it is still the same person."""

    @wraps(view)
    def asked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return view(request, **kwargs) if is_fresh(request) else ask_again(request.path)

    return asked


@require_http_methods(["GET", "HEAD"])
def page(request: HttpRequest) -> HttpResponse:
    return htmx.page(request, "accounts/ways_in.html", {"ways": ways_of(cast(User, request.user))})


# Passkeys


@require_http_methods(["GET", "HEAD", "POST"])
@freshly
def passkeys(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form: Any = cast(Any, PasskeyForm)(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        ways_in.add_passkey(request, user, form.cleaned_data["name"], form.cleaned_data["credential"])
        return htmx.see_other(reverse(HERE))
    context = {"form": form, "options": begin_registration(user, True)}
    return htmx.page(request, "accounts/passkey.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def passkey_deletion(request: HttpRequest, id: int) -> HttpResponse:
    user = cast(User, request.user)
    row = get_object_or_404(Authenticator, pk=id, user=user, type=Type.WEBAUTHN)
    if not is_fresh(request):
        return ask_again(request.path)
    ways = ways_of(user)
    if request.method == "POST" and not ways.needs_its_passkey:
        ways_in.remove(request, user, row)
        return htmx.see_other(reverse(HERE))
    [passkey] = [one for one in ways.passkeys if one.id == row.pk]
    status = 409 if request.method == "POST" else 200
    return htmx.page(request, "accounts/passkey_deletion.html", {"passkey": passkey, "ways": ways}, status=status)


# An app that shows codes


@require_http_methods(["GET", "HEAD", "POST"])
@freshly
def app(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    if ways_of(user).app:
        return htmx.see_other(reverse(HERE))
    form = AppForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        activate_totp(request, form)
        tidy(user)
        return htmx.see_other(reverse("accounts:ways_in.codes"))
    context = {"form": form, "picture": drawn(user, form.secret), "spelled": _spelled(form.secret)}
    return htmx.page(request, "accounts/app.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@freshly
def app_deletion(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    row = get_object_or_404(Authenticator, user=user, type=Type.TOTP)
    if request.method != "POST":
        return htmx.page(request, "accounts/app_deletion.html")
    ways_in.remove(request, user, row)
    return htmx.see_other(reverse(HERE))


def _spelled(secret: str) -> list[str]:
    """In fours, for whoever types it."""
    return [secret[at : at + 4] for at in range(0, len(secret), 4)]


# Codes for a lost phone


@require_http_methods(["GET", "HEAD", "POST"])
@freshly
def codes(request: HttpRequest) -> HttpResponse:
    """New ones take the place of the old ones. They are shown for ten minutes, or until somebody has them."""
    user = cast(User, request.user)
    ways = ways_of(user)
    if not ways.app:
        return htmx.see_other(reverse(HERE))
    if request.method != "POST":
        return htmx.page(request, "accounts/codes.html", {"codes": ways_in.fresh_codes(user), "ways": ways})
    if "kept" in request.POST and ways.codes:
        ways.codes.wrap().mark_as_viewed()
        messages.success(request, _("Good. They are shown nowhere any more."))
        return htmx.see_other(reverse(HERE))
    generate_recovery_codes(request)
    tidy(user)
    return htmx.see_other(reverse("accounts:ways_in.codes"))


@require_http_methods(["GET", "HEAD"])
@freshly
def codes_file(request: HttpRequest) -> HttpResponse:
    kept = ways_in.fresh_codes(cast(User, request.user))
    if not kept:
        return htmx.see_other(reverse("accounts:ways_in.codes"))
    said = _("Codes for a lost phone. Each opens the second step once.")
    answer = HttpResponse("\n".join([said, "", *kept, ""]), content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="codes.txt"'
    return answer
