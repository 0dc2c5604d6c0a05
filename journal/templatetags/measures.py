"""What other pages show of measures."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import template

from accounts.models import User
from accounts.prepared import prepared
from journal.forms.measure import taps
from journal.models import Measure

register = template.Library()


@register.inclusion_tag("journal/measures/today.html")
def to_notice(user: User, today: date, said: str = "") -> dict[str, Any]:
    """The measures that are kept on Today, each with its taps or with what was kept; one query."""
    return {"noticed": [(measure, taps(measure.kind), uuid4()) for measure in _pinned(user, today)], "said": said}


@prepared
def _pinned(user: User, today: date) -> Any:
    return Measure.objects.of(user).pinned().with_reading_of(today)
