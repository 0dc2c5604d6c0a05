from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from config import htmx
from journal.look_back import LookBack
from journal.models import Entry, NotAgain

PAGE = "journal/look_back/index.html"


@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """`?year=`: another one's almanac; `?pattern=`: another sentence. What is none is as if it were not there."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else None
    back = LookBack(request.user, timezone.now(), year, request.GET.get("pattern", ""))
    return htmx.page(request, PAGE, {"back": back}, part="another" if "pattern" in request.GET else "")


@require_POST
def not_again(request: PersonRequest, id: UUID) -> HttpResponse:
    """`again` = 1 takes it back."""
    entry = get_object_or_404(Entry.objects.of(request.user).select_related("owner"), pk=id)
    back = request.POST.get("again") == "1"
    (NotAgain.take_up if back else NotAgain.put)(entry)
    if htmx.wants_part(request):
        said = {"put_away": None if back else entry, "let_back": back}
        return render(request, f"{PAGE}#pressed", {"back": LookBack(request.user, timezone.now())} | said)
    messages.success(request, _("It may come back.") if back else _("It won’t come back by itself."))
    if request.POST.get("back") == "page":
        return htmx.see_other(reverse("journal:entries.entry", args=[entry.pk]))
    return htmx.see_other(reverse("journal:look_back"))
