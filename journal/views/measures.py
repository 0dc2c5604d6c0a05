from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.days import local_date
from accounts.requests import PersonRequest
from config import htmx
from journal import shapes
from journal.forms.fields import FormId
from journal.forms.measure import MeasureForm, NameForm
from journal.measured import Measured
from journal.models import Measure
from journal.models.entry import Stale
from journal.models.measure import Full
from journal.prompts.measures import STARTERS, starter
from journal.views.said import say_what_went

PAGE = "journal/measures/measure.html"


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: PersonRequest) -> HttpResponse:
    if request.method == "POST":
        return _keep(request)
    drawn = shapes.in_use(request.user, local_date(request.user, timezone.now()))
    resting = list(Measure.objects.of(request.user).put_away())
    if not drawn and not resting:
        return _new(request, MeasureForm())
    return htmx.page(request, "journal/measures/index.html", {"shapes": drawn, "resting": resting})


def _keep(request: PersonRequest) -> HttpResponse:
    form = MeasureForm(request.POST)
    if not form.is_valid():
        return _new(request, form, status=422)
    kept = form.keep(request.user, timezone.now())
    say_what_went(request, form)
    return htmx.see_other(address(kept.pk))


def address(id: UUID) -> str:
    return reverse("journal:measures.measure", args=[id])


@require_safe
def new(request: PersonRequest) -> HttpResponse:
    begun = starter(request.GET.get("like", ""))
    return _new(request, MeasureForm(initial={"name": begun.name, "kind": begun.kind} if begun else {}))


def _new(request: PersonRequest, form: MeasureForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "new_id": uuid4(), "starters": STARTERS}
    return htmx.page(request, "journal/measures/new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: PersonRequest, id: UUID) -> HttpResponse:
    measure = own(request, id)
    if request.method != "POST":
        return page(request, measure)
    form = NameForm(request.POST)
    if not form.is_valid():
        return page(request, measure, status=422, name_form=form)
    try:
        if not form.change(measure):
            return page(request, measure, status=422, name_form=form)
    except Stale:
        return page(request, own(request, id), status=409, name_form=form)
    say_what_went(request, form)
    return htmx.see_other(address(id))


def own(request: PersonRequest, id: UUID) -> Measure:
    """The person's own, with its reading of today, or 404."""
    today = local_date(request.user, timezone.now())
    found: Measure = get_object_or_404(Measure.objects.of(request.user).with_reading_of(today), pk=id)
    return found


def page(request: PersonRequest, measure: Measure, status: int = 200, part: str = "", **more: Any) -> HttpResponse:
    shown = Measured(request.user, measure, timezone.now(), before=request.GET.get("before", ""))
    return htmx.page(request, PAGE, {"page": shown, "stale": status == 409} | more, part=part, status=status)


# Where it is kept


@require_POST
def pin(request: PersonRequest, id: UUID) -> HttpResponse:
    """`kept` 1 keeps it on Today, 0 takes it off; `instead`: the one that makes room."""
    measure = own(request, id)
    if request.POST.get("kept") == "0":
        measure.unpin()
        return htmx.see_other(address(id))
    try:
        measure.pin(timezone.now(), FormId().clean(request.POST.get("instead")))
    except Full:
        return page(request, measure, status=422, pinned=Measure.objects.of(request.user).pinned())
    return htmx.see_other(address(id))


@require_POST
def rest(request: PersonRequest, id: UUID) -> HttpResponse:
    """`resting` 1 puts it out of sight with all it has, 0 takes it out again."""
    measure = own(request, id)
    if request.POST.get("resting") == "0":
        measure.take_out()
        return htmx.see_other(address(id))
    measure.put_away(timezone.now())
    return htmx.see_other(reverse("journal:measures"))


@require_http_methods(["GET", "HEAD", "POST"])
def deletion(request: PersonRequest, id: UUID) -> HttpResponse:
    """A visit asks; a post lets it go for good, with its readings."""
    measure = own(request, id)
    if request.method != "POST":
        return htmx.page(request, "journal/measures/deletion.html", {"measure": measure})
    measure.delete()
    return htmx.see_other(reverse("journal:measures"))
