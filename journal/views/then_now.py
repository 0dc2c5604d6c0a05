"""One old doubt or lesson beside what is easier now."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.days import local_date
from accounts.requests import PersonRequest
from config import htmx
from journal.filters import LESSON, Filters
from journal.forms.pick import SearchForm
from journal.forms.then_now import ThenNowForm
from journal.models import Entry
from journal.picking import old_ones
from journal.views.said import say_what_went

PAGE, CHOICE = "journal/then_now/page.html", "journal/then_now/choice.html"


@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """A short list of what was written some months ago."""
    return htmx.page(request, CHOICE, _offered(request, SearchForm()))


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: PersonRequest) -> HttpResponse:
    """Words come with POST alone. GET is somebody who reloads, or comes back through the door."""
    if request.method != "POST":
        return htmx.see_other(reverse("journal:then_now"))
    form = SearchForm(request.POST)
    status = 200 if form.is_valid() else 422
    return htmx.page(request, CHOICE, _offered(request, form), part="found", status=status)


def _offered(request: PersonRequest, form: SearchForm) -> dict[str, Any]:
    words = "" if form.errors else form.words
    today = local_date(request.user, timezone.now())
    return {"form": form, "offered": old_ones(request.user, today, words), "search": reverse("journal:then_now.search")}


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest, id: UUID) -> HttpResponse:
    """One old page beside a blank one."""
    kept = Filters((Entry.Kind.DOUBT, LESSON)).of(request.user).with_records().select_related("owner")
    old: Entry = get_object_or_404(kept, pk=id)
    if request.method != "POST":
        return htmx.page(request, PAGE, {"old": old, "form": ThenNowForm(initial={"id": uuid4()}, old=old)})
    form = ThenNowForm(request.POST, old=old)
    if not form.is_valid():
        return htmx.page(request, PAGE, {"old": old, "form": form}, status=422)
    entry = form.keep(timezone.now())
    say_what_went(request, form)
    return htmx.see_other(reverse("journal:entries.entry", args=[entry.pk]))
