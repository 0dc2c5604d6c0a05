from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import What, note
from accounts.models import User
from accounts.preferences import NameForm
from config import htmx


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return htmx.page(request, "accounts/name.html", {"name_form": NameForm.of(request.user)})
    form = NameForm(request.POST)
    if not form.is_valid():
        return htmx.page(request, "accounts/name.html", {"name_form": form}, status=422)
    form.keep(request.user)
    note(cast(User, request.user), What.NAME, request)
    said = _("Kept. Something that can’t be seen was taken out of it.") if form.stripped else _("Kept.")
    messages.success(request, said)
    return htmx.see_other(reverse("accounts:look"))
