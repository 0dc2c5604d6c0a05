from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.days import local_date
from accounts.requests import PersonRequest
from config import htmx
from journal.forms.revisit import RevisitForm
from journal.models import Entry, Revisit
from journal.views.said import say_what_went

PAGE = "journal/revisits/revisit.html"


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest, id: UUID) -> HttpResponse:
    """What really happened, what is known by now; and the day on which it is asked."""
    entry, today = _own(request, id), local_date(request.user, timezone.now())
    form = RevisitForm(request.POST if request.method == "POST" else None, entry=entry, today=today)
    if request.POST.get("do") == "away":
        form.put_away()
        messages.info(request, _("Put away. It is not asked again."))
        return htmx.see_other(_back(request, entry))
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return htmx.page(request, PAGE, {"entry": entry, "form": form}, status=status)
    form.write()
    say_what_went(request, form)
    return htmx.see_other(reverse("journal:entries.entry", args=[entry.pk]))


def _own(request: PersonRequest, id: UUID) -> Entry:
    asked = Entry.objects.of(request.user).filter(kind__in=Revisit.KINDS)
    found: Entry = get_object_or_404(asked.with_records().select_related("revisit", "owner"), pk=id)
    return found


def _back(request: PersonRequest, entry: Entry) -> str:
    if request.POST.get("back") == "today":
        return reverse("journal:today")
    return reverse("journal:entries.entry", args=[entry.pk])
