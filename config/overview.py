"""The operator’s page: how many and how long since, for whoever runs this place; never a name, an address or a text.

What it shows is named as strings: config wires the apps together and imports none.
"""

import platform
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import django
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.module_loading import import_string
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from config import backed_up, htmx, metrics, tally, versions
from config.backup.daily import LATE

# From when on it wants looking at.
LITTLE_ROOM = 0.1


class Row(NamedTuple):
    """`look`: there is something to do."""

    label: str
    figure: str
    look: bool = False


PARTS = {
    "people": (gettext_lazy("People"), "accounts.overview.people"),
    "kept": (gettext_lazy("What is kept"), "journal.overview.kept"),
    "letters": (gettext_lazy("Letters of the last day"), "reminders.overview.letters"),
    "passes": (gettext_lazy("The clock"), "reminders.overview.passes"),
    "web": (gettext_lazy("Pages"), "config.overview.web"),
    "machine": (gettext_lazy("This machine"), "config.overview.machine"),
    "versions": (gettext_lazy("What runs"), "config.overview.running"),
    "notice": (gettext_lazy("What everybody is told"), "accounts.overview.notice"),
}


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    """For everybody else it is not there, so nobody is led to the door either."""
    if not import_string("accounts.staff.may_see")(request):
        raise Http404
    return _shown(request)


@require_safe
def _shown(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    parts = [(name, title, list(import_string(rows)(now))) for name, (title, rows) in PARTS.items()]
    look = [row for _name, _title, rows in parts for row in rows if row.look]
    context: dict[str, Any] = {"parts": parts, "look": look, "now": now}
    return htmx.page(request, "operator/index.html", context | import_string("reminders.overview.drawn")(now))


def web(now: datetime) -> Iterator[Row]:
    """Of this machine, since its web began."""
    begun = datetime.fromtimestamp(metrics.STARTED, UTC)
    yield Row(_("Began"), ago(begun, now))
    seen = [counted for _view, counted in tally.views()]
    answered, broken = sum(sum(one.classes) for one in seen), sum(one.classes[-1] for one in seen)
    yield Row(_("Requests answered"), counted(answered))
    yield Row(_("Of these, by an error page of ours"), counted(broken), look=bool(broken))
    grave = sum(number for level, number in tally.lines().items() if level != "warning")
    yield Row(_("Errors in the log of the web"), counted(grave), look=bool(grave))


def machine(now: datetime) -> Iterator[Row]:
    disk = shutil.disk_usage(settings.ONWARD_HOME)
    said = _("%(free)s GB of %(all)s") % {"free": _gigabytes(disk.free), "all": _gigabytes(disk.total)}
    yield Row(_("Disk that is free"), said, look=disk.free < disk.total * LITTLE_ROOM)
    known = backed_up.last()
    if not known:
        # With a database elsewhere, backups may be made where nobody can note it here.
        yield Row(_("Backups"), _("none that this place knows of"), look=settings.EMBEDDED)
    for part, at in known.items():
        yield Row(_("Backup: %(part)s") % {"part": part}, ago(at, now), look=now - at > LATE)


def running(now: datetime) -> Iterator[Row]:
    yield Row("Onward", versions.ONWARD)
    yield Row("Python", platform.python_version())
    yield Row("Django", django.get_version())
    yield Row(_("Database"), _database())
    waiting, last = len(versions.waiting()), versions.last_change()
    yield Row(_("The tables were last changed"), ago(last, now) if last else _("never"))
    yield Row(_("Changes of the tables that wait"), counted(waiting), look=bool(waiting))


def ago(at: datetime, now: datetime) -> str:
    """A minute is as exact as it gets."""
    if timedelta(0) <= now - at < timedelta(minutes=1):
        return _("less than a minute ago")
    return _("%(time)s ago") % {"time": timesince(at, now, depth=1)} if at < now else date_format(at, "j F Y H:i")


def counted(number: int) -> str:
    return number_format(number, force_grouping=True)


def rounded(number: int) -> str:
    """To tens: who came and went can be told from no two of them."""
    if number < 10:
        return _("fewer than ten") if number else _("nobody")
    return _("about %(number)s") % {"number": counted(round(number, -1))}


def _gigabytes(size: int) -> str:
    return number_format(size / 1024**3, 1)


def _database() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {'.'.join(map(str, connection.get_database_version()))}"
    return f"PostgreSQL {'.'.join(map(str, connection.get_database_version()))}"
