import logging
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import closings
from accounts.access import What, note
from accounts.days import local_date
from accounts.export import stream
from accounts.fresh import ask_again, is_fresh
from accounts.requests import PersonRequest
from accounts.throttle import too_often
from config import htmx
from config.errors import too_many
from journal.export.locked import locked
from journal.export.preview import Preview
from journal.export.typesetting import NotMade
from journal.forms.export import NO_FORMAT, NOT_MADE, TOO_MUCH, ExportForm

log = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest) -> HttpResponseBase:
    """What there is to take, and what will be in it. Looking first leads to an address that says what was chosen."""
    if request.method != "POST":
        return _shown(request, ExportForm(request.GET, owner=request.user))
    form = ExportForm(request.POST, owner=request.user)
    if not form.names_a_format:
        form.add_error(None, NO_FORMAT)
    if form.errors:
        return _shown(request, form)
    if "look" in request.POST:
        return htmx.see_other(form.address(look="1") + "#preview")
    if form.format.most and Preview.of(request.user, form.choice, form.format).is_too_much:
        form.add_error(None, TOO_MUCH)
        return _shown(request, form)
    if not is_fresh(request):
        return ask_again(form.address(**({"locked": "1"} if form.passphrase_given else {})))
    if too_often("export", request.user.pk) and not closings.stands():
        return too_many(request)
    try:
        return _send(request, form)
    except NotMade:
        form.add_error(None, NOT_MADE)
        return _shown(request, form)


def _shown(request: PersonRequest, form: ExportForm) -> HttpResponse:
    choice = form.choice
    preview = None if form.errors else Preview.of(request.user, choice, form.format)
    context: dict[str, Any] = {"form": form, "preview": preview, "locked": "locked" in request.GET}
    # Whoever comes back from giving the password presses once more.
    came_back = request.method == "GET" and form.names_a_format and "look" not in request.GET
    context["again"] = came_back and is_fresh(request)
    status = 422 if form.errors else 200
    return htmx.page(request, "journal/export/index.html", context, part="preview", status=status)


def _send(request: PersonRequest, form: ExportForm) -> StreamingHttpResponse:
    """Where a copy begins to go out: nothing does by another way."""
    now, format = timezone.now(), form.format
    log.info("export of %s as %s", request.user.pk, format.ending)
    # A ZIP is as small as it gets, and packing the others again would take longer than sending them.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    name, media = format.file_name(local_date(request.user, now)), format.media
    chunks = format.chunks(request.user, now, form.choice)
    if form.passphrase_given:
        chunks = locked(chunks, name, form.passphrase_given, now)
        name, media = f"{name.rpartition('.')[0]}-locked.zip", "application/zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store, private"}
    going = stream(request.user, chunks)
    note(request.user, What.EXPORT, request, form.chosen.replace("_", " "))
    return StreamingHttpResponse(going, content_type=media, headers=headers)
