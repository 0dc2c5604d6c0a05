from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from config import htmx
from journal.forms.step import OutcomeForm, PartForm, StepChangeForm, StepForm
from journal.models import Step
from journal.models.entry import Stale
from journal.path import Path, said
from journal.views import milestones


@require_POST
def index(request: HttpRequest, id: UUID) -> HttpResponse:
    milestone = milestones.walked(request, id)
    form = StepForm(request.POST)
    if not form.is_valid():
        return _not_kept(request, milestone, form)
    step = form.keep(milestone)
    if not htmx.wants_part(request):
        milestones.say_what_went(request, form)
        return htmx.see_other(address(step))
    context = milestones.shown(request, milestones.walked(request, id)) | {"kept": step, "stripped": form.stripped}
    return htmx.page(request, "journal/milestones/steps.html", context)


def _not_kept(request: HttpRequest, milestone: Any, form: StepForm) -> HttpResponse:
    context = milestones.shown(request, milestone) | {"step_form": form}
    name = "steps" if htmx.wants_part(request) else "milestone"
    return htmx.page(request, f"journal/milestones/{name}.html", context, status=422)


def address(step: Step) -> str:
    """Where this step is seen: at its stone, or on Today."""
    if step.milestone_id is None:
        return reverse("journal:today")
    return f"{milestones.address(step.milestone_id)}#step-{step.pk}"


@require_POST
def step(request: HttpRequest, id: UUID) -> HttpResponse:
    step = _own(request, id)
    form = StepChangeForm(request.POST)
    if not form.is_valid():
        return _page(request, step, status=422, form=form)
    try:
        form.change(step)
    except Stale:
        return _page(request, _own(request, id), status=409, form=form)
    milestones.say_what_went(request, form)
    return htmx.see_other(address(step))


def _own(request: HttpRequest, id: UUID) -> Step:
    found: Step = get_object_or_404(Step.objects.of(request.user).select_related("completion", "owner"), pk=id)
    return found


def _page(request: HttpRequest, step: Step, status: int, **forms: Any) -> HttpResponse:
    """One step by itself, with what was typed for it."""
    context = {"step": step, "back": address(step), "stale": status == 409} | forms
    return htmx.page(request, "journal/milestones/step.html", context, status=status)


@require_POST
def parts(request: HttpRequest, id: UUID) -> HttpResponse:
    step = _own(request, id)
    form = PartForm(request.POST)
    if not form.is_valid():
        return _page(request, step, status=422, part=form)
    milestones.say_what_went(request, form)
    return htmx.see_other(address(form.split(step)))


@require_POST
def completion(request: HttpRequest, id: UUID) -> HttpResponse:
    step = _own(request, id)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, step, status=422)
    now = timezone.now()
    if step.milestone_id is None or not htmx.wants_part(request):
        form.apply(step, now)
        return htmx.see_other(address(step))
    before = Path.of(milestones.walked(request, step.milestone_id))
    form.apply(step, now)
    return _pressed(request, step, before, form.cleaned_data["outcome"])


def _pressed(request: HttpRequest, step: Step, before: Path, outcome: str) -> HttpResponse:
    """The stone, and each other one that looks different now."""
    milestone = milestones.walked(request, step.milestone_id)  # type: ignore[arg-type]
    path = Path.of(milestone)
    looked = {stone.step.pk: stone.place for stone in before.stones}
    others = [one for one in path.stones if one.step.pk != step.pk and looked.get(one.step.pk) != one.place]
    context = milestones.shown(request, milestone)
    context |= {"path": path, "stone": path.stone(step), "others": others, "said": said(path, step, outcome)}
    return htmx.page(request, "journal/milestones/steps.html", context, part="pressed")
