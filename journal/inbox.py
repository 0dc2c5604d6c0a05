"""What other apps may hand in: proud things. It adds and gives nothing back but how many were taken."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from accounts.models import User
from journal.models import Unproven, Week


class Line(NamedTuple):
    """`id` was made by the form that the words came in."""

    id: UUID | None
    text: str


def add_proud(owner: User, lines: Iterable[Line], monday: date, now: datetime) -> int:
    """Adds each line to the proud things of the week that begins on `monday` (Week.name_proud); how many were new."""
    return len(Week.name_proud(owner, monday, lines, now))


def ask_first(owner: User, lines: Iterable[Line], monday: date, now: datetime) -> int:
    """Keeps lines aside, sealed, until their owner says that they are theirs (Unproven); how many were taken."""
    texts = [line.text for line in lines]
    return len(texts) if texts and Unproven.keep(owner, texts, monday, now) else 0
