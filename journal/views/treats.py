from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import PersonRequest
from config import htmx
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
    context = {"form": form, "treats": mine.out(), "away": mine.away()}
    return htmx.page(request, "journal/treats/index.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def treat(request: PersonRequest, id: UUID) -> HttpResponse:
    treat = _own(request, id)
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
    found: Treat = get_object_or_404(Treat.objects.of(request.user), pk=id)
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
    """For good: the page has asked."""
    _own(request, id).delete()
    return htmx.see_other(reverse("journal:treats"))
