"""What the clock does, and workers that stand still while it goes on."""

import signal
import time
from datetime import UTC, datetime, timedelta

from scripts.children import Child
from tests.faults.figures import Figures, reckoned
from tests.faults.place import Place, ended, wait_for
from tests.reminders.mailserver import serving

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ZONE = "Europe/Lisbon"
DUE = datetime(2026, 11, 22, 18, tzinfo=UTC)
# A year later to the weekday, so that one more letter is due there.
YEAR = 364 * DAY
TURNS = [-HOUR, HOUR, -DAY, DAY, YEAR, -YEAR]
LEASE = timedelta(minutes=2)


def turned(place: Place, people: int) -> Figures:
    """Clocks an hour, a day and a year wrong, at once with a right one and one after the other, forth and back."""
    names = place.inside("crowd", people=people, due=DUE, zone=ZONE)
    with serving() as mail:
        workers = [place.tick(DUE + wrong, mail) for wrong in (-HOUR, timedelta(0), HOUR)]
        for worker in workers:
            ended(worker)
        instants = [DUE + wrong + step for wrong in TURNS for step in (timedelta(0), 3 * MINUTE, -wrong)]
        place.inside("passes", mail, instants=instants)
        found = place.inside("finish", mail, now=DUE + YEAR + 10 * MINUTE)
    tried = len(workers) + len(instants)
    return reckoned("clock ±1 h, ±1 day, ±1 year", place.engine, tried, names, found, [mail])


def stopped(place: Place, people: int, real: bool) -> Figures:
    """SIGSTOP of a worker with a letter in hand, past its lease; another sends the rest; then SIGCONT.

    `real` waits until the lease is over by the stopped worker's own clock, too. Without, the other's clock is ahead:
    then it is the claim alone that stands between the first one's letters and a second one of each.
    """
    names = place.inside("crowd", people=people, due=DUE, zone=ZONE)
    with serving() as mail:
        sleeper: list[Child] = []
        mail.meanwhile = lambda letter: len(mail.mails) == 2 and halted(sleeper[0])
        sleeper.append(place.tick(DUE, mail))
        wait_for(lambda: len(mail.mails) == 3)
        if real:
            time.sleep(LEASE.total_seconds() + 5)
        place.inside("passes", mail, instants=[DUE + LEASE + step for step in (5 * MINUTE / 60, 15 * MINUTE)])
        sleeper[0].process.send_signal(signal.SIGCONT)
        ended(sleeper[0])
        found = place.inside("finish", mail, now=DUE + HOUR / 2)
    tried = f"SIGSTOP past the lease{', by its own clock' if real else ''}"
    return reckoned(tried, place.engine, 1, names, found, [mail], may_lose=1)


def halted(child: Child) -> None:
    """With a letter in hand no transaction is open, so that nobody waits for the one who stands still."""
    child.process.send_signal(signal.SIGSTOP)
