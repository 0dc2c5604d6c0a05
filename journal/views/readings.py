from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.days import local_date
from accounts.requests import PersonRequest
from config import htmx
from journal import amounts
from journal.forms.measure import ReadingChangeForm, ReadingForm
from journal.models import Measure, Reading
from journal.models.entry import Stale
from journal.views import measures
from journal.views.said import say_what_went


@require_POST
def index(request: PersonRequest, id: UUID) -> HttpResponse:
    measure = measures.own(request, id)
    today = local_date(request.user, timezone.now())
    form = ReadingForm(request.POST, measure=measure, today=today)
    if not form.is_valid() or form.keep(timezone.now()) is None:
        return _not_kept(request, measure, form)
    say_what_went(request, form)
    return _kept(request, id, _("Kept."))


def _not_kept(request: PersonRequest, measure: Measure, form: ReadingForm) -> HttpResponse:
    """Where it was typed, with what is open about it; a tap on Today can only be told so."""
    if htmx.wants_part(request) and _on_today(request):
        context = {"today": form.today, "said": " ".join(map(str, form.errors["value"]))}
        return htmx.page(request, "journal/measures/noted.html", context, status=422)
    return measures.page(request, measure, status=422, part="measured", form=form)


def _on_today(request: PersonRequest) -> bool:
    return request.POST.get("back") == "today"


def _kept(request: PersonRequest, measure_id: UUID, said: str) -> HttpResponse:
    """Back to where it was pressed: Today, or the measure's page; by htmx only the part that changed."""
    if not htmx.wants_part(request):
        return htmx.see_other(reverse("journal:today") if _on_today(request) else measures.address(measure_id))
    if _on_today(request):
        context = {"today": local_date(request.user, timezone.now()), "said": said}
        return htmx.page(request, "journal/measures/noted.html", context)
    # A tap keeps the focus by its id; what folds or goes gives it to the heading.
    tapped = "value" in request.POST and "local_date" not in request.POST
    measure = measures.own(request, measure_id)
    return measures.page(request, measure, part="kept", said=said, to_the_heading=not tapped)


@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: PersonRequest, id: UUID) -> HttpResponse:
    reading = _own(request, id)
    if request.method != "POST":
        return _page(request, reading, _form(request, reading))
    form = _form(request, reading, request.POST)
    if not form.is_valid():
        return _page(request, reading, form, status=422)
    try:
        if not form.change(reading):
            return _page(request, reading, form, status=422)
    except Stale:
        return _page(request, _own(request, id), form, status=409)
    say_what_went(request, form)
    return htmx.see_other(measures.address(reading.measure_id))


def _own(request: PersonRequest, id: UUID) -> Reading:
    found: Reading = get_object_or_404(Reading.objects.of(request.user).select_related("measure", "owner"), pk=id)
    return found


def _form(request: PersonRequest, reading: Reading, data: Any = None) -> ReadingChangeForm:
    initial = {"value": reading.text_of("value"), "local_date": reading.local_date}
    latest = max(local_date(request.user, timezone.now()), reading.local_date)
    return ReadingChangeForm(data, measure=reading.measure, today=latest, initial=initial)


def _page(request: PersonRequest, reading: Reading, form: ReadingChangeForm, status: int = 200) -> HttpResponse:
    stale = status == 409
    context = {"reading": reading, "measure": reading.measure, "form": form, "stale": stale}
    context |= {"before": _before(reading), "stands": _said(reading, [reading.text_of("value") or ""]) if stale else ""}
    return htmx.page(request, "journal/measures/reading.html", context, status=status)


def _before(reading: Reading) -> str:
    """What stood there before it was corrected, in words; nothing where counts are out of sight."""
    if reading.owner.counts_hidden or reading.damaged:
        return ""
    return _said(reading, reading.values_before)


def _said(reading: Reading, values: list[str]) -> str:
    numbers = [amounts.opened(value) for value in values]
    return ", ".join(amounts.said(reading.measure.kind, number) for number in numbers if number is not None)


# Taking back


@require_POST
def deletion(request: PersonRequest, id: UUID) -> HttpResponse:
    reading = _own(request, id)
    reading.remove(timezone.now())
    return _kept(request, reading.measure_id, _("Taken back."))


@require_POST
def restoration(request: PersonRequest, id: UUID) -> HttpResponse:
    reading = _own(request, id)
    reading.restore()
    return _kept(request, reading.measure_id, _("Put back."))
