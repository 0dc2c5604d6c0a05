"""What other apps may hand in: proud things, a line. It adds and gives nothing back but how many were taken."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from accounts.days import local_date
from accounts.models import User
from journal import room
from journal.models import Entry, Unproven, Week


class Line(NamedTuple):
    """`id` was made by the form that the words came in."""

    id: UUID | None
    text: str


def add_proud(owner: User, lines: Iterable[Line], monday: date, now: datetime) -> int:
    """Adds each line to the proud things of the week that begins on `monday` (Week.name_proud); how many were new."""
    with room.anyway():
        return len(Week.name_proud(owner, monday, lines, now))


def add_win(owner: User, line: Line, day: date, now: datetime) -> int:
    """Adds something done to that day, or to today if that is earlier; 0 where the same id was kept before."""
    on = min(day, local_date(owner, now))
    words: dict[str, Any] = {"kind": Entry.Kind.WIN, "body": line.text, "local_date": on}
    with room.anyway():
        return int(Entry.keep(owner, now, id=line.id, **words).created_at == now)


def ask_first(owner: User, lines: Iterable[Line], monday: date, now: datetime) -> int:
    """Keeps lines aside, sealed, until their owner says that they are theirs (Unproven); how many were taken."""
    texts = [line.text for line in lines]
    return len(texts) if texts and Unproven.keep(owner, texts, monday, now) else 0
