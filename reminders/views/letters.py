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
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import What, note
from accounts.days import is_zone, zones
from accounts.requests import PersonRequest
from accounts.throttle import over
from config import htmx
from reminders import delivery, letters, replies
from reminders.forms import LettersForm
from reminders.handover import Fate
from reminders.kinds import DAILY
from reminders.letterbox import Letterbox
from reminders.models import Schedule, Silence
from reminders.refusals import HARD, SOFT

TEMPLATE = "reminders/letters/index.html"
SIX, AN_HOUR = 6, 3600
REFUSED = {
    HARD: gettext_lazy("No letter went: your mailbox takes no mail, its server says. Another address can have them."),
    SOFT: gettext_lazy("No letter went: your mailbox could not take one today. Another day it may."),
    None: gettext_lazy(
        "No letter went: it was refused, and asking again today changes nothing. Whoever runs this place can see why."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest) -> HttpResponse:
    """When letters come, and the next one. A swap of the preview keeps nothing."""
    box = Letterbox(request.user, timezone.now())
    if request.method == "POST":
        return _keep(request, box)
    if "local_time" in request.GET:
        return _preview(request, box)
    return shown(request, box)


def _keep(request: PersonRequest, box: Letterbox) -> HttpResponse:
    form = LettersForm(request.POST)
    if not form.is_valid():
        return shown(request, box, form, status=422)
    with transaction.atomic():
        box.keep(form.cleaned_data["time_zone"], form.rules, form.cleaned_data["discreet"])
        if replies.are_possible():
            replies.decide(request.user, form.cleaned_data["reply"], box.now)
        note(request.user, What.LETTERS, request)
    messages.success(request, _("Kept."))
    return htmx.see_other(reverse("reminders:letters"))


def _preview(request: PersonRequest, box: Letterbox) -> HttpResponse:
    form, more = LettersForm(request.GET), dict[str, Any]()
    if form.is_valid():
        given = form.cleaned_data
        more["preview"] = box.imagined(given["time_zone"], form.rules, given["discreet"])
    return shown(request, box, form, part="preview", **more)


@require_POST
def one(request: PersonRequest) -> HttpResponse:
    """Send me one now: it takes no slot and counts for nothing."""
    box = Letterbox(request.user, timezone.now())
    if box.silence and box.silence.why == Silence.Why.UNWANTED:
        return shown(request, box, status=409)
    if over("letter", request.user.pk, SIX, AN_HOUR):
        messages.error(request, _("Six letters in an hour is plenty. In an hour you can ask for another."))
        return shown(request, box, status=429)
    _send(request, box.now)
    return htmx.see_other(reverse("reminders:letters"))


def _send(request: PersonRequest, now: datetime) -> None:
    fate, refusal = delivery.send_one(Schedule.kept_weekly(request.user), now)
    if fate in (Fate.TAKEN, Fate.UNSURE):
        went = _("A letter is on its way.") if settings.EMAIL_URL else _("A letter lies in the outbox folder.")
        messages.success(request, went)
    elif fate is Fate.LATER:
        messages.error(request, _("The letter could not be handed over just now. In a few minutes you can ask again."))
    else:
        messages.error(request, REFUSED[refusal.kind if refusal else None])


@login_not_required
@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """The whole letter, as everybody gets it: the weekly one, or with `?kind=daily` the daily one."""
    now = timezone.now()
    if request.GET.get("kind") == DAILY:
        return htmx.page(request, "reminders/letters/sample_daily.html", {"letter": letters.Daily.sample(now)})
    return htmx.page(request, "reminders/letters/sample.html", {"letter": letters.Weekly.sample(now)})


def shown(
    request: PersonRequest,
    box: Letterbox,
    form: LettersForm | None = None,
    status: int = 200,
    part: str = "",
    **more: Any,
) -> HttpResponse:
    """The page, or with `part` and htmx that part of it: preview, rest."""
    odd = is_zone(box.user.time_zone) and box.user.time_zone not in zones()
    days = [(number, WEEKDAYS_ABBR[number], WEEKDAYS[number]) for number in WEEKDAYS]
    choices = (box.user.time_zone, *zones()) if odd else zones()
    context = {"box": box, "form": form or LettersForm.showing(box), "preview": box.preview}
    context |= {"zones": choices, "days": days, "replies": replies.are_possible(), **more}
    return htmx.page(request, TEMPLATE, context, part=part, status=status)
