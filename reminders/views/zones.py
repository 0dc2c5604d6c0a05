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
    if not form.is_valid() or not elsewhere.is_asked_about(
        request.user, form.cleaned_data["time_zone"], timezone.now()
    ):
        return HttpResponse(status=NOTHING_TO_ASK)
    return _question(request, form.cleaned_data["time_zone"])


def _answer(request: PersonRequest) -> HttpResponse:
    form = ZoneNoticeForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    zone, moves = form.cleaned_data["time_zone"], form.cleaned_data["answer"] == "move"
    elsewhere.answer(request.user, zone, moves, timezone.now())
    said = _said(zone, moves)
    if htmx.wants_part(request):
        return render(request, "reminders/zone/answered.html", {"said": said})
    messages.success(request, said)
    return htmx.see_other(reverse(form.page))


def _said(zone: str, moves: bool) -> str:
    if moves:
        return _("Your days and letters go by the clocks in %(city)s now.") % {"city": city(zone)}
    return _("They stay where they are.")


def _question(request: PersonRequest, zone: str) -> HttpResponse:
    """For a swap; on a page of its own where no script asked."""
    part = "reminders/zone/asked.html"
    here = "letters" if htmx.place(request) == reverse("reminders:letters") else ""
    on = Schedule.objects.of(request.user).filter(active=True).exists()
    context = {"part": part, "zone": zone, "city": city(zone), "back": here, "letters_on": on}
    return render(request, part if htmx.wants_part(request) else "reminders/offer/alone.html", context)
