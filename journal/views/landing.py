from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.closings import Closing
from accounts.forms import SignupForm
from accounts.invitations import is_empty
from config import htmx


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("journal:today")
    now, closing = timezone.now(), Closing.standing()
    if closing and closing.is_over(now):
        return htmx.page(request, "accounts/closed.html", {"closing": closing, "until": closing.copies_until(now)})
    context = {"form": SignupForm(), "open": get_adapter().is_open_for_signup(request), "nobody": is_empty()}
    context["closing"] = closing
    return htmx.page(request, "journal/landing.html", context)
