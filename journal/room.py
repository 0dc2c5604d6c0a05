"""How much one journal may hold here (ONWARD_MOST_ENTRIES, ONWARD_MOST_MEGABYTES).

It is counted once an hour for each person and process, and reckoned on from there: keeping a line costs no question.
Several processes may together let a few more in than that. Pages that were taken back count until they are gone.
"""

import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db.models import Count, Sum
from django.db.models.functions import Length

from accounts.limits import Full
from accounts.models import User

AN_HOUR = 3600.0
MOST_KNOWN = 10_000  # people, of whom a process remembers what is left
_anyway: ContextVar[bool] = ContextVar("anyway", default=False)


@dataclass
class Room:
    """What is left, and until when that is believed (by a monotonic clock)."""

    entries: int
    size: int  # bytes
    until: float

    @property
    def is_over(self) -> bool:
        return self.entries < 0 or self.size < 0


_known: OrderedDict[UUID, Room] = OrderedDict()


def take(owner: User, text: str) -> None:
    """Called where an entry has just been written, in the transaction that keeps it. Raises Full."""
    if _anyway.get():
        return
    room = _known.get(owner.pk)
    if room and room.until > time.monotonic():
        room.entries, room.size = room.entries - 1, room.size - len(text.encode(errors="replace"))
        if not room.is_over:
            return
    if _counted(owner).is_over:
        del _known[owner.pk]
        raise Full


def lacks(owner: User, entries: int) -> bool:
    """Whether so many more are too many."""
    return _counted(owner).entries < entries


@contextmanager
def anyway() -> Iterator[None]:
    """For what comes by a letter: it is little, limited by itself, and has no form to go back to."""
    token = _anyway.set(True)
    try:
        yield
    finally:
        _anyway.reset(token)


def _counted(owner: User) -> Room:
    rows = apps.get_model("journal", "Entry")._base_manager
    found = rows.filter(owner=owner).aggregate(number=Count("pk"), size=Sum(Length("body")))
    most = settings.ONWARD_MOST_MEGABYTES * 1024 * 1024
    room = Room(settings.ONWARD_MOST_ENTRIES - found["number"], most - (found["size"] or 0), time.monotonic() + AN_HOUR)
    _known[owner.pk] = room
    _known.move_to_end(owner.pk)
    while len(_known) > MOST_KNOWN:
        _known.popitem(last=False)
    return room
