"""A device that seems to be in another zone: asked about once, whatever the answer."""

from datetime import datetime

from django.db import transaction

from accounts.days import canonical, is_zone, same_clock, zones
from accounts.models import User
from reminders.models import Schedule, ZoneNotice


def is_asked_about(user: User, zone: str, now: datetime) -> bool:
    """Never while the person's own is unknown, and not where the walls of both show the same.

    UTC is no place: browsers that hide where they are say so.
    """
    if not is_zone(user.time_zone) or zone not in zones() or zone == "UTC" or same_clock(zone, user.time_zone, now):
        return False
    answered = ZoneNotice.objects.filter(owner=user).values_list("zone", flat=True)
    return canonical(zone) not in {canonical(one) for one in answered}


@transaction.atomic
def answer(user: User, zone: str, moves: bool, now: datetime) -> None:
    if moves:
        Schedule.objects.move(user, zone, now)
    ZoneNotice.objects.get_or_create(owner=user, zone=zone, defaults={"at": now})
