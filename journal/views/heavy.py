from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from config import htmx
from journal.forms.heavy_page import HeavyPageForm
from journal.models import HeavyPage
from journal.models.entry import Stale
from journal.views.said import say_what_went

PAGE = "journal/heavy/mine.html"


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: PersonRequest) -> HttpResponse:
    """My page for heavy days, to be written on a good one."""
    stands = HeavyPage.of(request.user)
    form = HeavyPageForm(request.POST if request.method == "POST" else None, page=stands)
    if stands.damaged:
        return htmx.page(request, PAGE, {"page": stands, "form": form}, status=409 if form.is_bound else 200)
    if not form.is_valid():
        return htmx.page(request, PAGE, {"page": stands, "form": form}, status=422 if form.is_bound else 200)
    try:
        form.write(request.user, timezone.now())
    except Stale:
        return htmx.page(request, PAGE, {"page": stands, "form": form, "stale": True}, status=409)
    say_what_went(request, form)
    return htmx.see_other(reverse("accounts:help"))
