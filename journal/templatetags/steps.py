"""What other pages show of steps."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import template

from accounts.models import User
from journal.forms.own_step import OwnStepForm
from journal.models import Step, Treat
from journal.small_step import SmallStep

register = template.Library()


@register.inclusion_tag("journal/steps/card.html")
def small_step(
    user: User,
    today: date,
    said: str = "",
    first_page: bool = False,
    settled: bool = False,
    treat: Treat | None = None,
    answered: Step | None = None,
) -> dict[str, Any]:
    """Today's card. `said` is what came of a step a moment ago, `answered`, `treat` what may be suggested after it."""
    card = SmallStep.of(user, today, first_page and not said, settled)
    form = OwnStepForm(owner=user, initial={"id": uuid4()}) if card.writes and not said else None
    told = {"said": said, "treat": treat, "answered": answered}
    return told | {"card": card, "step": card.step, "form": form, "part_id": uuid4()}


@register.inclusion_tag("journal/steps/like.html")
def what_was_it_like(step: Step, back: str) -> dict[str, Any]:
    """An experiment asks this and nothing else."""
    return {"step": step, "back": back, "note_id": uuid4()}
