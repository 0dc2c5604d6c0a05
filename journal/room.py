"""How much one journal may hold here (ONWARD_MOST_ENTRIES, ONWARD_MOST_MEGABYTES).

It is counted once an hour for each person and process, as it lies there: every text that is sealed, of whatever noun,
earlier wordings, drafts and what was taken back too. From there new entries are reckoned on, so keeping a line costs no
question. What is written beside entries counts from the next counting on; several processes may together let more in.
"""

import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db.models import Count, Sum, Value
from django.db.models.functions import Length

from accounts.limits import Full
from accounts.models import User
from accounts.prepared import prepared
from journal.models.owned import Owned

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
        _known.pop(owner.pk, None)
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
    found = _held(owner)
    entries = settings.ONWARD_MOST_ENTRIES - sum(number for number, _size in found)
    most = settings.ONWARD_MOST_MEGABYTES * 1024 * 1024
    room = Room(entries, most - sum(int(size or 0) for _number, size in found), time.monotonic() + AN_HOUR)
    _known.pop(owner.pk, None)
    _known[owner.pk] = room
    while len(_known) > MOST_KNOWN:
        _known.popitem(last=False)
    return room


@prepared
def _held(owner: User) -> Any:
    """(entries, bytes of sealed texts) of each noun, all in one question."""
    asked = []
    for model in apps.get_app_config("journal").get_models():
        fields = model.sealed_fields() if issubclass(model, Owned) else []
        if fields:
            size = sum((Length(one.attname) for one in fields[1:]), Length(fields[0].attname))
            number = Count("pk") if model._meta.model_name == "entry" else Value(0)
            rows = model._base_manager.filter(owner=owner).order_by().values("owner")
            asked.append(rows.annotate(number=number, size=Sum(size)).values_list("number", "size"))
    return asked
