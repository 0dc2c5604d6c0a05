from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.days import local_date
from accounts.requests import PersonRequest
from config import htmx
from journal import back_index, takeaways
from journal.forms.theme import ThemeForm
from journal.models import Theme
from journal.models.theme import Stale, Taken
from journal.theme_page import ThemePage
from journal.views.said import say_what_went

FURTHEST = 10_000


@require_safe
def lessons(request: PersonRequest) -> HttpResponse:
    """The index at the back, and what was taken away, `from` so many on."""
    skip = _skip(request.GET.get("from", "0"))
    taken, more = takeaways.taken(request.user, skip)
    context: dict[str, Any] = {"taken": taken, "later": skip, "today": local_date(request.user, timezone.now())}
    context |= {"earlier": skip + takeaways.MOST if more else None}
    return htmx.page(request, "journal/themes/index.html", context | {"lines": back_index.lines(request.user)})


def _skip(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and int(text) <= FURTHEST):
        raise Http404
    return int(text)


@require_http_methods(["GET", "HEAD", "POST"])
def theme(request: PersonRequest, id: UUID) -> HttpResponse:
    found: Theme = get_object_or_404(Theme.objects.of(request.user).select_related("owner"), pk=id)
    if request.method == "POST":
        return _rename(request, found)
    return _page(request, found, ThemeForm(theme=found))


def _page(request: PersonRequest, found: Theme, form: ThemeForm, status: int = 200, **more: Any) -> HttpResponse:
    page = ThemePage(request.user, found, local_date(request.user, timezone.now()))
    context = {"theme": found, "page": page, "form": form} | more
    return htmx.page(request, "journal/themes/theme.html", context, status=status)


def _rename(request: PersonRequest, found: Theme) -> HttpResponse:
    form = ThemeForm(request.POST, theme=found)
    if found.damaged or not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        now = form.rename()
    except Taken as taken:
        return _page(request, found, form, status=422, other=taken.theme)
    except Stale:
        fresh = Theme.objects.of(request.user).get(pk=found.pk)
        return _page(request, fresh, form, status=409, stale=True)
    say_what_went(request, form)
    return htmx.see_other(reverse("journal:themes.theme", args=[now.pk]))
