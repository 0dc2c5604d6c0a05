from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect, push_url

from accounts.requests import PersonRequest
from config import htmx
from journal.asking import Asked
from journal.forms.fields import FormId
from journal.forms.lesson import LessonForm
from journal.models import Acceptance, Entry, Helping, Lesson
from journal.models.entry import Stale
from journal.prompts.helping import turned
from journal.prompts.question import Question
from journal.prompts.reframing import FORWARD, FRIEND, HAPPENED, QUESTIONS
from journal.views import kind_words
from journal.views.said import say_what_went

PAGE = "journal/lessons/question.html"
KEPT = "kept"


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest, id: UUID) -> HttpResponse:
    """The question that `step` names, or the one that comes next; POST writes what it sends."""
    entry = setback(request, id)
    if request.method == "POST":
        return _write(request, entry)
    step = request.GET.get("step") or _next(entry)
    if step == KEPT:
        return htmx.page(request, "journal/lessons/kept.html", {"entry": entry})
    return _ask(request, entry, _question(step))


def setback(request: PersonRequest, id: UUID) -> Entry:
    """The person's own, or 404."""
    hard = Entry.objects.of(request.user).filter(kind=Entry.Kind.SETBACK)
    found: Entry = get_object_or_404(hard.with_records().select_related("owner"), pk=id)
    return found


def _next(entry: Entry) -> str:
    """What happened was told already."""
    return "lesson" if hasattr(entry, "lesson") and entry.lesson.kind_words else "friend"


def _question(step: str) -> Question:
    if step not in QUESTIONS:
        raise Http404
    return QUESTIONS[step]


def _ask(
    request: PersonRequest, entry: Entry, question: Question, form: LessonForm | None = None, status: int = 200
) -> HttpResponse:
    context = _asked(request, entry, question, form, status)
    return htmx.page(request, PAGE, context, part="step", status=status)


def _asked(
    request: PersonRequest, entry: Entry, question: Question, form: LessonForm | None = None, status: int = 200
) -> dict[str, Any]:
    own = kind_words.given_back(request, entry, timezone.now()) if question is FRIEND else {}
    return own | {
        "entry": entry,
        "question": turned(question) if Helping.is_chosen(entry.owner) else question,
        "form": form or LessonForm(entry=entry, question=question),
        "fields": f"journal/lessons/{question.page or question.name}.html",
        "here": address(entry, question.name),
        "stale": status == 409,
    }


def address(entry: Entry, step: str = "") -> str:
    place = reverse("journal:entries.lesson", args=[entry.pk])
    return f"{place}?step={step}" if step else place


# Writing


def _write(request: PersonRequest, entry: Entry) -> HttpResponse:
    form = LessonForm(request.POST, entry=entry)
    if not form.is_valid():
        return _ask(request, entry, _answered(request), form, status=422)
    try:
        form.write(timezone.now())
    except Stale:
        return _both(request, entry, form)
    say_what_went(request, form)
    if request.POST.get("do") == "hard":
        Acceptance.accept(entry, Acceptance.Way.HARD)
    given = kind_words.pressed(request, entry)
    if given is not None:
        return _to(request, setback(request, entry.pk), FRIEND.name, given)
    return _go_on(request, setback(request, entry.pk))


def _answered(request: PersonRequest) -> Question:
    """The question that this answers; a script need not say which."""
    named = QUESTIONS.get(request.GET.get("step", ""))
    return named or QUESTIONS["happened" if "body" in request.POST else "lesson"]


def _both(request: PersonRequest, entry: Entry, form: LessonForm) -> HttpResponse:
    """What stands and what was written, and neither is lost: the second is sealed at once beside the first."""
    stands = setback(request, entry.pk)
    stands.keep_beside({"body": form.cleaned_data["body"], "deed": stands.deed})
    again = LessonForm(request.POST, entry=stands, question=HAPPENED)
    return _ask(request, stands, HAPPENED, again, status=409)


def asked(request: PersonRequest, asked: Asked) -> HttpResponse:
    """What was typed is kept, and the page shows a question beside it."""
    id = FormId().clean(request.POST.get("entry"))
    question = HAPPENED if asked.about == "setback" else QUESTIONS[asked.about]
    if id is None:
        raise Http404
    entry = setback(request, id)
    form = LessonForm(request.POST, entry=entry)
    if not form.is_valid():
        shown = _asked(request, entry, question, form, status=422)
        return htmx.page(request, PAGE, shown | {"asked": asked}, status=422)
    try:
        form.write(timezone.now())
    except Stale:
        return _both(request, entry, form)
    shown = _asked(request, setback(request, id), question)
    return htmx.page(request, PAGE, shown | {"asked": asked, "just_asked": True})


# Going on


def _go_on(request: PersonRequest, entry: Entry) -> HttpResponse:
    did, asked = request.POST.get("do", ""), QUESTIONS.get(request.GET.get("step", ""))
    step = request.POST.get("to", "") or _beside(asked, did)
    if did in ("hard", "enough") or step == KEPT:
        return _leave(request, entry)
    return _to(request, entry, step)


def _beside(asked: Question | None, did: str) -> str:
    """The question before the one that was asked, or after it."""
    if asked is None:
        return ""
    return {"back": asked.before, "longer": FORWARD.name}.get(did, asked.after)


def _to(request: PersonRequest, entry: Entry, step: str, more: str = "") -> HttpResponse:
    """To a question, by name; `more` stands in its address."""
    if not htmx.wants_part(request):
        return htmx.see_other(address(entry, step) + more)
    question = _question(step or _next(entry))
    swapped = htmx.page(request, PAGE, _asked(request, entry, question), part="moved")
    return push_url(swapped, address(entry, question.name))


def _leave(request: PersonRequest, entry: Entry) -> HttpResponse:
    """To what was kept; to Today where nothing was said about it."""
    said = hasattr(entry, "acceptance") or hasattr(entry, "lesson") and entry.lesson.says_something
    place = address(entry, KEPT) if said else reverse("journal:today")
    return HttpResponseClientRedirect(place) if htmx.wants_part(request) else htmx.see_other(place)


# A way forward, as one small step


@require_POST
def steps(request: PersonRequest, id: UUID) -> HttpResponse:
    """`of` names what of it becomes a step; the same press again finds the one it made."""
    entry, name = setback(request, id), request.POST.get("of", "")
    if name not in Lesson.FORWARD or not hasattr(entry, "lesson"):
        raise Http404
    if entry.lesson.text_of(name):
        entry.lesson.take_step(name, timezone.now())
        messages.info(request, _("It is a small step now."))
    return htmx.see_other(reverse("journal:entries.entry", args=[entry.pk]))
