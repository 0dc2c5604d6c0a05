from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.days import local_date
from accounts.limits import Full
from accounts.requests import PersonRequest
from config import htmx
from journal import taken_back
from journal.effort import treat_after
from journal.forms.entry import ChangeForm, EntryForm
from journal.introductions import Line, line_after
from journal.models import Entry, Sequel, Unproven
from journal.models.entry import Stale
from journal.prompts.reframing import FRIEND
from journal.today import Today
from journal.views import timeline
from journal.views.said import say_what_went
from journal.views.today import TEMPLATE as TODAY
from journal.views.today import arranged

PAGE = "journal/entries/entry.html"
CONFLICT = "journal/entries/conflict.html"
REMOVED = "journal/entries/removed.html"
# What only an entry's own page asks of it.
OF_THE_PAGE = ("removal", "put_away", "not_again")


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: PersonRequest) -> HttpResponse:
    """The Journal; POST keeps a new entry."""
    return _keep(request) if request.method == "POST" else timeline.page(request)


# Keeping


def _keep(request: PersonRequest) -> HttpResponse:
    today = Today(request.user, timezone.now())
    form = EntryForm(request.POST, owner=request.user, today=today.date)
    if not form.is_valid():
        return _open_still(request, today, form)
    try:
        entry = form.keep(today.now)
    except Full:
        form.refuse_full()
        return _open_still(request, today, form)
    if form.gently:
        return _to_the_lesson(request, entry)
    line = line_after(today, entry)
    if htmx.wants_part(request):
        return _kept(request, today, form, entry, line)
    say_what_went(request, form)
    return htmx.see_other(_seen_at(request, today, entry))


def _open_still(request: PersonRequest, today: Today, form: EntryForm) -> HttpResponse:
    return htmx.page(request, TODAY, arranged(today, form), part=_part(form), status=422)


def _seen_at(request: PersonRequest, today: Today, entry: Entry) -> str:
    """Where it is seen: on the milestone it was kept from, on Today, or on its own page."""
    if request.POST.get("back") == "milestone" and entry.milestone_id:
        return reverse("journal:milestones.milestone", args=[entry.milestone_id]) + "#lw"
    return reverse("journal:today") if entry.local_date == today.date else address(entry)


def _part(form: EntryForm) -> str:
    return "proud" if form.is_proud else "capture"


def _to_the_lesson(request: PersonRequest, entry: Entry) -> HttpResponse:
    # By its name, so that who goes back in the browser comes to it again.
    place = f"{reverse('journal:entries.lesson', args=[entry.pk])}?step={FRIEND.name}"
    return HttpResponseClientRedirect(place) if htmx.wants_part(request) else htmx.see_other(place)


def _kept(request: PersonRequest, today: Today, form: EntryForm, entry: Entry, line: Line | None) -> HttpResponse:
    """The parts of Today that are different now."""
    tapped = form.cleaned_data["deed"]
    treat = treat_after(request.user, today.date, entry)
    said = {"kept": entry, "first": "first" in request.POST, "stripped": form.stripped, "tapped": tapped}
    # The focus goes back to the page; a chip that was tapped keeps it by its id.
    said |= {"to_the_page": not tapped, "treat": treat, "line": line}
    return render(request, f"{TODAY}#kept_{_part(form)}", arranged(today) | said)


def address(entry: Entry) -> str:
    return reverse("journal:entries.entry", args=[entry.pk])


# One entry


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: PersonRequest, id: UUID) -> HttpResponse:
    kept = get_object_or_404(Entry.kept_by(request.user).with_records().select_related(*OF_THE_PAGE), pk=id)
    now = timezone.now()
    if request.method == "POST":
        return _change(request, kept, now)
    if hasattr(kept, "removal"):
        return redirect("journal:entries.removed")
    if kept.is_closed:
        return redirect("journal:entries.opening", kept.pk)
    return _page(request, PAGE, kept, _form(request, kept, now))


def _change(request: PersonRequest, kept: Entry, now: datetime) -> HttpResponse:
    form = _form(request, kept, now, request.POST)
    if kept.damaged:
        return _page(request, CONFLICT, kept, form, status=409, fresh_id=uuid4())
    if not form.is_valid():
        return _page(request, PAGE, kept, form, status=422)
    try:
        form.change()
    except Stale:
        return _both(request, kept, form)
    say_what_went(request, form)
    return htmx.see_other(address(kept))


def _both(request: PersonRequest, kept: Entry, form: ChangeForm) -> HttpResponse:
    """What stands and what was written, and neither is lost: the second is sealed at once beside the first."""
    stands = Entry.kept_by(request.user).with_records().get(pk=kept.pk)
    stands.keep_beside(form.words)
    return _page(request, CONFLICT, stands, form, status=409)


def _form(request: PersonRequest, kept: Entry, now: datetime, data: Any = None) -> ChangeForm:
    # By another clock its own day may be still to come: who changes a word keeps the rest as it is.
    latest = max(local_date(request.user, now), kept.local_date)
    return ChangeForm(data, entry=kept, owner=request.user, today=latest)


def _page(
    request: PersonRequest, template: str, kept: Entry, form: ChangeForm, status: int = 200, **more: Any
) -> HttpResponse:
    earlier = [] if kept.is_closed else kept.revisions.order_by("-created_at", "-of_version")
    more |= {"entry": kept, "form": form, "earlier": earlier, "is_old": Sequel.is_old(kept, form.today)}
    return htmx.page(request, template, more, status=status)


# Taking back


@require_POST
def deletion(request: PersonRequest, id: UUID) -> HttpResponse:
    kept = get_object_or_404(Entry.kept_by(request.user), pk=id)
    kept.remove(timezone.now())
    if not htmx.wants_part(request):
        return htmx.see_other(reverse("journal:entries.removed"))
    return render(request, f"{REMOVED}#taken", {"entry": kept} | _thread_of(request))


@require_POST
def restoration(request: PersonRequest, id: UUID) -> HttpResponse:
    kept = get_object_or_404(Entry.kept_by(request.user).with_records(), pk=id)
    kept.restore()
    if not htmx.wants_part(request):
        return htmx.see_other(address(kept))
    return render(request, f"{REMOVED}#restored", {"entry": kept} | _thread_of(request))


def _thread_of(request: PersonRequest) -> dict[str, Any]:
    """Today's thread, if that is the page that asks: a bead may have gone or come back."""
    asked_from_today = htmx.place(request) == reverse("journal:today")
    return {"today": Today(request.user, timezone.now())} if asked_from_today else {}


@require_safe
def removed(request: PersonRequest) -> HttpResponse:
    entries = Entry.objects.removed(request.user).with_records()
    replies = Unproven.objects.of(request.user).let_go().exists()
    context = {"entries": entries, "shelves": taken_back.shelves(request.user), "replies": replies}
    return htmx.page(request, REMOVED, context)
