from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import PersonRequest
from config import htmx
from reminders.letterbox import Letterbox
from reminders.models import Silence
from reminders.views.letters import shown


@require_POST
def silence(request: PersonRequest) -> HttpResponse:
    """Ends it: letters that were agreed to come again. Where a mailbox did not want them, no press brings them back."""
    box = Letterbox(request.user, timezone.now())
    if box.silence and box.silence.why == Silence.Why.UNWANTED:
        return shown(request, box, status=409)
    if box.silence:
        Silence.end(request.user, box.now)
    messages.success(request, _("Letters come again."))
    return htmx.see_other(reverse("reminders:letters"))
