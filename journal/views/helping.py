from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.days import is_zone
from accounts.requests import PersonRequest
from config import htmx
from journal.forms.sitting import HelpingForm, SittingForm
from journal.models import Helping, Sitting
from journal.prompts.helping import BEFORE, NO_NAMES
from journal.views.said import say_what_went

SITTING = "journal/helping/sitting.html"


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest) -> HttpResponse:
    """I help others; POST chooses whose questions are asked."""
    if request.method == "POST":
        return _choose(request)
    context = {"is_helping": Helping.is_chosen(request.user), "before": BEFORE, "no_names": NO_NAMES, "id": uuid4()}
    return htmx.page(request, "journal/helping/page.html", context)


def _choose(request: PersonRequest) -> HttpResponse:
    form = HelpingForm(request.POST)
    if not form.is_valid():
        return render(request, "errors/400.html", status=422)
    Helping.choose(request.user, form.cleaned_data["helping"] == "1")
    return htmx.see_other(reverse("journal:helping"))


@require_POST
def sittings(request: PersonRequest) -> HttpResponse:
    """The five minutes begin."""
    return htmx.see_other(_address(Sitting.begin(request.user, timezone.now())))


def _address(sitting: Sitting) -> str:
    return reverse("journal:sittings.sitting", args=[sitting.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def sitting(request: PersonRequest, id: UUID) -> HttpResponse:
    """POST puts it down, and closes it."""
    mine = Sitting.objects.of(request.user).select_related("owner", "entry")
    found: Sitting = get_object_or_404(mine, pk=id)
    if request.method != "POST":
        return _shown(request, found, SittingForm())
    form = SittingForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, form, status=422)
    found.put_down(timezone.now(), **form.cleaned_data)
    say_what_went(request, form)
    return htmx.see_other(_address(found))


def _shown(request: PersonRequest, found: Sitting, form: SittingForm, status: int = 200) -> HttpResponse:
    if found.entry and not form.is_bound:
        return htmx.page(request, "journal/helping/closed.html", {"entry": found.entry})
    context = {"sitting": found, "form": form, "over": found.is_over(timezone.now())}
    context["knows_the_time"] = is_zone(request.user.time_zone)
    return htmx.page(request, SITTING, context, status=status)
