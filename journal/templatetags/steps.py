"""What other pages show of steps."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import template

from accounts.models import User
from journal.facts import kept_count
from journal.models import Step

register = template.Library()
KEPT_FIRST = 5


@register.inclusion_tag("journal/milestones/small.html")
def small_step(user: User, today: date, said: str = "") -> dict[str, Any]:
    """One small step to take, if there is one; `said` is what came of the one before it.

    It shows itself once a few things are kept: few gestures at first.
    """
    waiting = Step.objects.of(user).waiting(today).select_related("milestone")[:5]
    step = next((one for one in waiting if not one.damaged), None)
    if step and not said and kept_count(user.pk, KEPT_FIRST) < KEPT_FIRST:
        step = None
    return {"step": step, "said": said, "part_id": uuid4()}
