from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import PersonRequest
from config import htmx
from journal.forms.acceptance import AcceptanceForm
from journal.models import Entry
from journal.today import Today
from journal.views.lessons import setback


@require_POST
def acceptance(request: PersonRequest, id: UUID) -> HttpResponse:
    """It was only hard, or is left be; `accepted` = 0 takes that back."""
    entry, form = setback(request, id), AcceptanceForm(request.POST)
    if not form.is_valid():
        return render(request, "errors/400.html", status=422)
    form.apply(entry)
    if not htmx.wants_part(request):
        return htmx.see_other(reverse("journal:entries.entry", args=[entry.pk]))
    left = form.cleaned_data["accepted"] == "1"
    context = {"entry": setback(request, id), "left": left, "back": not left} | _as_shown(request, entry)
    return render(request, "journal/lessons/accepted.html", context)


def _as_shown(request: PersonRequest, entry: Entry) -> dict[str, Any]:
    """Today tells when it was kept, the entry's own page shows all of it."""
    place = htmx.place(request)
    if place == reverse("journal:today"):
        today = Today(request.user, timezone.now())
        return {"told": True, "today": today, "fresh_since": today.fresh_since}
    return {"whole": place == reverse("journal:entries.entry", args=[entry.pk])}
