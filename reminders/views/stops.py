from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.days import local_date
from reminders.forms import StopForm
from reminders.models import Schedule
from reminders.views.open_pages import open_page, shown

TEMPLATE = "reminders/stop/index.html"
REST = {"week": timedelta(weeks=1), "month": timedelta(weeks=4)}


@open_page("GET", "HEAD", "POST")
def page(request: HttpRequest, token: str) -> HttpResponse:
    """GET only asks. A token that nobody has is answered like one that somebody has: nothing can be learned here."""
    today = timezone.now().date()
    if request.method != "POST":
        return shown(request, TEMPLATE, {"form": StopForm(today=today), "token": token})
    form = StopForm(request.POST, today=today)
    if not form.is_valid():
        return shown(request, TEMPLATE, {"form": form, "token": token}, status=422)
    _act(token, form)
    return shown(request, "reminders/stop/done.html", {"form": form, "token": token})


@transaction.atomic
def _act(token: str, form: StopForm) -> None:
    schedule = Schedule.objects.stopped_by(token)
    if schedule is None:
        return
    now, given = timezone.now(), form.cleaned_data
    if form.chosen == "stop":
        schedule.change(now, active=False)
    elif form.chosen == "day":
        schedule.change(now, weekday=given["weekday"], local_time=given["local_time"] or schedule.local_time)
    else:
        schedule.rest(_until(form.chosen, given, local_date(schedule.owner, now)))


def _until(chosen: str, given: dict[str, Any], today: date) -> date:
    return given["until"] if chosen == "until" else today + REST[chosen]
