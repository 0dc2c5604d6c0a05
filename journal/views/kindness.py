from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from config import htmx
from journal import kind_words
from journal.models import NotForMe
from journal.today import Today

LINE = NotForMe.Practice.KINDNESS
PAGE = 30


@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """What somebody said to themselves, and whether Today asks for a line of it."""
    today = Today(request.user, timezone.now())
    shown = _shown(request.GET.get("shown", ""))
    own = [(one, one.when(today.date)) for one in kind_words.own(request.user, shown + 1)]
    refused = NotForMe.objects.of(request.user).filter(practice=LINE).exists()
    context = {"own": own[:shown], "more": shown + PAGE if len(own) > shown else None}
    context |= {"first_new": shown - PAGE + 1}
    context |= {"refused": refused, "asked": not refused and today.asks_to_yourself}
    return htmx.page(request, "journal/kind_words/index.html", context)


def _shown(asked: str) -> int:
    """As many as were asked for, in whole pages."""
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= 4 else PAGE
    return max(PAGE, number - number % PAGE)


@require_POST
def line(request: PersonRequest) -> HttpResponse:
    """`offered` = 1 lets Today have the line again; else it is left out."""
    offered = request.POST.get("offered") == "1"
    (NotForMe.withdraw if offered else NotForMe.say)(request.user, LINE)
    if htmx.wants_part(request) and not offered:
        return render(request, "journal/kind_words/line_off.html")
    return htmx.see_other(reverse("journal:today" if request.POST.get("back") == "today" else "journal:kind_words"))
