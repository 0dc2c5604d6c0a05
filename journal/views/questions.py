from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import PersonRequest
from config import htmx
from journal.asking import Asked, Questions, put_away
from journal.models import Declined
from journal.prompts.questions import ALL
from journal.views import doubts, lessons, today, weeks

# The page that a question is asked on: it shows itself again, with what was typed still in it.
PLACES: dict[str, Callable[[PersonRequest, Asked], HttpResponse]] = {
    "today": today.asked,
    "doubt": doubts.asked,
    "happened": lessons.asked,
    "friend": lessons.asked,
    "lesson": lessons.asked,
    "proud": weeks.asked,
    "takeaway": weeks.asked,
}
ON_TODAY = ("win", "setback", "note")


@require_POST
def ask(request: PersonRequest, place: str) -> HttpResponse:
    """Nothing comes: a question beside what is being written, another one, or never this one."""
    if place not in PLACES:
        raise Http404
    asked = _asked(request, Questions(request.user, _about(request, place), timezone.now()))
    if not htmx.wants_part(request):
        return PLACES[place](request, asked)
    pressed = {"another", "never"} & request.POST.keys()
    return render(request, "journal/questions/asked.html", {"place": place, "asked": asked, "just_asked": not pressed})


def _about(request: PersonRequest, place: str) -> str:
    if place == "happened":
        return "setback"
    if place != "today":
        return place
    kind = request.POST.get("kind", "")
    return kind if kind in ON_TODAY else ON_TODAY[0]


def _asked(request: PersonRequest, questions: Questions) -> Asked:
    never, back = request.POST.get("never", ""), request.POST.get("back", "")
    if never in ALL:
        return questions.never(never)
    if back in ALL:
        return questions.back(back)
    return questions.another() if "another" in request.POST else questions.of_the_day()


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: PersonRequest) -> HttpResponse:
    """The questions that were put away; POST lets one come again."""
    if request.method == "POST":
        Declined.withdraw(request.user, request.POST.get("back", ""))
        return htmx.see_other(reverse("journal:questions"))
    return htmx.page(request, "journal/questions/index.html", {"put_away": put_away(request.user)})
