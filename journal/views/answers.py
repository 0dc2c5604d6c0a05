from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from config import htmx
from journal.forms.answer import AnswerForm
from journal.models import Entry
from journal.views.said import say_what_went


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest, id: UUID) -> HttpResponse:
    """The other side of one doubt."""
    doubts = Entry.objects.of(request.user).filter(kind=Entry.Kind.DOUBT).select_related("answer")
    entry: Entry = get_object_or_404(doubts, pk=id)
    form = AnswerForm(request.POST if request.method == "POST" else None, entry=entry)
    if not form.is_valid():
        return htmx.page(request, "journal/doubts/answer.html", {"entry": entry, "form": form})
    form.write()
    say_what_went(request, form)
    return htmx.see_other(reverse("journal:entries.entry", args=[entry.pk]))
