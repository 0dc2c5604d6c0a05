from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import throttle
from accounts.requests import PersonRequest
from config import htmx
from config.typed import fields_of, says_something
from journal.models import Draft
from journal.models.draft import Full, Mark

# A form is sent two seconds after the last key; this is many forms at once.
MOST_A_MINUTE = 120


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: PersonRequest) -> HttpResponse:
    """What was written and not kept; POST keeps a form as it stands, and is answered by its new mark."""
    if request.method == "POST":
        return _keep(request)
    Draft.look_no_more(request.user)
    drafts = Draft.objects.of(request.user).newest_first()
    context = {"drafts": drafts, "away": Draft.objects.removed(request.user)}
    return htmx.page(request, "journal/drafts/index.html", context)


def _keep(request: PersonRequest) -> HttpResponse:
    mark = Mark.read(request.POST.get("draft", ""))
    if mark is None:
        return render(request, "errors/400.html", status=422)
    if throttle.over("draft", request.user.pk, MOST_A_MINUTE, 60):
        return HttpResponse(status=429)
    fields = [(name, value) for name, value in fields_of(request.POST) if name != "draft"]
    now = timezone.now()
    if not says_something(fields):
        for emptied in Draft.objects.of(request.user).filter(pk=mark.id, version=mark.version):
            emptied.remove(now)
        return HttpResponse(status=204)
    try:
        kept = Draft.keep(request.user, mark, fields, now)
    except Full:
        return HttpResponse(status=413)
    return HttpResponse(str(kept.mark), content_type="text/plain; charset=utf-8")


@require_safe
def draft(request: PersonRequest, id: UUID) -> HttpResponse:
    """One of them by itself: to be read, kept, or put away, wherever its form has gone."""
    kept = get_object_or_404(Draft.kept_by(request.user).select_related("removal"), pk=id)
    return htmx.page(request, "journal/drafts/draft.html", {"draft": kept})


@require_POST
def deletion(request: PersonRequest, id: UUID) -> HttpResponse:
    get_object_or_404(Draft.kept_by(request.user), pk=id).remove(timezone.now())
    return htmx.see_other(reverse("journal:drafts.draft", args=[id]))


@require_POST
def restoration(request: PersonRequest, id: UUID) -> HttpResponse:
    """It stands in its form again."""
    kept = get_object_or_404(Draft.kept_by(request.user), pk=id)
    kept.restore()
    messages.success(request, _("It stands here again."))
    return htmx.see_other(reverse("journal:drafts.draft", args=[id]))
