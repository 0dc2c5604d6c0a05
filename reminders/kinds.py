"""The kinds of letter, and the rule of each. At most one comes on a local day: the earlier in `KINDS` goes before."""

from dataclasses import dataclass
from datetime import time, timedelta

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEKLY, MONTH, YEAR, STEP, DAILY = "weekly", "month", "year", "step", "daily"


@dataclass(frozen=True)
class Kind:
    """`weekday` and `wall` are what is proposed; `monthday` stands. Later than `stale` a letter goes no more.

    Where its day is another letter’s, one that `waits` comes the day after; any other stays away.
    `life` is how long its link can write; without one the letter leads to pages behind the sign-in.
    """

    name: str
    wall: time
    stale: timedelta
    weekday: int | None = None
    monthday: int | None = None
    life: timedelta | None = None
    waits: bool = False


KINDS = {
    kind.name: kind
    for kind in (
        Kind(WEEKLY, time(18), 24 * HOUR, weekday=6, life=14 * DAY),
        Kind(MONTH, time(9), 24 * HOUR, monthday=1, waits=True),
        Kind(YEAR, time(9), 3 * HOUR),
        Kind(STEP, time(8), 3 * HOUR),
        Kind(DAILY, time(20, 30), 3 * HOUR, life=2 * DAY),
    )
}
ORDER = list(KINDS)
# Letters of the place, to everybody and whatever they have switched on: that it closes, once more a week before, and
# that it stays after all (reminders.circulars). They have no schedule, and take no other letter's day.
CLOSING, SOON, STAYING = "closing", "closing_soon", "staying"
OF_PLACE = (CLOSING, SOON, STAYING)
# Beside the weekly one, as the Letters page has them.
OTHERS = [DAILY, STEP, MONTH, YEAR]


def rank(name: str) -> int:
    """Which goes first of those that are due at the same moment."""
    return -1 if name in OF_PLACE else ORDER.index(name)


def before(name: str) -> list[str]:
    """The kinds that a letter of this kind gives way to."""
    return ORDER[: ORDER.index(name)]
