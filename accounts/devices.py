"""Where a person's book is open: each sign-in by the name of its browser and machine, never by its address."""

import re
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.http import HttpRequest
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


@dataclass(frozen=True)
class Device:
    id: int
    name: str
    seen_at: datetime
    here: bool


def devices(request: HttpRequest) -> list[Device]:
    """This one first, then the others by when they were last seen."""
    sessions = UserSession.objects.purge_and_list(request.user)
    found = [Device(one.pk, named(one.user_agent), one.last_seen_at, one.is_current()) for one in sessions]
    return sorted(found, key=lambda device: (not device.here, -device.seen_at.timestamp()))


def named(user_agent: str) -> str:
    browser, machine = _first(BROWSERS, user_agent), _first(MACHINES, user_agent)
    if browser and machine:
        return _("%(browser)s on %(machine)s") % {"browser": browser, "machine": machine}
    return browser or machine or _("A browser")


def _first(kinds: dict[str, str], user_agent: str) -> str:
    return next((name for name, pattern in kinds.items() if re.search(pattern, user_agent)), "")
