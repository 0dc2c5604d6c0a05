from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.days import is_zone, zones
from accounts.requests import PersonRequest
from accounts.throttle import over
from config import htmx
from reminders import delivery, letters, offers
from reminders.forms import LettersForm
from reminders.models import Schedule
from reminders.preview import Preview

TEMPLATE = "reminders/letters/index.html"
SIX, AN_HOUR = 6, 3600


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest) -> HttpResponse:
    """When letters come, and the next one. A swap of the preview keeps nothing."""
    now, schedule = timezone.now(), Schedule.weekly(request.user)
    if request.method == "POST":
        return _keep(request, schedule, now)
    if "local_time" in request.GET:
        return _preview(request, schedule, now)
    return htmx.page(request, TEMPLATE, _context(schedule, LettersForm.showing(schedule), Preview(schedule, now)))


def _keep(request: PersonRequest, schedule: Schedule, now: datetime) -> HttpResponse:
    form = LettersForm(request.POST)
    if not form.is_valid():
        return htmx.page(request, TEMPLATE, _context(schedule, form, Preview(schedule, now)), status=422)
    with transaction.atomic():
        Schedule.objects.move(request.user, form.cleaned_data["time_zone"], now)
        schedule.change(now, **form.rule)
        if not form.cleaned_data["resting"]:
            schedule.rest(None)
        offers.decide(request.user, form.cleaned_data["weekly"], now)
    messages.success(request, _("Kept."))
    return htmx.see_other(reverse("reminders:letters"))


def _preview(request: PersonRequest, schedule: Schedule, now: datetime) -> HttpResponse:
    form = LettersForm(request.GET)
    if form.is_valid():
        schedule = schedule.imagined(form.cleaned_data["time_zone"], **form.rule)
    return htmx.page(request, TEMPLATE, _context(schedule, form, Preview(schedule, now)), part="preview")


@require_POST
def one(request: PersonRequest) -> HttpResponse:
    """Send me one now: it takes no slot and counts for nothing."""
    now, schedule = timezone.now(), Schedule.kept_weekly(request.user)
    if over("letter", request.user.pk, SIX, AN_HOUR):
        messages.error(request, _("Six letters in an hour is plenty. In an hour you can ask for another."))
        context = _context(schedule, LettersForm.showing(schedule), Preview(schedule, now))
        return htmx.page(request, TEMPLATE, context, status=429)
    if delivery.send_one(schedule, now):
        went = _("A letter is on its way.") if settings.EMAIL_URL else _("A letter lies in the outbox folder.")
        messages.success(request, went)
    else:
        messages.error(request, _("The letter could not be handed over just now. In a few minutes you can ask again."))
    return htmx.see_other(reverse("reminders:letters"))


@login_not_required
@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """The whole letter, as everybody gets it."""
    return htmx.page(request, "reminders/letters/sample.html", {"letter": letters.Weekly.sample(timezone.now())})


def _context(schedule: Schedule, form: LettersForm, preview: Preview) -> dict[str, Any]:
    user = schedule.owner
    odd = is_zone(user.time_zone) and user.time_zone not in zones()
    days = [(number, WEEKDAYS_ABBR[number], WEEKDAYS[number]) for number in WEEKDAYS]
    choices = (user.time_zone, *zones()) if odd else zones()
    return {"form": form, "schedule": schedule, "preview": preview, "zones": choices, "days": days}
