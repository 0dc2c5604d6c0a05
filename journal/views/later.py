from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.days import local_date
from accounts.requests import PersonRequest
from config import htmx
from journal.forms.later import LaterForm
from journal.models import Entry, Later
from journal.views.said import say_kept

PAGE = "journal/later/index.html"
SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: PersonRequest) -> HttpResponse:
    """Letters to later: a blank one, those that wait, and the latest that were opened."""
    today = local_date(request.user, timezone.now())
    if request.method != "POST":
        return htmx.page(request, PAGE, _shown(request, today, LaterForm(today=today, initial={"id": uuid4()})))
    form = LaterForm(request.POST, today=today)
    if not form.is_valid():
        return htmx.page(request, PAGE, _shown(request, today, form), status=422)
    letter = form.keep(request.user, timezone.now())
    day = date_format(letter.later.opens_on, "j F Y")
    say_kept(request, form, _("Kept, and closed until %(day)s.") % {"day": day})
    return htmx.see_other(reverse("journal:later"))


def _shown(request: PersonRequest, today: date, form: LaterForm) -> dict[str, Any]:
    letters = Entry.objects.of(request.user).filter(kind=Entry.Kind.LETTER)
    closed = Later.objects.of(request.user).closed()
    opened = letters.exclude(pk__in=closed.values("entry"))
    return {"form": form, "today": today, "closed": closed, "opened": opened.with_records().newest_first()[: SHOWN + 1]}


@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: PersonRequest, id: UUID) -> HttpResponse:
    """A closed letter. Before its day it asks once; opened, it is an entry like any other."""
    letters = Entry.objects.of(request.user).filter(kind=Entry.Kind.LETTER, later__isnull=False)
    entry: Entry = get_object_or_404(letters.select_related("later"), pk=id)
    if request.method == "POST":
        entry.later.open(timezone.now())
    if request.method == "POST" or not entry.is_closed:
        return htmx.see_other(reverse("journal:entries.entry", args=[entry.pk]))
    today = local_date(request.user, timezone.now())
    return htmx.page(request, "journal/later/letter.html", {"entry": entry, "early": entry.later.opens_on > today})
