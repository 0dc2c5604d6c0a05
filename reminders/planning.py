"""Plan: a row for the newest due slot of each schedule; older slots get none. Set by set, never row by row.

Whoever has the same rule in the same zone has the same slot: it is reckoned once, and the database copies the rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, time
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from accounts.models import User
from reminders import clock, quiet, tally
from reminders.clock import Slot
from reminders.kinds import KINDS
from reminders.models import Delivery, Schedule

BATCH = 2000
NEW_ID = {"postgresql": "gen_random_uuid()", "sqlite": "lower(hex(randomblob(16)))"}
COPIED = {"owner_id": "owner_id", "kind": "kind", "schedule_version": "version"}


class Rule(NamedTuple):
    kind: str
    weekday: int | None
    wall: time
    zone: str


class Times(NamedTuple):
    """None where the zone is known no more."""

    newest: Slot | None
    next_at: datetime | None


Fate = tuple[tuple[str, Any], ...]
Reckon = Callable[[Rule], Times]


def plan(now: datetime, goes_on: Callable[[], bool] = lambda: True) -> int:
    """As long as it `goes_on`; the rest is for the next pass. Returns how many schedules were due."""
    reckon, planned = lru_cache(maxsize=1000)(lambda rule: _times(rule, now)), 0
    while goes_on() and (due := _plan_some(now, reckon)):
        planned += due
    return planned


def _times(rule: Rule, now: datetime) -> Times:
    zone = clock.zone_named(rule.zone)
    if zone is None:
        return Times(None, None)
    at = clock.Rule(rule.wall, rule.weekday, KINDS[rule.kind].monthday)
    return Times(clock.newest_due(at, now, zone), clock.next_due(at, now, zone).due_at)


@transaction.atomic
def _plan_some(now: datetime, reckon: Reckon) -> int:
    """The row and the next instant are one: without the other, neither stands. Other planners pass by."""
    free = Schedule.objects.due(now).order_by("next_at").select_for_update(skip_locked=True)
    zone = Subquery(User.objects.filter(pk=OuterRef("owner_id")).values("time_zone"))
    due = free.values_list("pk", "unanswered", "kind", "weekday", "local_time", zone)[:BATCH]
    alike: dict[tuple[Times, Fate], list[UUID]] = defaultdict(list)
    rows = [(id, unanswered, reckon(Rule(*rule))) for id, unanswered, *rule in due]
    fates = _fates({id: times.newest for id, unanswered, times in rows if unanswered >= quiet.THREE})
    for id, _, times in rows:
        alike[times, fates.get(id, ())].append(id)
    for (times, fate), ids in alike.items():
        if times.newest:
            _copy(ids, times.newest, fate)
    _go_on(alike)
    return len(rows)


def _fates(slots: dict[UUID, Slot | None]) -> dict[UUID, Fate]:
    """Of those that may have been left unanswered three times."""
    if not slots:
        return {}
    schedules = list(Schedule.objects.filter(pk__in=list(slots)))
    quiet.look(schedules)
    weekly = quiet.with_weekly(schedules)
    for unanswered in {schedule.unanswered for schedule in schedules}:
        these = [schedule.pk for schedule in schedules if schedule.unanswered == unanswered]
        Schedule.objects.filter(pk__in=these).update(unanswered=unanswered)
    return {
        one.pk: tuple(quiet.fate(one, slot, one.owner_id in weekly).items())
        for one in schedules
        if (slot := slots[one.pk])
    }


def _copy(ids: Iterable[UUID], slot: Slot, fate: Fate) -> None:
    """A delivery from each schedule, but for those whose last change was later than the slot."""
    fresh = {"slot": slot.day, "due_at": slot.due_at, "not_before": slot.due_at} | dict(fate)
    into, values, given = list[str](), list[str](), list[Any]()
    for field in Delivery._meta.concrete_fields:
        into.append(str(field.column))
        if field.primary_key:
            values.append(NEW_ID[connection.vendor])
        elif field.attname in COPIED:
            values.append(COPIED[field.attname])
        else:
            values.append("%s")
            given.append(field.get_db_prep_save(fresh.get(field.attname, field.get_default()), connection))
    since, key = Schedule._meta.get_field("since"), Schedule._meta.pk
    wanted = [key.get_db_prep_value(id, connection) for id in ids]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Delivery._meta.db_table} ({', '.join(into)}) SELECT {', '.join(values)}"
            f" FROM {Schedule._meta.db_table} WHERE since < %s AND id IN ({', '.join(['%s'] * len(wanted))})"
            " ON CONFLICT DO NOTHING",
            [*given, since.get_db_prep_value(slot.due_at, connection), *wanted],
        )
        if why := dict(fate).get("reason"):
            tally.note(f"skipped_{why}", cursor.rowcount)


def _go_on(alike: dict[tuple[Times, Fate], list[UUID]]) -> None:
    together: dict[datetime | None, list[UUID]] = defaultdict(list)
    for (times, _), ids in alike.items():
        together[times.next_at] += ids
    for next_at, ids in together.items():
        Schedule.objects.filter(pk__in=ids).update(next_at=next_at)
