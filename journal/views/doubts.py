from uuid import uuid4

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.days import local_date
from accounts.requests import PersonRequest
from config import htmx
from journal.asking import Asked, typed
from journal.forms.doubt import DoubtForm
from journal.models import Entry
from journal.views.said import say_what_went

PAGE = "journal/doubts/new.html"


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    now = timezone.now()
    today = local_date(request.user, now)
    if request.method != "POST":
        return htmx.page(request, PAGE, {"form": DoubtForm(initial={"id": uuid4()}, today=today)})
    form = DoubtForm(request.POST, today=today)
    if not form.is_valid():
        return htmx.page(request, PAGE, {"form": form}, status=422)
    entry = form.keep(request.user, now)
    say_what_went(request, form)
    return htmx.see_other(on_from(request, entry, reverse("journal:today")))


def on_from(request: PersonRequest, entry: Entry, otherwise: str) -> str:
    """To the person's own pages, where something was to be pinned from them."""
    if request.POST.get("do") == "evidence":
        return reverse("journal:entries.evidence", args=[entry.pk])
    return otherwise


def asked(request: PersonRequest, asked: Asked) -> HttpResponse:
    """The page with a question beside what was typed; nothing is kept yet."""
    today = local_date(request.user, timezone.now())
    context = {"form": DoubtForm(initial=typed(request.POST), today=today), "asked": asked, "just_asked": True}
    return htmx.page(request, PAGE, context)
