from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.days import local_date
from accounts.requests import PersonRequest
from accounts.throttle import too_often
from config import htmx
from config.errors import too_many
from journal import search
from journal.filters import Filters
from journal.forms.finder import FinderForm
from journal.months import bound, loose
from journal.views import timeline

TEMPLATE = "journal/entries/search.html"
NO_MATCH = "journal/entries/no_match.html"
FILTERS = "journal/entries/filters.html"


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest) -> HttpResponse:
    """Words come with POST alone. GET is somebody who reloads, or comes back through the door."""
    if request.method != "POST":
        return redirect("journal:entries")
    form = FinderForm(request.POST, owner=request.user)
    filters = form.filters
    if form.opens and htmx.wants_part(request):
        return htmx.page(request, FILTERS, {"form": form, "filters": filters})
    if form.errors or not search.terms_of(form.words):
        return _without_words(request, form, filters)
    if too_often("search", request.user.pk):
        return too_many(request)
    return _standing_at(filters, _found(request, form, filters))


def _without_words(request: PersonRequest, form: FinderForm, filters: Filters) -> HttpResponse:
    """Filters alone have an address of their own, which can be gone back to."""
    asks = form.opens or filters != Filters()
    if asks and not form.errors and not htmx.wants_part(request):
        return htmx.see_other(form.address)
    context = timeline.arranged(request, form)
    status = 422 if form.errors else 200
    return _standing_at(filters, htmx.page(request, timeline.TEMPLATE, context, part="found", status=status))


def _found(request: PersonRequest, form: FinderForm, filters: Filters) -> HttpResponse:
    found = search.find(request.user, filters, form.words, form.skipped)
    context: dict[str, Any] = {"form": form, "filters": filters, "found": found, "terms": found.terms}
    if not found.entries:
        return htmx.page(request, NO_MATCH, context, part="found")
    today = local_date(request.user, timezone.now())
    context |= {"months": bound(found.entries, today)} if found.newest_first else {"days": loose(found.entries)}
    context["said"] = search.said(found.total, filters.kinds, hidden=request.user.counts_hidden)
    return htmx.page(request, TEMPLATE, context | {"today_date": today}, part="more" if form.skipped else "found")


def _standing_at(filters: Filters, response: HttpResponse) -> HttpResponse:
    """The address of what is shown, less its words: what the browser goes back to."""
    response["HX-Replace-Url"] = filters.address()
    return response
