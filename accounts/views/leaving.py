"""Closing a journal: asked with a password and a typed word, and, for seven days, the way back."""

import logging
import time
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import access, leaving, ledger
from accounts.fresh import ask_again, is_fresh, is_proven
from accounts.models import Leaving, User
from accounts.preferences import LeavingForm
from config import htmx
from config.typed import local_path, typed

log = logging.getLogger(__name__)
PAGE = "accounts/leaving.html"
# Seconds within which somebody who just gave the password can take it back.
OPEN_FOR = 600


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    proven = is_proven(request)
    if not user.has_usable_password() and not is_fresh(request):
        return ask_again(request.get_full_path())
    if request.method != "POST":
        when = "now" if request.GET.get("when") == "now" else "week"
        return htmx.page(request, PAGE, {"form": LeavingForm(user, proven=proven, initial={"when": when})})
    if not ratelimit.consume(request, action="reauthenticate", user=user):
        return cast(HttpResponse, ratelimit.respond_429(request))
    form = LeavingForm(user, request.POST, proven=proven)
    if not form.is_valid():
        return htmx.page(request, PAGE, {"form": form}, status=422)
    try:
        return _close(request, user, form.cleaned_data["when"] == "now")
    except (OSError, ledger.Unreadable) as error:
        log.error("A journal could not be closed: %s.", type(error).__name__)
        form.add_error(
            None, _("That could not be done just now, and nothing has changed. Whoever runs this place sees why.")
        )
        return htmx.page(request, PAGE, {"form": form}, status=503)


def _close(request: HttpRequest, user: User, at_once: bool) -> HttpResponse:
    kept = leaving.begin(user, timezone.now(), at_once)
    if not at_once:
        access.note(user, access.What.LEAVING, request)
    get_adapter(request).send_mail(f"account/email/{'left' if at_once else 'leaving'}", user.email, {"leaving": kept})
    logout(request)
    answer = htmx.see_other(reverse("accounts:left") + ("?now" if at_once else ""))
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


@login_not_required
@require_http_methods(["GET", "HEAD"])
def left(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return htmx.see_other(reverse("accounts:privacy"))
    return htmx.page(request, "accounts/left.html", {"at_once": "now" in request.GET})


def offer_return(request: HttpRequest, kept: Leaving) -> HttpResponse:
    """Instead of a sign-in: whether to come back. Words that came along stand in the page, and nowhere else."""
    request.session["returning"] = [str(kept.pk), int(time.time())]
    context: dict[str, Any] = {"leaving": kept}
    if again := request.POST.get("again"):
        context |= {"typed": typed(request.POST, "again."), "again": local_path(again)}
    return htmx.page(request, "accounts/returning.html", context)


@login_not_required
@require_http_methods(["POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    id, at = request.session.pop("returning", ["", 0])
    kept = Leaving.objects.select_related("owner").filter(pk=id).first() if time.time() - at < OPEN_FOR else None
    if not kept or not kept.come_back(timezone.now()):
        return _too_late(request)
    access.note(kept.owner, access.What.RETURN, request)
    messages.success(request, _("Welcome back. Everything is where it was; letters, too."))
    return cast(HttpResponse, perform_login(request, kept.owner, email=kept.owner.email))


def _too_late(request: HttpRequest) -> HttpResponse:
    """To the door; words that came along are shown once more instead, as nothing else holds them."""
    words = typed(request.POST, "again.")
    if not words.words:
        return htmx.see_other(reverse("account_login"))
    context = {"typed": words, "again": local_path(request.POST.get("again", ""))}
    return htmx.page(request, "errors/signed_out.html", context, status=403)
