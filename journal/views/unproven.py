from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from config import htmx
from journal.forms.acceptance import AcceptanceForm
from journal.models import Unproven
from journal.taken_back import JUST


@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """Was this you? What came in this person's name, the newest first."""
    waiting = Unproven.objects.of(request.user).waiting().order_by("-created_at", "pk")
    gone = list(Unproven.objects.of(request.user).let_go())
    just = [reply for reply in gone if reply.removal.at > timezone.now() - JUST]
    context = {"replies": waiting, "gone": [reply for reply in gone if reply not in just], "just": just}
    return htmx.page(request, "journal/unproven/index.html", context)


@require_POST
def acceptance(request: PersonRequest, id: UUID) -> HttpResponse:
    """`accepted` = 1: they are proud things now; 0: let go."""
    reply = get_object_or_404(Unproven.objects.of(request.user), pk=id)
    form = AcceptanceForm(request.POST)
    if not form.is_valid():
        return render(request, "errors/400.html", status=422)
    if form.cleaned_data["accepted"] == "1":
        reply.accept()
        messages.success(request, _("Kept."))
    else:
        reply.let_go(timezone.now())
    return htmx.see_other(reverse("journal:unproven"))


@require_POST
def restoration(request: PersonRequest, id: UUID) -> HttpResponse:
    """It waits again to be answered."""
    get_object_or_404(Unproven.objects.of(request.user), pk=id).wait_again()
    return htmx.see_other(reverse("journal:unproven"))
