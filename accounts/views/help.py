from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.people import people
from config import htmx


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    zone = request.user.time_zone if request.user.is_authenticated else ""
    return htmx.page(request, "accounts/help.html", {"countries": people(zone), "now": timezone.now()})
