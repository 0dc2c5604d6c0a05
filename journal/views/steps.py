from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.days import local_date
from accounts.requests import PersonRequest
from config import htmx
from journal.effort import treat_after_step
from journal.forms.own_step import WholeStepForm
from journal.forms.step import DetourForm, OutcomeForm, PartForm, StepForm
from journal.models import Detour, Step, Treat
from journal.models.entry import Stale
from journal.path import Path, said
from journal.today import FRESH
from journal.views import milestones
from journal.views.said import say_what_went

SHOWN = 20


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


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: PersonRequest, id: UUID) -> HttpResponse:
    step: Step = get_object_or_404(beside(Step.kept_by(request.user)), pk=id)
    if request.method != "POST":
        return redirect("journal:entries.removed") if step.is_removed else shown(request, step)
    form = WholeStepForm(request.POST, step=step)
    if not form.is_valid():
        return _page(request, step, status=422, form=form)
    try:
        form.change(step)
    except Stale:
        return _page(request, own(request, id), status=409, form=form)
    say_what_went(request, form)
    return htmx.see_other(_here(step) if form.is_whole else address(step))


def own(request: PersonRequest, id: UUID) -> Step:
    found: Step = get_object_or_404(beside(Step.objects.of(request.user)), pk=id)
    return found


def beside(steps: Any) -> Any:
    """With what a page shows around a step."""
    around = ("owner", "milestone", "matter__removal", "completion__entry__removal")
    return steps.select_related(*around, "smaller_of__removal", "detour__way__removal", "removal")


def _here(step: Step) -> str:
    return reverse("journal:steps.step", args=[step.pk])


def shown(request: PersonRequest, step: Step) -> HttpResponse:
    """The page of one step, with all that can be done with it."""
    now = timezone.now()
    begun = step.beginnings.filter(entry__removal__isnull=True)
    context = {
        "step": step,
        "form": WholeStepForm(step=step),
        "part_id": uuid4(),
        "today": local_date(request.user, now),
        "begun": list(begun.select_related("entry__removal").order_by("-created_at", "pk")[:SHOWN]),
        "smaller": Step.objects.of(request.user).filter(smaller_of=step)[:SHOWN],
        "treat": _treat(request, step, now),
        "comes_to_today": not step.is_done and Step.objects.of(request.user).on_the_way().filter(pk=step.pk).exists(),
    }
    return htmx.page(request, "journal/steps/step.html", context)


def _treat(request: PersonRequest, step: Step, now: datetime) -> Treat | None:
    """Only where something came of it, or was begun, a moment ago."""
    fresh = now - FRESH
    just = step.is_done and step.completion.updated_at > fresh or step.beginnings.filter(ended_at__gt=fresh).exists()
    return treat_after_step(request.user, local_date(request.user, now)) if just else None


def _page(request: PersonRequest, step: Step, status: int, **forms: Any) -> HttpResponse:
    """One step by itself, with what was typed for it."""
    context = {"step": step, "back": address(step), "stale": status == 409} | forms
    return htmx.page(request, "journal/milestones/step.html", context, status=status)


@require_POST
def parts(request: PersonRequest, id: UUID) -> HttpResponse:
    step = own(request, id)
    form = PartForm(request.POST)
    if not form.is_valid():
        return _not_smaller(request, step, form)
    part = form.split(step)
    if _back(request) == "today":
        return _taken(request, _("Kept."), "kept")
    say_what_went(request, form)
    return htmx.see_other(_here(part) if _back(request) == "step" else address(part))


def _not_smaller(request: PersonRequest, step: Step, form: PartForm) -> HttpResponse:
    if _back(request) != "today" or not htmx.wants_part(request):
        return _page(request, step, status=422, part=form)
    context = {"step": step, "part": form, "part_id": form.cleaned_data.get("id") or uuid4(), "said": ""}
    return htmx.page(request, "journal/steps/card.html", context, status=422)


@require_POST
def detour(request: PersonRequest, id: UUID) -> HttpResponse:
    """Another way instead of this step; `taken` = 0 leads back to it."""
    step = own(request, id)
    if request.POST.get("taken") == "0":
        Detour.leave(step)
        return htmx.see_other(address(step))
    form = DetourForm(request.POST)
    if not form.is_valid():
        return _page(request, step, status=422, detour=form)
    way = form.take(step)
    if _back(request) == "today":
        return _taken(request, _("Kept."), "kept")
    say_what_went(request, form)
    return htmx.see_other(address(way))


def _back(request: PersonRequest) -> str:
    return request.POST.get("back", "")


def _taken(
    request: PersonRequest,
    said: str,
    word: str,
    tried: Step | None = None,
    effort: bool = False,
    answered: Step | None = None,
) -> HttpResponse:
    """Today, or only its one small step. An experiment may be told of; an answer can be taken back."""
    if not htmx.wants_part(request):
        of = f"&of={answered.pk}" if answered else ""
        return htmx.see_other(f"{_here(tried)}#like" if tried else f"{reverse('journal:today')}?step={word}{of}")
    today = local_date(request.user, timezone.now())
    treat = treat_after_step(request.user, today) if effort else None
    context = {"today": today, "said": said, "tried": tried, "treat": treat, "answered": answered}
    return htmx.page(request, "journal/steps/taken.html", context)


@require_POST
def completion(request: PersonRequest, id: UUID) -> HttpResponse:
    step = own(request, id)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, step, status=422)
    before = milestones.walked(request, step.milestone_id) if step.milestone_id else None
    form.apply(step, timezone.now())
    outcome = form.cleaned_data["outcome"]
    if _back(request) == "step" and not htmx.wants_part(request):
        return htmx.see_other(_here(step))
    if before is None or _back(request) == "today":
        return _answered(request, step, form)
    if not htmx.wants_part(request):
        return htmx.see_other(address(step))
    return _pressed(request, step, Path.of(before), outcome)


def _answered(request: PersonRequest, step: Step, form: OutcomeForm) -> HttpResponse:
    if form.cleaned_data["outcome"] == "open":
        return _taken(request, _("Open again."), "open")
    if not form.is_effort:
        return _taken(request, _("It will keep."), "rest", answered=step)
    asks = step.experiment and not form.cleaned_data["note"]
    return _taken(request, _("Kept."), "effort", tried=step if asks else None, effort=True, answered=step)


def _pressed(request: PersonRequest, step: Step, before: Path, outcome: str) -> HttpResponse:
    """The stone, and each other one that looks different now."""
    context = milestones.shown(request, milestones.walked(request, before.milestone.pk))
    path = context["path"]
    looked = {stone.step.pk: stone.place for stone in before.stones}
    others = [one for one in path.stones if one.step.pk != step.pk and looked.get(one.step.pk) != one.place]
    context |= {"stone": path.stone(step), "others": others, "said": said(path, step, outcome)}
    return htmx.page(request, "journal/milestones/steps.html", context, part="pressed")
