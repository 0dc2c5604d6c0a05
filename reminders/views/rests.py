from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.days import local_date
from accounts.requests import PersonRequest
from config import htmx
from reminders.forms import RestForm
from reminders.letterbox import Letterbox
from reminders.models import Schedule
from reminders.views.letters import shown


@require_POST
def rest(request: PersonRequest) -> HttpResponse:
    """For a week, for four, until a day; and the end of it. All letters rest together."""
    now = timezone.now()
    today = local_date(request.user, now)
    form = RestForm(request.POST, today=today)
    if not form.is_valid():
        return shown(request, Letterbox(request.user, now), status=422, part="rest", rest=form)
    until = form.rest_from(Schedule.objects.rest_begins(request.user, today))
    Schedule.objects.rest(request.user, until, now)
    if htmx.wants_part(request):
        return shown(request, Letterbox(request.user, now), part="rest", rested=True)
    messages.success(request, _said(until))
    return htmx.see_other(reverse("reminders:letters"))


def _said(until: date | None) -> str:
    if not until:
        return _("Letters come again.")
    return _("Letters rest until %(day)s.") % {"day": date_format(until, "l j F Y")}
