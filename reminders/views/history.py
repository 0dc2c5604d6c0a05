from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from config import htmx
from reminders.history import History
from reminders.letterbox import Letterbox


@require_safe
def page(request: PersonRequest) -> HttpResponse:
    """What became of each letter, and which come next."""
    history = History(Letterbox(request.user, timezone.now()))
    return htmx.page(request, "reminders/letters/history.html", {"history": history, "box": history.box})
