from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import PersonRequest
from config import htmx
from journal.forms.matter import MatterChangeForm, MatterForm, OfMilestoneForm
from journal.models import Matter, Milestone
from journal.models.entry import Stale
from journal.models.matter import MOST
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
    context = {"form": form, "matters": matters, "is_full": len(matters) >= MOST}
    return htmx.page(request, "journal/matters/index.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def matter(request: PersonRequest, id: UUID) -> HttpResponse:
    matter = _own(request, id)
    if request.method != "POST":
        return _page(request, matter, MatterChangeForm(line=matter))
    form = MatterChangeForm(request.POST, line=matter)
    if not form.is_valid():
        return _page(request, matter, form, status=422)
    try:
        form.change()
    except Stale:
        return _page(request, _own(request, id), form, status=409)
    say_what_went(request, form)
    return htmx.see_other(reverse("journal:matters"))


def _own(request: PersonRequest, id: UUID) -> Matter:
    found: Matter = get_object_or_404(Matter.objects.of(request.user).select_related("owner"), pk=id)
    return found


def _page(request: PersonRequest, matter: Matter, form: MatterChangeForm, status: int = 200) -> HttpResponse:
    context = {
        "matter": matter,
        "form": form,
        "stale": status == 409,
        "milestones": matter.milestones.order_by("-created_at")[:SHOWN],
        "steps": matter.steps.select_related("completion").order_by("-created_at")[:SHOWN],
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
    """For good: the page has asked. What was for this word stays, without it."""
    _own(request, id).delete()
    return htmx.see_other(reverse("journal:matters"))
