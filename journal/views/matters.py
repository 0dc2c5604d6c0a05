from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import PersonRequest
from config import htmx
from journal import taken_back
from journal.forms.matter import FULL, MatterChangeForm, MatterForm, OfMilestoneForm
from journal.models import Matter, Milestone, Step
from journal.models.entry import Stale
from journal.models.matter import MOST, Full
from journal.views import milestones
from journal.views.said import say_what_went

SHOWN = 60


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: PersonRequest) -> HttpResponse:
    if request.method != "POST":
        return _list(request, MatterForm(owner=request.user, initial={"id": uuid4()}))
    form = MatterForm(request.POST, owner=request.user)
    if not form.is_valid() or not form.keep():
        return _list(request, form, status=422)
    say_what_went(request, form)
    return htmx.see_other(reverse("journal:matters"))


def _list(request: PersonRequest, form: MatterForm, status: int = 200) -> HttpResponse:
    matters = list(Matter.objects.of(request.user))
    taken = taken_back.just(request.user, Matter, timezone.now())
    context = {"form": form, "matters": matters, "is_full": len(matters) >= MOST, "taken": taken}
    return htmx.page(request, "journal/matters/index.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def matter(request: PersonRequest, id: UUID) -> HttpResponse:
    matter = _own(request, id)
    if request.method != "POST" and matter.is_removed:
        return redirect("journal:entries.removed")
    if request.method != "POST":
        return _page(request, matter, MatterChangeForm(line=matter))
    form = MatterChangeForm(request.POST, line=matter)
    if not form.is_valid():
        return _page(request, matter, form, status=422)
    try:
        form.change()
    except Full:
        form.add_error("text", FULL)
        return _page(request, matter, form, status=422)
    except Stale:
        return _page(request, _own(request, id), form, status=409)
    say_what_went(request, form)
    return htmx.see_other(reverse("journal:matters"))


def _own(request: PersonRequest, id: UUID) -> Matter:
    found: Matter = get_object_or_404(Matter.kept_by(request.user).select_related("owner", "removal"), pk=id)
    return found


def _page(request: PersonRequest, matter: Matter, form: MatterChangeForm, status: int = 200) -> HttpResponse:
    steps = Step.objects.of(request.user).filter(matter=matter).select_related("completion")
    context = {
        "matter": matter,
        "form": form,
        "stale": status == 409,
        "milestones": matter.milestones.order_by("-created_at", "pk")[:SHOWN],
        "steps": steps.order_by("-created_at", "pk")[:SHOWN],
    }
    return htmx.page(request, "journal/matters/matter.html", context, status=status)


@require_POST
def of_milestone(request: PersonRequest, id: UUID) -> HttpResponse:
    """Which word a milestone is for; one that is nobody's, or somebody else's, is none."""
    milestone: Milestone = get_object_or_404(Milestone.objects.of(request.user), pk=id)
    form = OfMilestoneForm(request.POST, owner=request.user)
    if not form.is_valid():
        return milestones.page(request, milestones.walked(request, id), status=422)
    milestone.matter = form.cleaned_data["matter"]
    milestone.save(update_fields=["matter", "updated_at"])
    return htmx.see_other(milestones.address(id))


@require_POST
def deletion(request: PersonRequest, id: UUID) -> HttpResponse:
    """What was for this word stays, without it."""
    _own(request, id).remove(timezone.now())
    return htmx.see_other(reverse("journal:matters"))


@require_POST
def restoration(request: PersonRequest, id: UUID) -> HttpResponse:
    try:
        _own(request, id).restore()
    except Full:
        messages.info(request, FULL)
    return htmx.see_other(reverse("journal:matters"))
