"""The zone files that all times are told by: pinned, newer from time to time, and then reckoned by anew.

A pass that sees another edition than the noted one goes through all schedules in the order of their ids. It may be cut
off anywhere and goes on from where it was; two at once do the same work twice and to the same end. No lock is held, so
nobody waits: a row that somebody changes meanwhile was reckoned by whoever changed it.
"""

import logging
import time
from datetime import date, datetime, timedelta

from django.db.models import F
from tzdata import IANA_VERSION

from reminders.models import Schedule, ZoneData

NAME = "tzdata"
BATCH = 500
LONGEST = 10.0  # seconds of a pass; letters come after it
OLD = timedelta(days=180)
# Countries do not move their clocks by as much, and two slots of a schedule are further apart.
HALF_A_DAY = timedelta(hours=12)
# The package says of itself only year and letter, its files are as old as their installation. This is the day on which
# it was published; of an edition that does not stand here we know the last day that it can be: the end of its year.
PUBLISHED = {"2026f": date(2026, 10, 28)}

log = logging.getLogger(__name__)


def tick(now: datetime) -> None:
    """Nothing, but for the one question, while the edition is the noted one."""
    noted = ZoneData.objects.filter(name=NAME).first()
    if noted is None:
        noted, _ = ZoneData.objects.get_or_create(name=NAME, defaults={"at": now})
    if noted.version != IANA_VERSION:
        _take_up(noted, now)


def _take_up(noted: ZoneData, now: datetime) -> None:
    until = time.monotonic() + LONGEST
    reached = noted.reached
    if noted.towards != IANA_VERSION:
        begins = ZoneData.objects.filter(name=NAME).exclude(version=IANA_VERSION).exclude(towards=IANA_VERSION)
        begins.update(towards=IANA_VERSION, reached=None, moved=0)
        reached = None
    while time.monotonic() < until:
        some = Schedule.objects.filter(active=True).select_related("owner").order_by("pk")
        batch = list((some.filter(pk__gt=reached) if reached else some)[:BATCH])
        if not batch:
            return _note(noted.version, now)
        moved = sum(_reckon(schedule, now) for schedule in batch)
        reached = batch[-1].pk
        ZoneData.objects.filter(name=NAME, towards=IANA_VERSION).update(reached=reached, moved=F("moved") + moved)


def _reckon(schedule: Schedule, now: datetime) -> int:
    """1 where the same slot has another instant now. Who is due, or was past its time, is due by the new files too."""
    fresh = schedule.next_after(schedule.next_at - HALF_A_DAY if schedule.next_at else now)
    if fresh == schedule.next_at:
        return 0
    same = Schedule.objects.filter(pk=schedule.pk, version=schedule.version, next_at=schedule.next_at)
    return same.update(next_at=fresh)


def _note(was: str, now: datetime) -> None:
    """Once, whoever comes to the end first."""
    done = ZoneData.objects.filter(name=NAME, towards=IANA_VERSION)
    if done.update(version=IANA_VERSION, at=now, towards="", reached=None):
        moved = ZoneData.objects.values_list("moved", flat=True).get(name=NAME)
        said = {"version": IANA_VERSION, "was": was or "none", "moved": moved}
        log.info("The letters go by other zone files now.", extra={"said": said})


# Age


def published() -> date:
    return PUBLISHED.get(IANA_VERSION, date(int(IANA_VERSION[:4]), 12, 31))


def too_old(today: date) -> str:
    """A sentence where the zone files are half a year old; a country may have changed its clocks since."""
    if today - published() <= OLD:
        return ""
    return f"The zone files (tzdata {IANA_VERSION}) are more than {OLD.days} days old: there may be newer ones."


def warn_if_old(today: date) -> None:
    if words := too_old(today):
        log.warning(words)
