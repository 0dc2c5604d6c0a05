from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from config import htmx


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return htmx.page(request, "accounts/hidden.html")
