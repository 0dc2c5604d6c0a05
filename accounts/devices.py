"""Where a person's book is open: each sign-in by the name of its browser and machine, never by its address."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

# The first that is found speaks: many browsers also name those that they are built from.
BROWSERS = {
    "Firefox": "Firefox|FxiOS",
    "Edge": "Edg(e|A|iOS)?/",
    "Opera": "OPR/",
    "Chrome": "Chrome|CriOS",
    "Safari": "Safari",
}
MACHINES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac": "Macintosh",
    "Chromebook": "CrOS",
    "Linux": "Linux|X11",
}

BATCH, MOST = 1000, 20  # batches a pass; the next pass goes on
NO_ADDRESS = "0.0.0.0"  # noqa: S104  (allauth's column takes no nothing)


@dataclass(frozen=True)
class Device:
    id: int
    name: str
    since: datetime
    seen_at: datetime
    here: bool


def devices(request: HttpRequest) -> list[Device]:
    """This one first, then the others by when they were last seen."""
    sessions = UserSession.objects.purge_and_list(request.user)
    found = [
        Device(one.pk, called(*seen(one.user_agent)), one.created_at, one.last_seen_at, one.is_current())
        for one in sessions
    ]
    return sorted(found, key=lambda device: (not device.here, -device.seen_at.timestamp()))


def seen(user_agent: str) -> tuple[str, str]:
    """Browser and machine, each "" where the name does not say."""
    return _first(BROWSERS, user_agent), _first(MACHINES, user_agent)


def called(browser: str, machine: str) -> str:
    if browser and machine:
        return _("%(browser)s on %(machine)s") % {"browser": browser, "machine": machine}
    return browser or machine or _("A browser")


def _first(kinds: dict[str, str], user_agent: str) -> str:
    return next((name for name, pattern in kinds.items() if re.search(pattern, user_agent)), "")


def tick(now: datetime) -> None:
    """Of a sign-in that is over nothing is kept, the name of its browser included. The web lives by the real clock, so
    a pass that was told a later one signs nobody out.
    """
    by = min(now, timezone.now())
    going_on = Session.objects.filter(pk=OuterRef("session_key"), expire_date__gte=by)
    for ended in (Session.objects.filter(expire_date__lt=by), UserSession.objects.exclude(Exists(going_on))):
        for _number in range(MOST):
            over = list(ended.values_list("pk", flat=True)[:BATCH])
            ended.filter(pk__in=over).delete()
            if len(over) < BATCH:
                break


@receiver(pre_save, sender=UserSession)
def forget_address(instance: UserSession, **kwargs: Any) -> None:
    """allauth keeps the network address of each sign-in; here it reaches no table."""
    instance.ip = NO_ADDRESS
