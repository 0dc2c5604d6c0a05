"""What whoever runs this place tells: their texts for everybody, a notice for whoever is signed in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import NoticeRead
from accounts.requests import PersonRequest
from accounts.texts import texts
from config import htmx


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return htmx.page(request, "accounts/place.html", {"texts": texts()})


@require_POST
def notice(request: PersonRequest) -> HttpResponse:
    """Put away for good: this one, and no other."""
    NoticeRead.put_away(request.user, request.POST.get("notice", ""))
    return htmx.see_other(reverse("journal:today"))
