"""Which question comes: by person and day, and none twice before all were seen. Pure: what was seen is passed in."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from journal.dealt import dealt

Seen = Mapping[str, tuple[datetime, date]]


def another(names: Iterable[str], person: UUID, seen: Seen, declined: Collection[str]) -> str | None:
    """One that was not seen yet; where all were, the one seen longest ago. None where each was put away."""
    left = [name for name in dealt(names, by=person) if name not in declined]
    unseen = [name for name in left if name not in seen]
    return unseen[0] if unseen else min(left, key=lambda name: seen[name][0], default=None)


def of_the_day(names: Iterable[str], person: UUID, today: date, seen: Seen, declined: Collection[str]) -> str | None:
    """The one that was shown last on this day, or another one."""
    names = list(names)
    shown = [name for name in names if name in seen and name not in declined and seen[name][1] == today]
    return max(shown, key=lambda name: seen[name][0]) if shown else another(names, person, seen, declined)
