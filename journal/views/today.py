from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from config import htmx
from journal.asking import Asked, typed
from journal.effort import treat_after_step
from journal.forms.entry import EntryForm
from journal.forms.fields import FormId
from journal.introductions import line_beneath
from journal.models import Step
from journal.today import Today

TEMPLATE = "journal/today/index.html"
SAID = {"effort": _("Kept."), "kept": _("Kept."), "rest": _("It will keep."), "open": _("Open again.")}


@require_safe
def page(request: PersonRequest) -> HttpResponse:
    today = Today(request.user, timezone.now())
    context = arranged(today, kind=request.GET.get("kind", "win")) | _taken(request, today)
    context["line"] = line_beneath(today)
    return htmx.page(request, TEMPLATE, context)


def _taken(request: PersonRequest, today: Today) -> dict[str, Any]:
    """What came of the small step a moment ago, where no script swapped it in."""
    came = request.GET.get("step", "")
    said = SAID.get(came, "")
    treat = treat_after_step(today.user, today.date) if came == "effort" else None
    id = FormId().clean(request.GET.get("of")) if came in ("effort", "rest") else None
    answered = Step.objects.of(today.user).filter(pk=id).first() if id else None
    return {"step_said": said, "step_treat": treat, "step_answered": answered}


def asked(request: PersonRequest, asked: Asked) -> HttpResponse:
    """The page with a question beside what was typed; nothing is kept yet."""
    today = Today(request.user, timezone.now())
    form = EntryForm(owner=request.user, today=today.date, initial=typed(request.POST))
    return htmx.page(request, TEMPLATE, arranged(today, form) | {"asked": asked, "just_asked": True})


def shared(request: PersonRequest, words: str) -> HttpResponse:
    """The page with words from another program in the composer; nothing is kept yet."""
    today = Today(request.user, timezone.now())
    written = {"id": uuid4(), "kind": "note", "body": words}
    form = EntryForm(owner=request.user, today=today.date, initial=written)
    return htmx.page(request, TEMPLATE, arranged(today, form))


def arranged(today: Today, form: EntryForm | None = None, kind: str = "win") -> dict[str, Any]:
    """What the page is made of. A form that did not hold stands where it was filled in, the other one is clean."""
    clean = EntryForm(owner=today.user, today=today.date, initial={"id": uuid4(), "kind": kind})
    of_pride = form is not None and form.is_proud
    return {
        "today": today,
        "fresh_since": today.fresh_since,
        "form": clean if form is None or of_pride else form,
        "proud_form": form if of_pride else clean,
    }
