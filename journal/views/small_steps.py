"""Steps by themselves: written, chosen, begun."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.days import local_date
from accounts.requests import PersonRequest
from config import htmx
from journal import taken_back
from journal.forms.beginning import EndForm
from journal.forms.own_step import OwnStepForm
from journal.models import Beginning, Step
from journal.step_list import Stand, StepList
from journal.timeline import Place
from journal.views.said import say_what_went
from journal.views.steps import own


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: PersonRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, OwnStepForm(owner=request.user, initial={"id": uuid4()}))
    form = OwnStepForm(request.POST, owner=request.user)
    if not form.is_valid():
        return _page(request, form, status=422)
    form.keep(timezone.now())
    say_what_went(request, form)
    return htmx.see_other(reverse("journal:today"))


def _page(request: PersonRequest, form: OwnStepForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    context = {
        "form": form,
        "taken": taken_back.just(request.user, Step, now),
        "list": StepList(request.user, _place(request, "waiting", Stand.named), _place(request, "told", Place.named)),
        "today": local_date(request.user, now),
    }
    part = next((name for name in ("waiting", "told") if name in request.GET), "")
    return htmx.page(request, "journal/steps/index.html", context, part=part, status=status)


def _place(request: PersonRequest, name: str, read: Callable[[str], Any]) -> Any:
    """Where a list goes on. Raises Http404 for an address that no page of ours leads to."""
    try:
        return read(request.GET[name]) if name in request.GET else None
    except ValueError:
        raise Http404 from None


@require_POST
def choice(request: PersonRequest, id: UUID) -> HttpResponse:
    """This one first."""
    own(request, id).choose(timezone.now())
    return htmx.see_other(reverse("journal:today"))


# Taking back


@require_POST
def deletion(request: PersonRequest, id: UUID) -> HttpResponse:
    """What was kept of it stays in the journal."""
    _kept(request, id).remove(timezone.now())
    return htmx.see_other(reverse("journal:steps"))


@require_POST
def restoration(request: PersonRequest, id: UUID) -> HttpResponse:
    _kept(request, id).restore()
    return htmx.see_other(reverse("journal:steps.step", args=[id]))


def _kept(request: PersonRequest, id: UUID) -> Step:
    found: Step = get_object_or_404(Step.kept_by(request.user), pk=id)
    return found


# Five minutes


@require_http_methods(["GET", "HEAD", "POST"])
def beginning(request: PersonRequest, id: UUID) -> HttpResponse:
    step, now = own(request, id), timezone.now()
    if request.method == "POST":
        Beginning.begin(step, now)
        return htmx.see_other(reverse("journal:steps.beginning", args=[id]))
    begun = Beginning.objects.of(request.user).filter(step=step).open().last()
    if begun is None:
        return redirect("journal:steps.step", id)
    return _minutes(request, step, begun, EndForm(initial={"id": uuid4()}))


def _minutes(request: PersonRequest, step: Step, begun: Beginning, form: EndForm) -> HttpResponse:
    now = timezone.now()
    context: dict[str, Any] = {"step": step, "begun": begun, "form": form, "is_over": begun.is_over(now)}
    return htmx.page(request, "journal/steps/beginning.html", context | {"today": local_date(request.user, now)})


@require_POST
def end(request: PersonRequest, id: UUID) -> HttpResponse:
    """It ends when they say so, and the deed is kept."""
    step = own(request, id)
    latest = Beginning.objects.of(request.user).filter(step=step).order_by("-created_at", "pk")
    begun: Beginning = get_object_or_404(latest[:1])
    form = EndForm(request.POST)
    form.is_valid()
    form.end(begun, timezone.now())
    say_what_went(request, form)
    return htmx.see_other(reverse("journal:steps.step", args=[id]))
