from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.days import zone_of
from accounts.throttle import over
from config import htmx
from reminders import answers, tokens
from reminders.forms import LINES, AnswerForm, LineForm
from reminders.letters import week_days
from reminders.models import WriteLink
from reminders.views.open_pages import open_page, shown

Asked = AnswerForm | LineForm
TWENTY, AN_HOUR = 20, 3600
FAST = _("That was a good many at once. In an hour this page takes more.")
FULL = _("One link takes ten lines, and these would be more. Signed in, there is room.")


@open_page("GET", "HEAD", "POST")
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Lines that can be added; nothing of the journal can be seen from here."""
    now = timezone.now()
    link = tokens.link_of(token, now)
    if not link:
        return _gone_cold(request)
    if request.method != "POST":
        return _shown(request, link, token, _blank(link))
    return _taken(request, link, token, now)


def _taken(request: HttpRequest, link: WriteLink, token: str, now: datetime) -> HttpResponse:
    form = _form_of(link)(request.POST)
    if over("answer", link.digest, TWENTY, AN_HOUR):
        return _not_kept(request, link, token, form, FAST)
    if not form.is_valid():
        return _shown(request, link, token, form, status=422)
    try:
        answers.take(link, form.lines, now)
    except answers.Full:
        return _not_kept(request, link, token, form, FULL)
    except WriteLink.DoesNotExist:
        return _gone_cold(request)
    tidied = "&tidied=1" if form.stripped else ""
    return htmx.see_other(f"{reverse('reminders:answer.thanks', args=[token])}?n={len(form.lines)}{tidied}")


@open_page("GET", "HEAD")
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """As many blossoms as lines were sent, or the bead of a day: the address says so, because this page cannot look."""
    link = tokens.link_of(token, timezone.now())
    if not link:
        return _gone_cold(request)
    number = request.GET.get("n", "")
    if number not in ("1", "2", "3"):
        return htmx.see_other(reverse("reminders:answer", args=[token]))
    context = {"blossoms": int(number), "day": link.day, "tidied": "tidied" in request.GET, "token": token}
    return shown(request, "reminders/answer/thanks.html", context)


def _gone_cold(request: HttpRequest) -> HttpResponse:
    """One that ran out, one that was revoked and one that never was look alike. What was typed into it comes back."""
    asked = [*(f"proud-{number}" for number in LINES), "line"]
    words = [text for name in asked if (text := request.POST.get(name, "")).strip()]
    return shown(request, "reminders/answer/expired.html", {"words": words}, status=404)


def _not_kept(request: HttpRequest, link: WriteLink, token: str, form: Asked, why: Any) -> HttpResponse:
    return _shown(request, link, token, form, status=429, why=why)


def _form_of(link: WriteLink) -> type[Asked]:
    return LineForm if link.day else AnswerForm


def _blank(link: WriteLink) -> Asked:
    ids = ["id"] if link.day else [f"id-{number}" for number in LINES]
    return _form_of(link)(initial={id: uuid4() for id in ids})


def _shown(
    request: HttpRequest, link: WriteLink, token: str, form: Asked, status: int = 200, **more: Any
) -> HttpResponse:
    closes = link.expires_at.astimezone(zone_of(link.owner))
    context = {"form": form, "token": token, "closes": date_format(closes, "l j F"), **more}
    if link.day:
        context |= {"day": date_format(link.day, "l j F")}
        return shown(request, "reminders/answer/day.html", context, status)
    lines = [(form[f"proud-{number}"], form[f"id-{number}"]) for number in LINES]
    context |= {"lines": lines, "days": week_days(link.monday)}
    return shown(request, "reminders/answer/index.html", context, status)
