"""A person's own kind words, given back: said again, put away, or let back in."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.days import local_date
from accounts.requests import PersonRequest
from config import htmx
from journal import kind_words
from journal.forms.fields import FormId
from journal.models import Entry, Lesson, PutAway


@require_POST
def put_away(request: PersonRequest, id: UUID) -> HttpResponse:
    """`away` = 0 lets them come back."""
    entry = get_object_or_404(Entry.objects.of(request.user).select_related("owner"), pk=id)
    away = request.POST.get("away") != "0"
    (PutAway.put if away else PutAway.take_up)(entry)
    from_today = request.POST.get("back") == "today"
    if from_today and htmx.wants_part(request):
        return render(request, "journal/today/own_words_away.html", {"entry": entry, "away": away})
    if from_today:
        said = _("Put away. It stays where it was written.") if away else _("It may come back.")
        messages.info(request, said)
        return htmx.see_other(reverse("journal:today"))
    return htmx.see_other(reverse("journal:entries.entry", args=[entry.pk]))


# Within a reframing


def given_back(request: PersonRequest, entry: Entry, now: datetime) -> dict[str, Any]:
    """What stands behind “If nothing comes”; `away` was put away a moment ago, and can come back."""
    today = local_date(request.user, now)
    pressed = request.POST.get("put_away") or request.POST.get("take_up")
    named = FormId().clean(pressed or request.GET.get("put_away"))
    away = named if named and PutAway.objects.of(request.user).filter(entry=named).exists() else None
    own = kind_words.chosen(request.user, today, beside=entry.pk)
    return {"own": [(one, one.when(today)) for one in own], "away": away, "unfolded": bool(named)}


def pressed(request: PersonRequest, entry: Entry) -> str | None:
    """Does what was pressed, and gives what the address says of it; None where nothing was."""
    acts: dict[str, Callable[[Entry, Entry], str]] = {"borrow": _borrow, "put_away": _put, "take_up": _take_up}
    for name, act in acts.items():
        if id := FormId().clean(request.POST.get(name)):
            said = get_object_or_404(Entry.objects.of(request.user).select_related("owner"), pk=id)
            return act(entry, said)
    return None


def _borrow(entry: Entry, said: Entry) -> str:
    """Beneath what was typed, once."""
    lesson = Lesson.objects.of(entry.owner).filter(entry=entry).first()
    typed, words = lesson.kind_words if lesson else "", kind_words.said_at(said)
    if words not in typed:
        Lesson.write(entry, kind_words=f"{typed}\n{words}".strip("\n"))
    return ""


def _put(entry: Entry, said: Entry) -> str:
    PutAway.put(said)
    return f"&put_away={said.pk}"


def _take_up(entry: Entry, said: Entry) -> str:
    PutAway.take_up(said)
    return f"&put_away={said.pk}"
