from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.days import local_date
from accounts.requests import PersonRequest
from config import htmx
from journal.forms.decision import DecisionForm, NewDecisionForm
from journal.models import Entry
from journal.prompts.deciding import DECIDED, QUESTIONS
from journal.prompts.question import Question
from journal.views.said import say_what_went

NEW, PAGE = "journal/decisions/new.html", "journal/decisions/question.html"


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    if request.method != "POST":
        return htmx.page(request, NEW, {"form": NewDecisionForm(initial={"id": uuid4()})})
    form = NewDecisionForm(request.POST)
    if not form.is_valid():
        return htmx.page(request, NEW, {"form": form}, status=422)
    entry = form.keep(request.user, timezone.now())
    say_what_went(request, form)
    return htmx.see_other(_kept(entry) if request.POST.get("do") == "enough" else address(entry))


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest, id: UUID) -> HttpResponse:
    """The question that `step` names, or the first without an answer; POST writes what it sends."""
    entry, today = _own(request, id), local_date(request.user, timezone.now())
    question = _question(request.GET.get("step") or _answered(request) or _next(entry))
    form = DecisionForm(request.POST if request.method == "POST" else None, entry=entry, today=today, question=question)
    if not form.is_valid():
        context = {"entry": entry, "question": question, "form": form, "here": address(entry, question.name)}
        return htmx.page(request, PAGE, context, status=422 if form.is_bound else 200)
    form.write()
    say_what_went(request, form)
    return htmx.see_other(_onward(request.POST.get("do", ""), entry, question))


def _own(request: PersonRequest, id: UUID) -> Entry:
    decisions = Entry.objects.of(request.user).filter(kind=Entry.Kind.DECISION)
    found: Entry = get_object_or_404(decisions.select_related("decision", "revisit", "owner"), pk=id)
    return found


def _question(step: str) -> Question:
    if step not in QUESTIONS:
        raise Http404
    return QUESTIONS[step]


def _answered(request: PersonRequest) -> str:
    """What a post without a step answers: its words come back on that page where it is refused."""
    asked = (one.name for one in reversed(QUESTIONS.values()) if any(name in request.POST for name in one.fields))
    return next(asked, "")


def _next(entry: Entry) -> str:
    if not hasattr(entry, "decision"):
        return "options"
    blank = (one.name for one in QUESTIONS.values() if not getattr(entry.decision, one.fields[0]))
    return next(blank, DECIDED.name)


def _onward(did: str, entry: Entry, question: Question) -> str:
    step = {"back": question.before, "enough": ""}.get(did, question.after)
    return address(entry, step) if step else _kept(entry)


def address(entry: Entry, step: str = "") -> str:
    place = reverse("journal:entries.decision", args=[entry.pk])
    return f"{place}?step={step}" if step else place


def _kept(entry: Entry) -> str:
    return reverse("journal:entries.entry", args=[entry.pk])
