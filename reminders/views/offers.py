from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import What, note
from accounts.days import zones
from accounts.requests import PersonRequest
from config import htmx
from reminders import offers
from reminders.forms import OfferForm, ZoneForm
from reminders.models import Schedule


@require_POST
def offer(request: PersonRequest) -> HttpResponse:
    """Today's offer: yes is Sunday at six. What was said stays for a moment, with a way back."""
    form = OfferForm(request.POST)
    if not form.is_valid():
        return _part(request, "offer", {"asks": True}, status=422)
    answer = form.cleaned_data["answer"]
    offers.take(request.user, answer, timezone.now())
    if answer == "yes":
        note(request.user, What.LETTERS, request)
    if not htmx.wants_part(request):
        return htmx.see_other(f"{reverse('journal:today')}?letters={answer}#letter-offer")
    if answer == "undo":
        return _part(request, "offer", {"asks": True, "again": True})
    return _part(request, "answered", {"answer": answer, "swapped": True})


@require_POST
def zone(request: PersonRequest) -> HttpResponse:
    """Today's one line while the zone is unknown."""
    form = ZoneForm(request.POST)
    if not form.is_valid():
        context = {"asks": True, "zones": zones(), "error": form.errors["time_zone"][0]}
        return _part(request, "zone", context, status=422)
    Schedule.objects.move(request.user, form.cleaned_data["time_zone"], timezone.now())
    if htmx.wants_part(request):
        return _part(request, "zone_known", {})
    messages.success(request, _("Your days go by that clock now."))
    return htmx.see_other(reverse("journal:today"))


def _part(request: PersonRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A part of Today for a swap; on a page of its own where no script asked."""
    part = f"reminders/offer/{name}.html"
    template = part if htmx.wants_part(request) else "reminders/offer/alone.html"
    return render(request, template, context | {"part": part}, status=status)
