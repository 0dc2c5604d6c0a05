"""When an entry was kept, for journals that know moments and no days."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from accounts.days import is_zone
from journal.export.leaves import Leaf

NOON = time(12)
# What it takes besides.
COLUMNS = ("created_at", "zone")


def moment(leaf: Leaf) -> tuple[datetime, str, bool]:
    """The instant (UTC), the zone in whose wall time it lies on the entry's own day, and whether that day is all that
    is known: noon then stands for it.

    Kept later than its day, or in the night that still belongs to it, an entry has no hour of that day. A noon that
    never was (Samoa went without a day) is one of UTC.
    """
    zone = leaf.zone if is_zone(leaf.zone) else "UTC"
    kept: datetime = leaf.created_at
    if kept.astimezone(ZoneInfo(zone)).date() == leaf.local_date:
        return kept.astimezone(UTC), zone, False
    noon = datetime.combine(leaf.local_date, NOON, ZoneInfo(zone)).astimezone(UTC)
    if noon.astimezone(ZoneInfo(zone)).date() == leaf.local_date:
        return noon, zone, True
    return datetime.combine(leaf.local_date, NOON, UTC), "UTC", True
