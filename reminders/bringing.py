"""What a person's own copy brings back of their letters (see settings.EXPORT_PARTS): days and times, and no yes."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from reminders.forms import LetterTimeField
from reminders.kinds import KINDS
from reminders.models import Discretion, Schedule


def take_in(user: User, now: datetime, noun: str, told: Mapping[str, Any]) -> bool:
    """Whether something of it is here now. A letter that has its day here keeps it; none is switched on: who brings a
    copy has said yes to pages, not to mail.
    """
    if noun == "discretions":
        Discretion.objects.get_or_create(owner=user, defaults={"at": now})
        return True
    return noun == "schedules" and _take_rule(user, now, told)


def _take_rule(user: User, now: datetime, told: Mapping[str, Any]) -> bool:
    kind, weekday, wall = told.get("kind"), told.get("weekday"), _wall(told.get("local_time"))
    if not isinstance(kind, str) or kind not in KINDS or wall is None:
        return False
    if Schedule.objects.of(user).filter(kind=kind).exists():
        return False
    rule: dict[str, Any] = {"local_time": wall}
    if KINDS[kind].weekday is not None:
        if type(weekday) is not int or weekday not in range(7):
            return False
        rule["weekday"] = weekday
    Schedule(owner=user, kind=kind).change(now, **rule)
    return True


def _wall(told: Any) -> time | None:
    """As the Letters page takes it: never in the night."""
    try:
        return LetterTimeField().clean(told) if isinstance(told, str) else None
    except ValidationError:
        return None
