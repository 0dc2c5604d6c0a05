"""The zone files that all times are told by: pinned, newer from time to time, and then reckoned by anew.

A pass that sees another edition than the noted one goes through all schedules in the order of their ids. It may be cut
off anywhere and goes on from where it was; two at once do the same work twice and to the same end. A row that somebody
changes meanwhile was reckoned by whoever changed it.
"""

import logging
import time
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from tzdata import IANA_VERSION

from reminders.models import Schedule, ZoneData
from reminders.models.schedule import ScheduleQuerySet

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
        # Who is silent has no next letter (Silence.end reckons it).
        some = Schedule.objects.filter(active=True, owner__silence=None).select_related("owner").order_by("pk")
        batch = list((some.filter(pk__gt=reached) if reached else some)[:BATCH])
        if not batch:
            return _note(noted.version, now)
        moved = _reckon(batch, now)
        reached = batch[-1].pk
        ZoneData.objects.filter(name=NAME, towards=IANA_VERSION).update(reached=reached, moved=F("moved") + moved)


def _reckon(batch: list[Schedule], now: datetime) -> int:
    """How many of them have another instant now."""
    fresh = {schedule.pk: _fresh(schedule, now) for schedule in batch}
    others = [schedule for schedule in batch if fresh[schedule.pk] != schedule.next_at]
    if not others:
        return 0
    free, moved = _move(others, fresh)
    held = [schedule for schedule in others if schedule.pk not in free]
    return moved + sum(_same(schedule).update(next_at=fresh[schedule.pk]) for schedule in held)


def _fresh(schedule: Schedule, now: datetime) -> datetime | None:
    """The same slot by the files of today. One that is due, or past its time, may be due only later by them."""
    return schedule.next_after(schedule.next_at - HALF_A_DAY if schedule.next_at else now)


@transaction.atomic
def _move(others: list[Schedule], fresh: dict[UUID, datetime | None]) -> tuple[set[UUID], int]:
    """Those that nobody else holds, and how many of them still were as they were read. Nobody is waited for here:
    who waits with something in hand can be waited for in turn."""
    rows = Schedule.objects.filter(pk__in=[schedule.pk for schedule in others])
    free = {row.pk: row for row in rows.select_for_update(skip_locked=True)}
    as_read = {schedule.pk: (schedule.version, schedule.next_at) for schedule in others}
    ours = [row for row in free.values() if (row.version, row.next_at) == as_read[row.pk]]
    for row in ours:
        row.next_at = fresh[row.pk]
    Schedule.objects.bulk_update(ours, ["next_at"])
    return set(free), len(ours)


def _same(schedule: Schedule) -> ScheduleQuerySet:
    """Its row, where that is as it was read."""
    return Schedule.objects.filter(pk=schedule.pk, version=schedule.version, next_at=schedule.next_at)


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
