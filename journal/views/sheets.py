"""What is written beside a milestone: of the standard behind it, and where it is looked at longer."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from accounts.requests import PersonRequest
from config import htmx
from journal.forms.sheet import LongerLookForm, SheetForm, StandardForm
from journal.models import Milestone
from journal.models.entry import Stale
from journal.views import milestones, steps
from journal.views.said import say_what_went


@require_POST
def standard(request: PersonRequest, id: UUID) -> HttpResponse:
    milestone = milestones.walked(request, id)
    form = StandardForm(request.POST, sheet=getattr(milestone, "standard", None))
    return _write(request, milestone, form, "standard") or htmx.see_other(f"{milestones.address(id)}#standard")


@require_POST
def look(request: PersonRequest, id: UUID) -> HttpResponse:
    """`do` = step makes the way forward a step as well."""
    milestone = milestones.walked(request, id)
    form = LongerLookForm(request.POST, sheet=getattr(milestone, "longer_look", None))
    refused = _write(request, milestone, form, "look")
    if refused:
        return refused
    step = form.add_step(milestone) if request.POST.get("do") == "step" else None
    return htmx.see_other(steps.address(step) if step else f"{milestones.address(id)}#look")


def _write(request: PersonRequest, milestone: Milestone, form: SheetForm, name: str) -> HttpResponse | None:
    """The page with what was typed, where it was not kept."""
    shown = {f"{name}_form": form}
    if not form.is_valid():
        return milestones.page(request, milestone, status=422, **shown)
    try:
        form.write(request.user, milestone=milestone)
    except Stale:
        stands = milestones.walked(request, milestone.pk)
        return milestones.page(request, stands, status=409, stale=True, **shown)
    say_what_went(request, form)
    return None
