from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.requests import PersonRequest
from config import htmx
from journal.introductions import Line
from journal.models import NotForMe, Offering

LINE = "journal/offerings/line.html"


@require_POST
def refusal(request: PersonRequest, id: UUID) -> HttpResponse:
    """Not for me, for good; `refused` = 0 takes that back."""
    offering = get_object_or_404(Offering.objects.of(request.user), pk=id)
    taken_back = request.POST.get("refused") == "0"
    (NotForMe.withdraw if taken_back else NotForMe.say)(request.user, offering.practice)
    if not htmx.wants_part(request):
        return htmx.see_other(reverse("journal:today"))
    return render(request, LINE, {"line": Line(offering), "pressed": True})
