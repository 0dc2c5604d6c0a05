from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.days import city
from accounts.requests import PersonRequest
from config import htmx
from reminders import elsewhere
from reminders.forms import ZoneForm, ZoneNoticeForm
from reminders.models import Schedule

NOTHING_TO_ASK = 204


@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: PersonRequest) -> HttpResponse:
    """A device says where its clock is: whether to ask about it, once; and the answer."""
    return _answer(request) if request.method == "POST" else _ask(request)


def _ask(request: PersonRequest) -> HttpResponse:
    form = ZoneForm(request.GET)
    zone = form.cleaned_data["time_zone"] if form.is_valid() else ""
    if not elsewhere.is_asked_about(request.user, zone, timezone.now()):
        return HttpResponse(status=NOTHING_TO_ASK)
    # On Letters the answer is a new page: its form holds the zone, too.
    here = "letters" if htmx.place(request) == reverse("reminders:letters") else ""
    on = Schedule.objects.of(request.user).filter(active=True).exists()
    return _part(request, "asked", {"zone": zone, "city": city(zone), "back": here, "letters_on": on})


def _answer(request: PersonRequest) -> HttpResponse:
    form = ZoneNoticeForm(request.POST)
    if not form.is_valid():
        said = _("That could not be read. Everything stays where it is.")
        return _part(request, "answered", {"said": said}, status=422)
    zone, moves = form.cleaned_data["time_zone"], form.cleaned_data["answer"] == "move"
    elsewhere.answer(request.user, zone, moves, timezone.now())
    said = _said(zone, moves)
    if htmx.wants_part(request):
        return _part(request, "answered", {"said": said})
    messages.success(request, said)
    return htmx.see_other(reverse(form.page))


def _said(zone: str, moves: bool) -> str:
    if moves:
        return _("Your days and letters go by the clocks in %(city)s now.") % {"city": city(zone)}
    return _("They stay where they are.")


def _part(request: PersonRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """For a swap; on a page of its own where no script asked."""
    part = f"reminders/zone/{name}.html"
    template = part if htmx.wants_part(request) else "reminders/offer/alone.html"
    return render(request, template, context | {"part": part}, status=status)
