from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from config import htmx
from journal.forms.pin import PinForm
from journal.models import Pin
from journal.models.pin import Full
from journal.prompts.ways import MOMENTS, Moment

PAGE = "journal/ways/index.html"


@require_safe
def page(request: PersonRequest) -> HttpResponse:
    return htmx.page(request, PAGE, _shown(request))


def _shown(request: PersonRequest) -> dict[str, Any]:
    names = Pin.objects.of(request.user).values_list("moment", flat=True)
    pinned = [MOMENTS[name] for name in names if name in MOMENTS]
    return {"moments": MOMENTS.values(), "pinned": pinned}


@require_safe
def moment(request: PersonRequest, name: str) -> HttpResponse:
    """The ways of one moment; where there is one, that is where it leads."""
    found = _moment(name)
    if len(found.ways) == 1:
        return redirect(found.address)
    return htmx.page(request, "journal/ways/moment.html", {"moment": found})


def _moment(name: str) -> Moment:
    if name not in MOMENTS:
        raise Http404
    return MOMENTS[name]


@require_POST
def pin(request: PersonRequest, name: str) -> HttpResponse:
    """Keeps a moment on Today, or takes it off."""
    chosen, form = _moment(name), PinForm(request.POST)
    if not form.is_valid():
        return render(request, "errors/400.html", status=422)
    try:
        form.apply(request.user, chosen.name)
    except Full:
        return htmx.page(request, PAGE, _shown(request) | {"third": chosen}, part="changed", status=422)
    if not htmx.wants_part(request):
        return htmx.see_other(reverse("journal:ways"))
    return htmx.page(request, PAGE, _shown(request) | {"chosen": chosen}, part="changed")
