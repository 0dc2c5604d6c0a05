"""When a book on this device asks again who is there: chosen, and done at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import known
from accounts.locking import MINUTES, way_back
from config import htmx
from config.typed import local_path


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """`minutes`: one of MINUTES; anything else changes nothing."""
    back = reverse("journal:today" if request.POST.get("back") == "today" else "accounts:devices")
    given = request.POST.get("minutes", "")
    if given not in map(str, MINUTES):
        return htmx.see_other(back)
    if device := known.here(request):
        device.locks_after = int(given)
        device.save(update_fields=["locks_after"])
    request.session["lock"], request.session["asks_device"] = int(given), False
    stays = _("Kept. On this device the book stays open.")
    closes = _("Kept. On this device it asks again who is there when nobody has pressed anything for a while.")
    messages.success(request, closes if int(given) else stays)
    return htmx.see_other(back)


@require_POST
def now(request: HttpRequest) -> HttpResponse:
    """The page itself has been left alone (static/js/onward/hide.js); also a press in the menu could do it."""
    if request.session.get("lock"):
        request.session["locked"] = True
    return htmx.see_other(way_back(local_path(request.POST.get("next", ""))))
