"""Kind words that come back, on Today and on a heavy day."""

from datetime import date, datetime
from typing import Any

from django import template

from accounts.days import local_date
from accounts.models import User
from accounts.prepared import prepared
from journal import kindness
from journal.kindness import HeavyDay
from journal.models import Later
from journal.today import Today

register = template.Library()


@register.inclusion_tag("journal/today/own_words.html", takes_context=True)
def own_words(context: dict[str, Any], today: Today) -> dict[str, Any]:
    """One sentence of their own, once there is a thread."""
    one = kindness.back_on(today.user, today.date) if today.has_a_thread else None
    return {"one": one, "when": one.when(today.date) if one else "", "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("journal/today/later.html")
def letter_has_come(today: Today) -> dict[str, Any]:
    """A letter to later whose day has come, until it is opened."""
    due = [] if today.is_first_page else _due(today.user, today.date)
    return {"letter": next(iter(due), None)}


@prepared
def _due(user: User, today: date) -> Any:
    return Later.objects.of(user).due(today)[:1]


@register.simple_tag
def heavy_day(user: User, now: datetime) -> HeavyDay:
    return kindness.heavy_day(user, local_date(user, now))
