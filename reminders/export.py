"""What a person's own copy says of their letters (named in settings.EXPORT_PARTS)."""

from typing import Any

from accounts.models import User
from reminders.models import Offer, ReplyConsent, Schedule

# What would let a stranger stop letters, and what is only reckoned, stays here.
RULE = ("id", "kind", "weekday", "local_time", "active", "agreed_at", "paused_until")
ANSWER = ("kind", "answer", "at", "times")


def letters(user: User) -> dict[str, list[dict[str, Any]]]:
    """When they may come, what was said when they were offered, and whether a reply is an answer."""
    schedules = Schedule.objects.of(user).order_by("kind").values(*RULE)
    offers = Offer._default_manager.filter(owner=user).order_by("kind").values(*ANSWER)
    consents = ReplyConsent._default_manager.filter(owner=user).values("at")
    rows = {"schedules": schedules, "offers": offers, "reply_consents": consents}
    return {noun: [dict(row) for row in found] for noun, found in rows.items()}
