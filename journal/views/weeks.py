from datetime import date
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.days import local_date
from accounts.requests import PersonRequest
from config import htmx
from journal.asking import Asked
from journal.forms.week import WeekForm
from journal.models import Entry, Week
from journal.models.entry import Stale
from journal.models.week import iso_name, monday_named, monday_of
from journal.views.said import Say, say_kept, say_what_went
from journal.week import ThatWeek, candidate

PAGE = "journal/weeks/week.html"


@require_safe
def index(request: PersonRequest) -> HttpResponse:
    return redirect(address(monday_of(local_date(request.user, timezone.now()))))


def address(monday: date) -> str:
    return reverse("journal:weeks.week", args=[iso_name(monday)])


@require_http_methods(["GET", "HEAD", "POST"])
def week(request: PersonRequest, name: str) -> HttpResponse:
    that = _that(request, name)
    if request.method == "POST":
        return _write(request, that)
    return htmx.page(request, PAGE, _shown(request, that))


def _that(request: PersonRequest, name: str) -> ThatWeek:
    """A week that has begun, or 404."""
    today = local_date(request.user, timezone.now())
    try:
        monday = monday_named(name)
    except ValueError:
        raise Http404 from None
    if monday > today:
        raise Http404
    return ThatWeek(request.user, monday, today)


def _anew(that: ThatWeek) -> ThatWeek:
    """With what was written meanwhile."""
    return ThatWeek(that.user, that.monday, that.today)


def _shown(request: PersonRequest, that: ThatWeek, form: WeekForm | None = None) -> dict[str, Any]:
    clean = WeekForm(owner=request.user, monday=that.monday, initial={"takeaway": that.takeaway})
    return {"week": that, "form": form or clean, "stale": bool(form), "step_id": uuid4()}


def _write(request: PersonRequest, that: ThatWeek, say: Say = say_kept) -> HttpResponse:
    form = WeekForm(request.POST, owner=request.user, monday=that.monday)
    form.full_clean()
    named = len(that.proud)
    try:
        form.write(timezone.now())
    except Stale:
        form.fields["takeaway"].widget.attrs["autofocus"] = True
        return htmx.page(request, PAGE, _shown(request, _anew(that), form), status=409)
    if "candidate" in request.POST:
        _take_along(request, that, form)
    if htmx.wants_part(request):
        return _named(request, that, form, named)
    say(request, form)
    return htmx.see_other(address(that.monday))


def asked(request: PersonRequest, asked: Asked) -> HttpResponse:
    """What was typed is kept, and the page shows a question."""
    named = _that(request, request.POST.get("week", ""))
    answer = _write(request, named, say_what_went)
    if answer.status_code != 303:
        return answer
    shown = _shown(request, _that(request, named.name))
    return htmx.page(request, PAGE, shown | {f"asked_{asked.about}": asked, "just_asked": True})


def _take_along(request: PersonRequest, that: ThatWeek, form: WeekForm) -> None:
    """One of the week's kept things is named as it stands."""
    kept = Entry.objects.of(request.user).of_week(that.monday).select_related("lesson")
    found = candidate(get_object_or_404(kept, pk=form.cleaned_data["candidate"]))
    if found is None:
        raise Http404
    Week.name_proud(request.user, that.monday, [(None, found.words)], timezone.now())


def _named(request: PersonRequest, that: ThatWeek, form: WeekForm, before: int) -> HttpResponse:
    """The branch with what opened on it, and the next line."""
    now = _anew(that)
    fresh = len(now.proud) if len(now.proud) > before else 0
    context = {"week": now, "just_kept": True, "fresh": fresh, "stripped": form.stripped}
    return htmx.page(request, PAGE, context, part="kept")
