from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.days import local_date
from accounts.requests import PersonRequest
from config import htmx
from journal.forms.answer import AnswerForm
from journal.models import Entry
from journal.views.doubts import on_from
from journal.views.said import say_what_went


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest, id: UUID) -> HttpResponse:
    """The other side of one doubt."""
    doubts = Entry.objects.of(request.user).filter(kind=Entry.Kind.DOUBT)
    entry: Entry = get_object_or_404(doubts.select_related("answer", "doubt", "revisit"), pk=id)
    today = local_date(request.user, timezone.now())
    form = AnswerForm(request.POST if request.method == "POST" else None, entry=entry, today=today)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return htmx.page(request, "journal/doubts/answer.html", {"entry": entry, "form": form}, status=status)
    form.write()
    say_what_went(request, form)
    return htmx.see_other(on_from(request, entry, reverse("journal:entries.entry", args=[entry.pk])))
