"""What /metrics says, and of this place: its web, its disk, its backups, its tables. Nothing of any one person.

Named as strings: config wires the apps together and imports none.
"""

import platform
import shutil
import time
from collections.abc import Iterator
from datetime import datetime
from itertools import chain

import django
from django.conf import settings
from django.utils.module_loading import import_string

from config import backed_up, preparation, tally, versions
from config.exposition import Counter, Figure, Gauge, Histogram

# Each asks the database; what is here does not.
OF_THE_DATABASE = ("config.metrics.tables", "journal.metrics.gauges", "reminders.metrics.gauges")
STARTED = time.time()
# Whoever asks gives up after ten seconds, unless it is told otherwise.
PATIENCE = 2


def figures(now: datetime) -> Iterator[Figure]:
    """While the database is away, what can be told without it."""
    reached = _reached()
    parts = OF_THE_DATABASE if reached else ()
    yield Gauge.one("onward_database_up", "1 where the database answers.", int(reached))
    yield from _requests()
    yield from _place(now)
    yield from chain.from_iterable(import_string(name)(now) for name in parts)


def tables(now: datetime) -> Iterator[Figure]:
    waiting = len(versions.waiting())
    yield Gauge.one("onward_tables_waiting", "Changes of the tables that this version has and they have not.", waiting)


def _reached() -> bool:
    try:
        preparation.ask_database(PATIENCE)
    except Exception:
        return False
    return True


def _requests() -> Iterator[Figure]:
    """All web processes of this machine together (config.tally)."""
    seen = list(tally.views())
    by_class = [
        ({"view": view, "status": status}, number)
        for view, counted in seen
        for status, number in zip(tally.CLASSES, counted.classes, strict=True)
        if number
    ]
    yield Counter("onward_requests_total", "Requests, by the class of their answer.", by_class)
    times = [({"view": view}, counted.buckets, counted.seconds) for view, counted in seen]
    told = "Until the first byte of an answer could leave."
    yield Histogram("onward_request_seconds", told, tally.BOUNDS, times)
    asked = [({"view": view}, counted.questions) for view, counted in seen]
    yield Counter("onward_questions_total", "Questions that requests asked the database.", asked)
    took = [({"view": view}, counted.asked) for view, counted in seen]
    yield Counter("onward_question_seconds_total", "Until the database began to answer them.", took)
    lines = [({"level": level}, number) for level, number in tally.lines().items()]
    yield Counter("onward_log_lines_total", "Lines that the web wrote into the log.", lines)
    yield Gauge.one("onward_web_processes", "Processes that have answered something and live.", tally.processes())
    yield Gauge.one("onward_web_started_seconds", "When the web began, since 1970.", STARTED)


def _place(now: datetime) -> Iterator[Figure]:
    disk = shutil.disk_usage(settings.ONWARD_HOME)
    yield Gauge.one("onward_disk_free_bytes", "Free where ONWARD_HOME lies.", disk.free)
    yield Gauge.one("onward_disk_bytes", "Free and taken.", disk.total)
    ages = [({"part": part}, (now - at).total_seconds()) for part, at in backed_up.last().items()]
    yield Gauge("onward_backup_age_seconds", "Since the last backup that is known of.", ages)
    labels = {"version": versions.ONWARD, "python": platform.python_version(), "django": django.get_version()}
    yield Gauge("onward_build", "1; what runs.", [(labels, 1)])
