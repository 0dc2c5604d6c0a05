"""What /metrics says of files that people brought along (config.metrics); nothing of what is in them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from config.exposition import Gauge
from journal.models import Import

A_WEEK = timedelta(days=7)


def gauges(now: datetime) -> Iterator[Gauge]:
    yield Gauge.one("onward_imports_waiting", "Files from elsewhere that a pass has something to do for.", waiting(now))
    yield Gauge.one("onward_imports_broken_week", "Files whose taking in broke, for a reason of ours.", broken(now))


def waiting(now: datetime) -> int:
    return Import.objects.waiting(now).count()


def broken(now: datetime) -> int:
    return Import.objects.filter(reason="ours", failed_at__gt=now - A_WEEK).count()
