from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import PersonRequest
from config import htmx
from journal import taken_back
from journal.forms.line import LineChangeForm, TreatForm
from journal.models import Treat
from journal.models.entry import Stale
from journal.views.said import say_what_went


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: PersonRequest) -> HttpResponse:
    if request.method != "POST":
        return _list(request, TreatForm(initial={"id": uuid4()}))
    form = TreatForm(request.POST)
    if not form.is_valid():
        return _list(request, form, status=422)
    form.keep(request.user)
    say_what_went(request, form)
    return htmx.see_other(reverse("journal:treats"))


def _list(request: PersonRequest, form: TreatForm, status: int = 200) -> HttpResponse:
    mine = Treat.objects.of(request.user)
    taken = taken_back.just(request.user, Treat, timezone.now())
    context = {"form": form, "treats": mine.out(), "away": mine.away(), "taken": taken}
    return htmx.page(request, "journal/treats/index.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def treat(request: PersonRequest, id: UUID) -> HttpResponse:
    treat = _own(request, id)
    if request.method != "POST" and treat.is_removed:
        return redirect("journal:entries.removed")
    if request.method != "POST":
        return _page(request, treat, LineChangeForm(line=treat))
    form = LineChangeForm(request.POST, line=treat)
    if not form.is_valid():
        return _page(request, treat, form, status=422)
    try:
        form.change()
    except Stale:
        return _page(request, _own(request, id), form, status=409)
    say_what_went(request, form)
    return htmx.see_other(reverse("journal:treats"))


def _own(request: PersonRequest, id: UUID) -> Treat:
    found: Treat = get_object_or_404(Treat.kept_by(request.user).select_related("removal"), pk=id)
    return found


def _page(request: PersonRequest, treat: Treat, form: LineChangeForm, status: int = 200) -> HttpResponse:
    context = {"treat": treat, "form": form, "stale": status == 409}
    return htmx.page(request, "journal/treats/treat.html", context, status=status)


@require_POST
def drawer(request: PersonRequest, id: UUID) -> HttpResponse:
    """Put away, or taken out again (`away` = 0)."""
    treat = _own(request, id)
    if request.POST.get("away") == "0":
        treat.take_out()
    else:
        treat.put_away(timezone.now())
    return htmx.see_other(reverse("journal:treats"))


@require_POST
def deletion(request: PersonRequest, id: UUID) -> HttpResponse:
    _own(request, id).remove(timezone.now())
    return htmx.see_other(reverse("journal:treats"))


@require_POST
def restoration(request: PersonRequest, id: UUID) -> HttpResponse:
    _own(request, id).restore()
    return htmx.see_other(reverse("journal:treats"))
