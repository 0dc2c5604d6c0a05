from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.days import local_date
from accounts.requests import PersonRequest
from config import htmx
from journal.forms.step import DetourForm, OutcomeForm, PartForm, StepChangeForm, StepForm
from journal.models import Detour, Step
from journal.models.entry import Stale
from journal.path import Path, said
from journal.views import milestones
from journal.views.said import say_what_went


@require_POST
def index(request: PersonRequest, id: UUID) -> HttpResponse:
    milestone = milestones.walked(request, id)
    form = StepForm(request.POST)
    if not form.is_valid():
        return _not_kept(request, milestone, form)
    step = form.keep(milestone)
    if not htmx.wants_part(request):
        say_what_went(request, form)
        return htmx.see_other(address(step))
    context = milestones.shown(request, milestones.walked(request, id)) | {"kept": step, "stripped": form.stripped}
    return htmx.page(request, "journal/milestones/steps.html", context)


def _not_kept(request: PersonRequest, milestone: Any, form: StepForm) -> HttpResponse:
    context = milestones.shown(request, milestone) | {"step_form": form}
    name = "steps" if htmx.wants_part(request) else "milestone"
    return htmx.page(request, f"journal/milestones/{name}.html", context, status=422)


def address(step: Step) -> str:
    """Where this step is seen: at its stone, or on Today."""
    if step.milestone_id is None:
        return reverse("journal:today")
    return f"{milestones.address(step.milestone_id)}#step-{step.pk}"


@require_POST
def step(request: PersonRequest, id: UUID) -> HttpResponse:
    step = _own(request, id)
    form = StepChangeForm(request.POST)
    if not form.is_valid():
        return _page(request, step, status=422, form=form)
    try:
        form.change(step)
    except Stale:
        return _page(request, _own(request, id), status=409, form=form)
    say_what_went(request, form)
    return htmx.see_other(address(step))


def _own(request: PersonRequest, id: UUID) -> Step:
    steps = Step.objects.of(request.user).select_related("completion", "detour", "owner")
    found: Step = get_object_or_404(steps, pk=id)
    return found


def _page(request: PersonRequest, step: Step, status: int, **forms: Any) -> HttpResponse:
    """One step by itself, with what was typed for it."""
    context = {"step": step, "back": address(step), "stale": status == 409} | forms
    return htmx.page(request, "journal/milestones/step.html", context, status=status)


@require_POST
def parts(request: PersonRequest, id: UUID) -> HttpResponse:
    step = _own(request, id)
    form = PartForm(request.POST)
    if not form.is_valid():
        return _page(request, step, status=422, part=form)
    part = form.split(step)
    if _on_today(request):
        return _taken(request, _("Kept."))
    say_what_went(request, form)
    return htmx.see_other(address(part))


@require_POST
def detour(request: PersonRequest, id: UUID) -> HttpResponse:
    """Another way instead of this step; `taken` = 0 leads back to it."""
    step = _own(request, id)
    if request.POST.get("taken") == "0":
        Detour.leave(step)
        return htmx.see_other(address(step))
    form = DetourForm(request.POST)
    if not form.is_valid():
        return _page(request, step, status=422, detour=form)
    way = form.take(step)
    if _on_today(request):
        return _taken(request, _("Kept."))
    say_what_went(request, form)
    return htmx.see_other(address(way))


def _on_today(request: PersonRequest) -> bool:
    return request.POST.get("back") == "today"


def _taken(request: PersonRequest, said: str) -> HttpResponse:
    """Today, or only its one small step."""
    if not htmx.wants_part(request):
        return htmx.see_other(reverse("journal:today"))
    context = {"today": local_date(request.user, timezone.now()), "said": said}
    return htmx.page(request, "journal/milestones/taken.html", context)


@require_POST
def completion(request: PersonRequest, id: UUID) -> HttpResponse:
    step = _own(request, id)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, step, status=422)
    before = milestones.walked(request, step.milestone_id) if step.milestone_id else None
    form.apply(step, timezone.now())
    outcome = form.cleaned_data["outcome"]
    if before is None or _on_today(request):
        return _taken(request, _("It will keep.") if outcome == "rest" else _("Kept."))
    if not htmx.wants_part(request):
        return htmx.see_other(address(step))
    return _pressed(request, step, Path.of(before), outcome)


def _pressed(request: PersonRequest, step: Step, before: Path, outcome: str) -> HttpResponse:
    """The stone, and each other one that looks different now."""
    context = milestones.shown(request, milestones.walked(request, before.milestone.pk))
    path = context["path"]
    looked = {stone.step.pk: stone.place for stone in before.stones}
    others = [one for one in path.stones if one.step.pk != step.pk and looked.get(one.step.pk) != one.place]
    context |= {"stone": path.stone(step), "others": others, "said": said(path, step, outcome)}
    return htmx.page(request, "journal/milestones/steps.html", context, part="pressed")
