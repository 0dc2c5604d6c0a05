from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.devices import devices
from config import htmx


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _close(request)
    context = {"devices": devices(request), "key_beside": settings.MAKES_RING}
    return htmx.page(request, "accounts/privacy.html", context)


def _close(request: HttpRequest) -> HttpResponse:
    """Closes the book at one other place."""
    number = request.POST.get("close", "")
    sound = number.isdecimal() and len(number) < 20
    device = get_object_or_404(UserSession, user=request.user, pk=number if sound else 0)
    if not device.is_current():
        device.end()
        messages.success(request, _("Closed there."))
    return htmx.see_other(reverse("accounts:privacy"))
