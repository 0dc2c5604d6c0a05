"""What Today asks about an old lesson."""

from typing import Any

from django import template

from journal.models import Sequel
from journal.today import Today

register = template.Library()


@register.inclusion_tag("journal/today/sequel.html", takes_context=True)
def did_anything_come(context: dict[str, Any], today: Today) -> dict[str, Any]:
    """Once about one lesson, after some months; never on a first page."""
    entry = None if today.is_first_page else Sequel.to_ask(today.user, today.now)
    return {"entry": entry, "csrf_token": context.get("csrf_token")}
