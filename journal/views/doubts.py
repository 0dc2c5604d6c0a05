from uuid import uuid4

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from config import htmx
from journal.asking import Asked, typed
from journal.forms.doubt import DoubtForm
from journal.views.said import say_what_went


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    if request.method != "POST":
        return htmx.page(request, "journal/doubts/new.html", {"form": DoubtForm(initial={"id": uuid4()})})
    form = DoubtForm(request.POST)
    if not form.is_valid():
        return htmx.page(request, "journal/doubts/new.html", {"form": form}, status=422)
    form.keep(request.user, timezone.now())
    say_what_went(request, form)
    return htmx.see_other(reverse("journal:today"))


def asked(request: PersonRequest, asked: Asked) -> HttpResponse:
    """The page with a question beside what was typed; nothing is kept yet."""
    context = {"form": DoubtForm(initial=typed(request.POST)), "asked": asked, "just_asked": True}
    return htmx.page(request, "journal/doubts/new.html", context)
