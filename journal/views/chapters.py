from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.days import local_date
from accounts.requests import PersonRequest
from config import htmx
from journal.chapter import ThatTime
from journal.forms.sheet import ChapterForm
from journal.models.chapter import Span
from journal.models.entry import Stale
from journal.views.said import say_kept

PAGE = "journal/chapters/chapter.html"
NAMES = {Span.MONTH: "journal:months.month", Span.YEAR: "journal:years.year"}


@require_safe
def months(request: PersonRequest) -> HttpResponse:
    return _to_this_one(request, Span.MONTH)


@require_safe
def years(request: PersonRequest) -> HttpResponse:
    return _to_this_one(request, Span.YEAR)


def _to_this_one(request: PersonRequest, span: Span) -> HttpResponse:
    name = span.name_of(local_date(request.user, timezone.now()))
    return redirect(reverse(NAMES[span], args=[name]))


@require_http_methods(["GET", "HEAD", "POST"])
def month(request: PersonRequest, name: str) -> HttpResponse:
    return _page(request, Span.MONTH, name)


@require_http_methods(["GET", "HEAD", "POST"])
def year(request: PersonRequest, name: str) -> HttpResponse:
    return _page(request, Span.YEAR, name)


def _page(request: PersonRequest, span: Span, name: str) -> HttpResponse:
    that = _that(request, span, name)
    if request.method == "POST":
        return _write(request, that)
    return htmx.page(request, PAGE, _shown(that))


def _that(request: PersonRequest, span: Span, name: str) -> ThatTime:
    """A month or a year that has begun, or 404."""
    today = local_date(request.user, timezone.now())
    try:
        first = span.named(name)
    except ValueError:
        raise Http404 from None
    if first > today:
        raise Http404
    return ThatTime(request.user, span, first, today)


def _shown(that: ThatTime, form: ChapterForm | None = None, stale: bool = False) -> dict[str, Any]:
    clean = form or ChapterForm(sheet=that.chapter, called=str(that.asked))
    return {"that": that, "form": clean, "stale": stale, "here": address(that), "today": that.today}


def address(that: ThatTime) -> str:
    return reverse(NAMES[that.span], args=[that.name])


def _write(request: PersonRequest, that: ThatTime) -> HttpResponse:
    form = ChapterForm(request.POST, sheet=that.chapter, called=str(that.asked))
    if not form.is_valid():
        return htmx.page(request, PAGE, _shown(that, form), status=422)
    try:
        form.keep(request.user, that.first, that.span)
    except Stale:
        return htmx.page(request, PAGE, _shown(that, form, stale=True), status=409)
    say_kept(request, form)
    return htmx.see_other(address(that))
