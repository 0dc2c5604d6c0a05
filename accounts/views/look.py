from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import What, note
from accounts.models import User
from accounts.preferences import LookForm, NameForm
from config import htmx


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    form = LookForm(request.POST if request.method == "POST" else None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        if form.has_changed():
            note(cast(User, request.user), What.LOOK, request)
        messages.success(request, _("Kept."))
        return htmx.see_other(reverse("accounts:look"))
    context = {"form": form, "name_form": NameForm.of(request.user)}
    return htmx.page(request, "accounts/look.html", context, status=422 if form.errors else 200)
