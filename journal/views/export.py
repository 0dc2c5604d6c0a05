import logging

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import What, note
from accounts.days import local_date
from accounts.export import stream
from accounts.fresh import ask_again, is_fresh
from accounts.requests import PersonRequest
from config import htmx
from journal.export import FORMATS, Format

log = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest) -> HttpResponseBase:
    chosen = request.POST.get("format", "") if request.method == "POST" else request.GET.get("format", "")
    form = FORMATS.get(chosen)
    if request.method != "POST":
        return htmx.page(request, "journal/export/index.html", {"chosen": chosen, "again": form and is_fresh(request)})
    if form is None:
        return htmx.page(request, "journal/export/index.html", {"unknown": True}, status=422)
    if not is_fresh(request):
        return ask_again(f"{reverse('journal:export')}?format={chosen}")
    return _send(request, form)


def _send(request: PersonRequest, form: Format) -> StreamingHttpResponse:
    now = timezone.now()
    note(request.user, What.EXPORT, request, form.ending)
    log.info("export of %s as %s", request.user.pk, form.ending)
    # A ZIP is as small as it gets, and packing the others again would take longer than sending them.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    name = form.file_name(local_date(request.user, now))
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store, private"}
    return StreamingHttpResponse(
        stream(request.user, form.chunks(request.user, now)), content_type=form.media, headers=headers
    )
