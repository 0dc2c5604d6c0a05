import logging
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.export import looks_new
from accounts.requests import PersonRequest
from accounts.throttle import over
from config import htmx
from journal.forms.importing import ApprovalForm, ImportForm
from journal.importing import work
from journal.importing.report import report_of
from journal.importing.shown import Shown
from journal.models import Import
from journal.models.incoming import State

PAGE = "journal/imports/import.html"
MOST, HOUR = 5, timedelta(hours=1)

log = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: PersonRequest) -> HttpResponse:
    if request.method != "POST":
        return _index(request, ImportForm(initial={"source": request.GET.get("source", "")}))
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _index(request, form, status=422)
    if over("import", request.user.pk, MOST, int(HOUR.total_seconds())):
        return _index(request, form, status=429, many=True)
    given, now = form.cleaned_data, timezone.now()
    words = {"source": given["source"], "name": given["file"].name, "pieces": given["file"].chunks()}
    made = Import.take_in(request.user, now, id=given["id"], **words)
    log.info("import %s of %s came in: %d bytes", made.pk, request.user.pk, made.size)
    work.at_once(made, now)
    return htmx.see_other(address(made.pk))


def _index(request: PersonRequest, form: ImportForm, status: int = 200, **more: Any) -> HttpResponse:
    before = [Shown(one) for one in Import.objects.of(request.user).shown()]
    return htmx.page(
        request, "journal/imports/index.html", {"form": form, "before": before, "new_id": uuid4()} | more, status=status
    )


def address(id: UUID) -> str:
    return reverse("journal:imports.import", args=[id])


def own(request: PersonRequest, id: UUID) -> Import:
    found: Import = get_object_or_404(Import.objects.of(request.user).shown().select_related("owner"), pk=id)
    return found


@require_safe
def page(request: PersonRequest, id: UUID) -> HttpResponse:
    incoming = own(request, id)
    context = {"incoming": Shown(incoming), "may_be_undone": incoming.may_be_undone(timezone.now())}
    if incoming.state == State.READY:
        context["form"] = ApprovalForm(owner=request.user, incoming=incoming)
        context["settings_too"] = looks_new(request.user)
    return htmx.page(request, PAGE, context, part="progress")


@require_POST
def approval(request: PersonRequest, id: UUID) -> HttpResponse:
    incoming = own(request, id)
    form = ApprovalForm(request.POST, owner=request.user, incoming=incoming)
    if not form.is_valid():
        context = {"incoming": Shown(incoming), "form": form}
        return htmx.page(request, PAGE, context, status=422)
    now = timezone.now()
    if incoming.approve(now, form.choices):
        access.note(request.user, access.What.IMPORT, request, incoming.source.replace("_", " "))
    work.at_once(incoming, now)
    return htmx.see_other(address(id))


@require_POST
def reversal(request: PersonRequest, id: UUID) -> HttpResponse:
    """Everything that the file brought goes out again."""
    incoming, now = own(request, id), timezone.now()
    if incoming.undo(now):
        access.note(request.user, access.What.REVERSAL, request, incoming.source.replace("_", " "))
    work.at_once(incoming, now)
    return htmx.see_other(address(id))


@require_POST
def deletion(request: PersonRequest, id: UUID) -> HttpResponse:
    """A file that was not kept is destroyed."""
    incoming = own(request, id)
    if incoming.state in (State.READING, State.READY, State.FAILED, State.UNDONE):
        incoming.delete()
        messages.success(request, _("The file is gone."))
    return htmx.see_other(reverse("journal:imports"))


@require_safe
def report(request: PersonRequest, id: UUID) -> HttpResponse:
    """What became of each thing in the file, a page at a time (`?after=`: the place that the last one had)."""
    incoming = own(request, id)
    after = request.GET.get("after", "")
    told = report_of(incoming, int(after) if after.isdecimal() and len(after) < 10 else -1)
    context = {"incoming": Shown(incoming), "report": told}
    return htmx.page(request, "journal/imports/report.html", context)
