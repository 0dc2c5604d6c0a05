"""A draft of every form in which a person writes, without a line of it in any view.

On its way out, each such form gets a hidden field that says which it is (journal.models.draft.Mark), and what was
written into it and not kept stands in it again. On its way in, a form that was kept takes its draft with it; one that
could not be taken becomes a draft. While somebody types, static/js/drafts.js sends it to journal.views.drafts.
"""

import logging
from collections.abc import Callable
from typing import cast

from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone

from accounts.models import User
from config import htmx
from config.typed import fields_of, says_something
from journal import forms_of_pages as pages
from journal.models.draft import Draft, Full, Mark, is_page

log = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponseBase]
# A form that may be taken another time; of others nobody knows whose words they are, or they were read by nobody.
NOT_TAKEN = {409, 422, 429, 500, 503}
# Where the loser of two tabs is sealed beside the entry at once (journal.models.revision): no draft is left of it.
SEALED_BESIDE = {"journal:entries.entry", "journal:entries.lesson"}


def drafts(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not request.user.is_authenticated:
            return response
        mark = _posted(request, response) if request.method == "POST" else None
        if mark:
            mark = _settled(request, response, mark)
        if _is_page(response):
            _offer(request, cast(HttpResponse, response), mark)
        return response

    return middleware


# On its way in


def _posted(request: HttpRequest, response: HttpResponseBase) -> Mark | None:
    """A form with a mark that was kept where it belongs, or could not be taken. What answers a button of another
    address has not kept it.
    """
    if response.status_code >= 400 and response.status_code not in NOT_TAKEN:
        return None
    mark = Mark.read(request.POST.get("draft", ""))
    return mark if mark and request.path == mark.action else None


def _settled(request: HttpRequest, response: HttpResponseBase, mark: Mark) -> Mark | None:
    """The draft that stands for it from now on; None where it was kept."""
    person, fields = cast(User, request.user), fields_of(request.POST)
    fields = [(name, value) for name, value in fields if name != "draft"]
    try:
        if response.status_code < 400 or _is_beside(request, response):
            Draft.settle(person, mark.id, fields)
            return None
        if response.status_code == 422 and not says_something(fields):
            return mark  # an empty form was refused, and the answer shows it
        return Draft.keep(person, mark, fields, timezone.now()).mark
    except (Full, DatabaseError) as error:
        log.warning("A draft could not be written: %s.", type(error).__name__)
        return mark


def _is_beside(request: HttpRequest, response: HttpResponseBase) -> bool:
    name = request.resolver_match.view_name if request.resolver_match else ""
    return response.status_code == 409 and name in SEALED_BESIDE


# On its way out


def _is_page(response: HttpResponseBase) -> bool:
    html = response.headers.get("Content-Type", "").startswith("text/html")
    return html and not response.streaming and response.status_code in (200, 409, 422)


def _offer(request: HttpRequest, response: HttpResponse, mark: Mark | None) -> None:
    place = mark.place if mark else (htmx.wants_part(request) and htmx.place(request)) or request.path
    html = response.content.decode()
    forms = pages.written(html) if is_page(place) else []
    if not forms:
        return
    waiting = _waiting(cast(User, request.user), place)
    for form in reversed(forms):
        html = form.put_into(html, _inside(request, form, place, mark, waiting))
    script = f'<template><script src="{static("js/drafts.js")}"></script></template>\n'
    response.content = html.replace("</head>", f"{script}</head>", 1)


def _waiting(person: User, place: str) -> list[Draft]:
    """What may be offered on this page, the latest first. One cheap look, and only where there may be something."""
    if not person.has_drafts:
        return []
    return list(Draft.objects.of(person).filter(place=place).newest_first())


def _is_asked_for(request: HttpRequest, draft: Draft) -> bool:
    """Not what was begun as something else than a link asks for, such as a win where it is something hard."""
    return all(request.GET.get(name, value) == value for name, value in draft.fields if value)


def _inside(
    request: HttpRequest, form: pages.Written, place: str, mark: Mark | None, waiting: list[Draft]
) -> pages.Inside:
    """What a form is given: the draft that was just written of it, or the latest that waits for it, or none."""
    if mark and (mark.form, mark.action) == (form.name, form.action):
        return pages.Inside(render_to_string("journal/drafts/mark.html", {"mark": mark}))
    if request.method == "POST" and form.action == request.path:
        # It was sent a moment ago: what stands in it is that, or nothing, and never something older.
        return pages.Inside(render_to_string("journal/drafts/mark.html", {"mark": form.fresh(place)}))
    mine = [draft for draft in waiting if (draft.form, draft.action) == (form.name, form.action)]
    draft = next((one for one in mine[:1] if not one.damaged and _is_asked_for(request, one)), None)
    others = [one for one in mine if one is not draft]
    context = {"draft": draft, "others": others, "mark": draft.mark if draft else form.fresh(place)}
    head = render_to_string("journal/drafts/mark.html", context)
    if draft is None:
        return pages.Inside(head)
    tail = render_to_string("journal/drafts/away.html", context, request)
    return pages.Inside(head, tail, draft.fields)
