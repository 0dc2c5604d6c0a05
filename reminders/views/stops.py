from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.access import What, note
from accounts.days import local_date
from reminders.forms import StopForm
from reminders.kinds import KINDS
from reminders.models import Schedule
from reminders.views.open_pages import open_page, shown

TEMPLATE = "reminders/stop/index.html"


@open_page("GET", "HEAD", "POST")
def page(request: HttpRequest, token: str) -> HttpResponse:
    """GET only asks. A token that nobody has is answered like one that somebody has: nothing can be learned here."""
    schedule = Schedule.objects.stopped_by(token)
    manner = _manner(schedule, timezone.now())
    if request.method != "POST":
        return shown(request, TEMPLATE, {"form": StopForm(**manner), "token": token})
    form = StopForm(request.POST, **manner)
    if not form.is_valid():
        return shown(request, TEMPLATE, {"form": form, "token": token}, status=422)
    if schedule:
        _act(schedule, form, timezone.now())
        note(schedule.owner, What.LETTERS, request)
    return shown(request, "reminders/stop/done.html", {"form": form, "token": token})


def _manner(schedule: Schedule | None, now: datetime) -> dict[str, Any]:
    """Their own day, and whether there is another one; as it is in UTC where nobody has the token."""
    if schedule is None:
        return {"today": now.date(), "by_day": True}
    return {"today": local_date(schedule.owner, now), "by_day": KINDS[schedule.kind].weekday is not None}


def _act(schedule: Schedule, form: StopForm, now: datetime) -> None:
    """Stop and another day are of its own kind; a rest is of all letters: who needs one is asked for nothing."""
    if form.chosen == "stop":
        schedule.change(now, active=False)
    elif form.chosen == "day":
        schedule.change(now, **form.rule)
    else:
        first = Schedule.objects.rest_begins(schedule.owner, local_date(schedule.owner, now))
        Schedule.objects.rest(schedule.owner, form.rest_from(first), now)
