from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.requests import PersonRequest
from config import htmx
from journal import session_pages
from journal.export.typesetting import NotMade, TooLong
from journal.forms.meeting import MeetingForm, NewMeetingForm
from journal.models import Brought, Entry
from journal.views.said import say_kept, say_what_went

NEW, PAGE = "journal/meetings/new.html", "journal/meetings/meeting.html"


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    if request.method != "POST":
        return _new(request, NewMeetingForm(initial={"id": uuid4()}))
    form = NewMeetingForm(request.POST)
    if not form.is_valid():
        return _new(request, form, status=422)
    entry = form.keep(request.user, timezone.now())
    say_what_went(request, form)
    return htmx.see_other(address(entry, "brought" if request.POST.get("do") == "bring" else "meeting"))


def _new(request: PersonRequest, form: NewMeetingForm, status: int = 200) -> HttpResponse:
    """With the way back to the last one, as long as nothing is said to be taken away from it."""
    last = Entry.objects.of(request.user).filter(kind=Entry.Kind.MEETING).select_related("meeting").newest_first()
    before = next((entry for entry in last[:1] if not entry.damaged and not _is_taken(entry)), None)
    return htmx.page(request, NEW, {"form": form, "before": before}, status=status)


def _is_taken(entry: Entry) -> bool:
    return hasattr(entry, "meeting") and entry.meeting.text_of("takeaway") != ""


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest, id: UUID) -> HttpResponse:
    """What is brought along, for reading and for paper; afterwards, what is taken away."""
    meetings = Entry.objects.of(request.user).filter(kind=Entry.Kind.MEETING)
    entry: Entry = get_object_or_404(meetings.with_records().select_related("owner"), pk=id)
    form = MeetingForm(request.POST if request.method == "POST" else None, entry=entry)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        context = {"entry": entry, "form": form, "there": list(Brought.beside(entry))}
        return htmx.page(request, PAGE, context, status=status)
    form.write(entry)
    say_kept(request, form)
    return htmx.see_other(address(entry, "meeting"))


@require_http_methods(["GET", "HEAD", "POST"])
def pages(request: PersonRequest, id: UUID) -> HttpResponse:
    """What is brought along, as a PDF of three pages at most, or of as many as it takes where that was asked for."""
    meetings = Entry.objects.of(request.user).filter(kind=Entry.Kind.MEETING)
    entry: Entry = get_object_or_404(meetings.with_records().select_related("owner"), pk=id)
    if request.method != "POST":
        return htmx.see_other(address(entry, "meeting"))
    try:
        made = session_pages.made(entry, timezone.now(), whole="whole" in request.POST)
    except NotMade as why:
        context = {"entry": entry, "form": MeetingForm(None, entry=entry), "there": list(Brought.beside(entry))}
        context["unmade"] = "long" if isinstance(why, TooLong) else "failed"
        return htmx.page(request, PAGE, context, status=422)
    access.note(request.user, access.What.EXPORT, request, "three pages")
    headers = {"Content-Disposition": 'attachment; filename="onward.pdf"', "Cache-Control": "no-store, private"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def address(entry: Entry, name: str) -> str:
    return reverse(f"journal:entries.{name}", args=[entry.pk])
