from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from config import htmx
from journal.forms.sequel import SequelForm
from journal.models import Sequel
from journal.views.lessons import setback
from journal.views.said import say_what_went

PAGE = "journal/lessons/sequel.html"


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest, id: UUID) -> HttpResponse:
    """Did anything come of it? Asked of a lesson; from Today it can be left, or declined."""
    entry = setback(request, id)
    if not entry.has_lesson:
        raise Http404
    if request.method == "POST":
        return _write(request, SequelForm(request.POST, entry=entry))
    declined = Sequel.objects.of(request.user).declined().exists()
    return htmx.page(request, PAGE, {"entry": entry, "form": SequelForm(entry=entry), "declined": declined})


def _write(request: PersonRequest, form: SequelForm) -> HttpResponse:
    if not form.is_valid():
        return htmx.page(request, PAGE, {"entry": form.entry, "form": form}, status=422)
    form.write()
    if htmx.wants_part(request):
        return htmx.page(request, "journal/today/sequel_answered.html", {"did": request.POST.get("do")})
    say_what_went(request, form)
    if request.POST.get("back") == "today":
        return htmx.see_other(reverse("journal:today"))
    name = "sequel" if request.POST.get("do") == "again" else "entry"
    return htmx.see_other(reverse(f"journal:entries.{name}", args=[form.entry.pk]))
