"""What one tick does, in order. Named as strings: config wires the apps together and imports none."""

import logging
from collections.abc import Iterator
from datetime import date, datetime

from django.db import InterfaceError, OperationalError
from django.utils.module_loading import import_string

from config import logs
from config.frames import with_room

PASSES = (
    "reminders.zone_data.tick",
    "reminders.astray.tick",
    "reminders.circulars.tick",
    "reminders.delivery.tick",
    "journal.importing.work.tick",
    "accounts.leaving.tick",
    "accounts.shredding.tick",
    "accounts.access.tick",
    "accounts.devices.tick",
    "accounts.invitations.tick",
    "accounts.device_keys.tick",
    "journal.pruning.tick",
    "reminders.pruning.tick",
    "config.preparation.forget_copy",
    "config.cache_table.tick",
)
# Notes that all of them came to their end.
LAST = "reminders.heartbeat.tick"
log = logging.getLogger(__name__)


def modules() -> list[str]:
    """Where the passes stand."""
    return [name.rpartition(".")[0] for name in (*PASSES, LAST)]


def begin(today: date) -> None:
    """Once a start of whoever does passes: what an operator wants to know and no pass would say."""
    import_string("reminders.zone_data.warn_if_old")(today)
    import_string("accounts.leaving.begin_passes")()


def run(now: datetime) -> None:
    """Each pass decides by `now` (UTC) alone and may run in many processes at once. One that breaks keeps none of those
    behind it waiting; it is noted, and what it raised is raised once they are done.
    """
    with logs.numbered("pass"):
        if broken := list(_broken(now)):
            import_string("reminders.heartbeat.broken")()
            raise broken[0]
        import_string(LAST)(now)


def _broken(now: datetime) -> Iterator[Exception]:
    for name in PASSES:
        try:
            with_room(import_string(name))(now)
        except (OperationalError, InterfaceError) as error:
            yield error
            if _is_away(error):
                return
        except Exception as error:
            log.error("A pass broke: %s, %s.", name, type(error).__name__)
            yield error


def _is_away(error: Exception) -> bool:
    """It would keep all the others waiting, too. What PostgreSQL itself refuses (a lock that another holds, a question
    that takes too long) has a code, and says that it is there (appendix A of its manual; class 08 and 57P: it goes).
    """
    code: str | None = getattr(error.__cause__, "sqlstate", None)
    return code is None or code.startswith(("08", "57P"))
