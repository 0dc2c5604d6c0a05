"""The picker: entries of one's own are found by words, and laid beside a doubt or a meeting."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from config import htmx
from journal.forms.pick import PickForm, SearchForm
from journal.models import Entry
from journal.picking import BROUGHT, EVIDENCE, Picking

PAGE = "journal/picks/index.html"


@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: PersonRequest, id: UUID) -> HttpResponse:
    return _page(request, EVIDENCE, id)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_search(request: PersonRequest, id: UUID) -> HttpResponse:
    return _search(request, EVIDENCE, id)


@require_http_methods(["GET", "HEAD", "POST"])
def brought(request: PersonRequest, id: UUID) -> HttpResponse:
    return _page(request, BROUGHT, id)


@require_http_methods(["GET", "HEAD", "POST"])
def brought_search(request: PersonRequest, id: UUID) -> HttpResponse:
    return _search(request, BROUGHT, id)


def _page(request: PersonRequest, picking: Picking, id: UUID) -> HttpResponse:
    page = _own(request, picking, id)
    if request.method != "POST":
        return htmx.page(request, PAGE, _shown(picking, page, SearchForm()) | _taken_off(request, picking, page))
    form = PickForm(request.POST, picking=picking, page=page)
    if not form.is_valid() or not form.lay():
        return htmx.page(request, PAGE, _shown(picking, page, form), status=422)
    off = form.cleaned_data["off"]
    return htmx.see_other(picking.address(page) + (f"?off={off.pk}" if off else ""))


def _own(request: PersonRequest, picking: Picking, id: UUID) -> Entry:
    pages = Entry.objects.of(request.user).filter(kind=picking.kind).with_records().select_related("owner")
    found: Entry = get_object_or_404(pages, pk=id)
    return found


def _shown(picking: Picking, page: Entry, form: SearchForm) -> dict[str, Any]:
    words = form.words if not form.errors.get("q") else ""
    ticked = picking.ticked(page, form.chosen)
    return {
        "picking": picking,
        "page": page,
        "form": form,
        "there": list(picking.noun.beside(page)),
        "ticked": ticked,
        "offered": picking.offered(page, words, ticked),
        "here": picking.address(page),
        "search": picking.search_address(page),
    }


def _taken_off(request: PersonRequest, picking: Picking, page: Entry) -> dict[str, Any]:
    """What went a moment ago and can be put back."""
    try:
        off = UUID(request.GET.get("off", ""))
    except ValueError:
        return {}
    there = picking.noun.objects.of(request.user).filter(page=page, entry=off).exists()
    return {} if there else {"off": picking.allowed(page).filter(pk=off).first()}


def _search(request: PersonRequest, picking: Picking, id: UUID) -> HttpResponse:
    """Words come with POST alone. GET is somebody who reloads, or comes back through the door."""
    page = _own(request, picking, id)
    if request.method != "POST":
        return htmx.see_other(picking.address(page))
    form = SearchForm(request.POST)
    status = 200 if form.is_valid() else 422
    return htmx.page(request, PAGE, _shown(picking, page, form), part="found", status=status)
