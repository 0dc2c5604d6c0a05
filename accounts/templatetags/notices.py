from datetime import date
from typing import Any

from django import template

from accounts import notices
from accounts.days import city, zone_of
from accounts.models import Closing, User

register = template.Library()


@register.inclusion_tag("accounts/notice.html", takes_context=True)
def notice_to_everybody(context: Any, user: User, today: date) -> dict[str, Any]:
    return {"notice": notices.stands(user, today), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("accounts/closing.html")
def place_closes(user: User, leads: bool = True) -> dict[str, Any]:
    """By the clock of whoever reads it, from the day that it was decided until there is nobody left to read it."""
    return {"closing": Closing.standing(), "zone": city(zone_of(user).key), "leads": leads}
