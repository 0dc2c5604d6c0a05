from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.days import local_date
from accounts.requests import PersonRequest
from config import htmx
from journal.forms.finder import FinderForm
from journal.timeline import Timeline

TEMPLATE = "journal/entries/index.html"


@require_safe
def page(request: PersonRequest) -> HttpResponse:
    """The Journal: a page of it, or what htmx adds below the last one."""
    asked = request.GET.copy()
    asked.pop("q", None)  # words come with POST alone
    form = FinderForm(asked, owner=request.user)
    context = arranged(request, form)
    return htmx.page(request, TEMPLATE, context, part="earlier", status=422 if form.errors else 200)


def arranged(request: PersonRequest, form: FinderForm) -> dict[str, Any]:
    """Raises Http404 for an address that no page of ours leads to."""
    filters = form.filters
    today = local_date(request.user, timezone.now())
    timeline = Timeline(request.user, filters, today, form.after)
    return {"form": form, "filters": filters, "timeline": timeline}
