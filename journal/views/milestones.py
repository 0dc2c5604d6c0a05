from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.days import local_date
from accounts.requests import PersonRequest
from config import htmx
from journal import taken_back
from journal.forms.milestone import CelebrationForm, MilestoneChangeForm, MilestoneForm
from journal.forms.sheet import LongerLookForm, StandardForm
from journal.models import Aside, Entry, Milestone
from journal.models.entry import Stale
from journal.path import Path
from journal.views.said import say_what_went
from journal.walked import before_a_second

ALONG = 12


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: PersonRequest) -> HttpResponse:
    if request.method == "POST":
        return _keep(request)
    milestones = Milestone.objects.of(request.user)
    walking = [(milestone, Path.of(milestone)) for milestone in milestones.walking().with_path()]
    now = timezone.now()
    others = {"resting": list(milestones.resting()), "asides": list(milestones.set_down())}
    others["taken"] = taken_back.just(request.user, Milestone, now)
    if not walking and not any(others.values()):
        return _new(request, MilestoneForm(owner=request.user))
    context = {"walking": walking, "today": local_date(request.user, now)} | others
    return htmx.page(request, "journal/milestones/index.html", context)


def _keep(request: PersonRequest) -> HttpResponse:
    form = MilestoneForm(request.POST, owner=request.user)
    if not form.is_valid():
        return _new(request, form, status=422)
    kept = form.keep(request.user, timezone.now())
    say_what_went(request, form)
    return htmx.see_other(address(kept.pk))


def address(id: UUID) -> str:
    return reverse("journal:milestones.milestone", args=[id])


@require_safe
def new(request: PersonRequest) -> HttpResponse:
    return _new(request, MilestoneForm(owner=request.user))


def _new(request: PersonRequest, form: MilestoneForm, status: int = 200) -> HttpResponse:
    today = local_date(request.user, timezone.now())
    context = {"form": form, "new_id": uuid4(), "walked": before_a_second(request.user), "today": today}
    return htmx.page(request, "journal/milestones/new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def milestone(request: PersonRequest, id: UUID) -> HttpResponse:
    milestone = walked(request, id, all_of=True)
    if request.method != "POST":
        return redirect("journal:entries.removed") if milestone.is_removed else page(request, milestone)
    form = MilestoneChangeForm(request.POST, milestone=milestone)
    if not form.is_valid():
        return page(request, milestone, status=422, form=form)
    try:
        form.change(timezone.now())
    except Stale:
        return page(request, walked(request, id), status=409, form=form, stale=True)
    say_what_went(request, form)
    return htmx.see_other(address(id))


def walked(request: PersonRequest, id: UUID, *, all_of: bool = False) -> Milestone:
    """The person's own milestone with its path, or 404; `all_of`: one that was taken back, too."""
    milestones = Milestone.kept_by(request.user) if all_of else Milestone.objects.of(request.user)
    around = milestones.with_reached().with_path().with_sheets().select_related("matter__removal", "removal")
    found: Milestone = get_object_or_404(around, pk=id)
    return found


def page(request: PersonRequest, milestone: Milestone, status: int = 200, **more: Any) -> HttpResponse:
    context = shown(request, milestone) | more
    return htmx.page(request, "journal/milestones/milestone.html", context, status=status)


def shown(request: PersonRequest, milestone: Milestone) -> dict[str, Any]:
    """What the page of a milestone shows; what a part of it leaves out is not asked for."""
    along = Entry.objects.of(request.user).filter(milestone=milestone).exclude(kind=Entry.Kind.MILESTONE)
    return {
        "milestone": milestone,
        "path": Path.of(milestone),
        "along": along.select_related("lesson").newest_first()[:ALONG],
        "today": local_date(request.user, timezone.now()),
        "new_id": uuid4(),
        "win_id": uuid4(),
        "step_id": uuid4(),
        "standard_form": StandardForm(sheet=getattr(milestone, "standard", None)),
        "look_form": LongerLookForm(sheet=getattr(milestone, "longer_look", None)),
    }


@require_POST
def aside(request: PersonRequest, id: UUID) -> HttpResponse:
    """Set down for a while; `aside` = 0 takes it up again."""
    milestone = walked(request, id)
    if request.POST.get("aside") == "0":
        Aside.take_up(milestone)
        return htmx.see_other(address(id))
    if milestone.reached_on is None:
        Aside.set_down(milestone, timezone.now())
    return htmx.see_other(reverse("journal:milestones"))


# Taking back


@require_POST
def deletion(request: PersonRequest, id: UUID) -> HttpResponse:
    _kept(request, id).remove(timezone.now())
    return htmx.see_other(reverse("journal:milestones"))


@require_POST
def restoration(request: PersonRequest, id: UUID) -> HttpResponse:
    _kept(request, id).restore()
    return htmx.see_other(address(id))


def _kept(request: PersonRequest, id: UUID) -> Milestone:
    found: Milestone = get_object_or_404(Milestone.kept_by(request.user), pk=id)
    return found


# Reaching


@require_safe
def card(request: PersonRequest, id: UUID) -> HttpResponse:
    """One card, for paper."""
    milestone = walked(request, id)
    context = shown(request, milestone) | {"said": milestone.reaching() if milestone.reached_on else None}
    return htmx.page(request, "journal/milestones/card.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def celebration(request: PersonRequest, id: UUID) -> HttpResponse:
    """The quiet page. `reached` = 0 takes it back."""
    milestone = walked(request, id)
    if request.method == "POST":
        return _celebrate(request, milestone)
    said = milestone.reaching()
    if said is None:
        return redirect(address(id))
    return _cheer(request, milestone, said)


def _celebrate(request: PersonRequest, milestone: Milestone) -> HttpResponse:
    form = CelebrationForm(request.POST)
    if request.POST.get("reached") == "0":
        form.take_back(milestone, timezone.now())
        return htmx.see_other(address(milestone.pk))
    if not form.is_valid():
        return _cheer(request, milestone, milestone.reaching(), form, status=422)
    try:
        form.keep(milestone, timezone.now())
    except Stale:
        return _cheer(request, milestone, milestone.reaching(), form, status=409)
    say_what_went(request, form)
    return htmx.see_other(_after(request, milestone))


def _after(request: PersonRequest, milestone: Milestone) -> str:
    """A line was asked for: then it rests. Else there is the page that asks for one."""
    if "note" in request.POST:
        return reverse("journal:milestones")
    return reverse("journal:milestones.celebration", args=[milestone.pk])


def _cheer(
    request: PersonRequest,
    milestone: Milestone,
    said: Entry | None,
    form: CelebrationForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"milestone": milestone, "said": said, "form": form or CelebrationForm(), "stale": status == 409}
    return htmx.page(request, "journal/milestones/celebration.html", context, status=status)
