"""What a person's own copy says of their letters (named in settings.EXPORT_PARTS)."""

from typing import Any

from accounts.models import User
from reminders.models import Discretion, Offer, ReplyConsent, Schedule, ZoneNotice

# What would let a stranger stop letters, and what is only reckoned, stays here.
RULE = ("id", "kind", "weekday", "local_time", "active", "agreed_at", "paused_until")
ANSWER = ("kind", "answer", "at", "times")


def letters(user: User) -> dict[str, list[dict[str, Any]]]:
    """When they may come, what was said when they were offered, and how they are to be."""
    nouns = {
        "schedules": Schedule.objects.of(user).order_by("kind").values(*RULE),
        "offers": Offer._default_manager.filter(owner=user).order_by("kind").values(*ANSWER),
        "reply_consents": ReplyConsent._default_manager.filter(owner=user).values("at"),
        "discretions": Discretion.objects.filter(owner=user).values("at"),
        "zone_notices": ZoneNotice.objects.filter(owner=user).order_by("zone").values("zone", "at"),
    }
    return {noun: [dict(row) for row in found] for noun, found in nouns.items()}
