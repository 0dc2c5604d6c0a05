from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from config import htmx
from journal.forms.entry import EntryForm
from journal.models import Entry


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _keep(request)
    entries = Entry.objects.of(request.user).with_records().newest_first()[:30]
    return htmx.page(request, "journal/entries/index.html", {"entries": entries})


def _keep(request: HttpRequest) -> HttpResponse:
    form = EntryForm(request.POST)
    if not form.is_valid():
        return htmx.page(request, "journal/today/index.html", {"form": form}, part="capture", status=422)
    form.keep(request.user, timezone.now())
    return htmx.see_other(reverse("journal:today"))
