from uuid import uuid4

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from config import htmx
from journal.forms.encouragement import EncouragementForm
from journal.models import Entry
from journal.views.said import say_kept

PAGE = "journal/encouragements/index.html"
SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: PersonRequest) -> HttpResponse:
    """Kind words from others: a blank page first, then the latest that were kept."""
    kept = Entry.objects.of(request.user).filter(kind=Entry.Kind.ENCOURAGEMENT)
    entries = kept.with_records().newest_first()[: SHOWN + 1]
    if request.method != "POST":
        return htmx.page(request, PAGE, {"form": EncouragementForm(initial={"id": uuid4()}), "entries": entries})
    form = EncouragementForm(request.POST)
    if not form.is_valid():
        return htmx.page(request, PAGE, {"form": form, "entries": entries}, status=422)
    form.keep(request.user, timezone.now())
    say_kept(request, form)
    return htmx.see_other(reverse("journal:encouragements"))
