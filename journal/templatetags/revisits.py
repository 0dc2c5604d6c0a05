"""What lies beside a doubt or a decision, and what waits for its day."""

from datetime import date
from typing import Any

from django import template

from accounts.models import User
from accounts.prepared import prepared
from journal.models import Entry, Evidence, Revisit
from journal.prompts import revisiting

register = template.Library()


@register.inclusion_tag("journal/revisits/line.html")
def asked_today(user: User, today: date) -> dict[str, Any]:
    """One question at most, until it is answered or put away."""
    revisit = next((one for one in _due(user, today) if not one.entry.damaged), None)
    return {"revisit": revisit, "question": revisiting.ASKED.get(revisit.entry.kind) if revisit else ""}


@prepared
def _due(user: User, today: date) -> Any:
    return Revisit.objects.due(user, today).select_related("entry")[:5]


@register.inclusion_tag("journal/doubts/beside.html")
def lies_beside(entry: Entry) -> dict[str, Any]:
    """On the page of a doubt or a decision: what was pinned there, and when it is asked about."""
    pinned = list(Evidence.beside(entry)) if entry.kind == Entry.Kind.DOUBT else []
    return {"entry": entry, "evidence": pinned, "question": revisiting.ASKED.get(Entry.Kind(entry.kind))}
