from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.devices import devices
from accounts.views.devices import close
from config import htmx


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return close(request, back="accounts:privacy")
    context = {"devices": devices(request), "key_beside": settings.MAKES_RING}
    return htmx.page(request, "accounts/privacy.html", context)
