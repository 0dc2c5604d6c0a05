"""What a person's own copy says of their letters (named in settings.EXPORT_PARTS)."""

from typing import Any

from accounts.models import User
from reminders.models import Schedule

# What lets a stranger stop letters, and what is only reckoned, stays here.
TOLD = ("id", "kind", "weekday", "local_time", "active", "agreed_at", "paused_until")


def schedules(user: User) -> dict[str, list[dict[str, Any]]]:
    return {"schedules": [{name: getattr(one, name) for name in TOLD} for one in Schedule.objects.of(user)]}
