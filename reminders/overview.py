"""What the operator’s page says of letters and of the clock: how many, how late, how long since (config.overview)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from tzdata import IANA_VERSION

from config.overview import Row, ago, counted
from reminders import heartbeat, zone_data
from reminders.metrics import A_DAY, WAITING
from reminders.models import Delivery
from reminders.models.delivery import State

DAYS = 14
# Of the drawing, in its own units.
WIDE, HIGH, BAR = 22, 80, 14
LATE = timedelta(hours=12)
UNWELL = (State.FAILED, State.UNSURE)


@dataclass(frozen=True)
class Day:
    """One column: letters that left from below, and above them those that did not arrive or may not have."""

    day: date
    sent: int
    waiting: int
    failed: int
    x: str
    sent_y: str
    sent_high: str
    failed_y: str
    failed_high: str


def letters(now: datetime) -> Iterator[Row]:
    rows = Delivery.objects.filter(~Q(state=State.PAST), due_at__gt=now - A_DAY).order_by()
    found = dict(rows.values_list("state").annotate(Count("pk")))
    yield Row(_("Sent"), counted(found.get(State.SENT, 0)))
    yield Row(_("Planned, and on their way"), counted(sum(found.get(state, 0) for state in (*WAITING, State.HANDED))))
    yield Row(_("Left out, because they were late or not wanted"), counted(found.get(State.SKIPPED, 0)))
    failed, unsure = (found.get(state, 0) for state in UNWELL)
    yield Row(_("Refused by a mail server"), counted(failed), look=failed > 0.02 * sum(found.values()))
    yield Row(_("Unsure, and never sent again"), counted(unsure), look=unsure > 10)
    waits = Delivery.objects.filter(state__in=WAITING).aggregate(number=Count("pk"), first=Min("due_at"))
    yield Row(_("Still to go, of any day"), counted(waits["number"]))
    if waits["first"]:
        yield Row(_("The one that waits longest was due"), ago(waits["first"], now), look=now - waits["first"] > LATE)


def passes(now: datetime) -> Iterator[Row]:
    at = heartbeat.heard()
    last, bell = at.get(heartbeat.NAME), at.get(heartbeat.BELL)
    silent = last is None or now - last > heartbeat.SILENCE
    yield Row(_("The last pass came to its end"), ago(last, now) if last else _("never"), look=silent)
    if settings.REDIS_URL:
        quiet = bell is None or now - bell > heartbeat.SILENCE
        yield Row(_("A worker last heard the bell"), ago(bell, now) if bell else _("never"), look=quiet and silent)
    if heartbeat.is_broken(at):
        yield Row(_("A pass came to no end"), ago(at[heartbeat.BROKEN], now), look=True)
    old = bool(zone_data.too_old(now.date()))
    since = ago(datetime.combine(zone_data.published(), datetime.min.time(), UTC), now)
    yield Row(_("Zone files %(version)s, published") % {"version": IANA_VERSION}, since, look=old)


def drawn(now: datetime) -> dict[str, Any]:
    """The last fourteen days by UTC, the newest last, and the figure at the top of the drawing."""
    days = [now.date() - timedelta(days=ago) for ago in reversed(range(DAYS))]
    found = _by_day(days[0])
    sums = [_sums(found.get(day, {})) for day in days]
    top = max(sent + failed for sent, _waiting, failed in sums)
    columns = [_column(at, day, *told, top or 1) for at, (day, told) in enumerate(zip(days, sums, strict=True))]
    return {
        "days": columns,
        "top": counted(top) if top else "",
        "box": f"0 0 {DAYS * WIDE} {HIGH}",
        "base": str(HIGH),
        "bar": str(BAR),
    }


def _by_day(first: date) -> dict[date, dict[str, int]]:
    begin = datetime.combine(first, datetime.min.time(), UTC)
    rows = Delivery.objects.filter(~Q(state=State.PAST), due_at__gte=begin).order_by()
    found: dict[date, dict[str, int]] = {}
    for day, state, number in rows.values_list(TruncDate("due_at", tzinfo=UTC), "state").annotate(Count("pk")):
        found.setdefault(day, {})[state] = number
    return found


def _sums(found: dict[str, int]) -> tuple[int, int, int]:
    waiting = sum(found.get(state, 0) for state in (*WAITING, State.HANDED))
    return found.get(State.SENT, 0), waiting, sum(found.get(state, 0) for state in UNWELL)


def _column(at: int, day: date, sent: int, waiting: int, failed: int, top: int) -> Day:
    """Where there is one at all it is seen."""
    low, high = (max(number * (HIGH - 2) // top, 2) if number else 0 for number in (sent, failed))
    x = str(at * WIDE + (WIDE - BAR) // 2)
    return Day(day, sent, waiting, failed, x, str(HIGH - low), str(low), str(max(HIGH - low - high, 0)), str(high))
