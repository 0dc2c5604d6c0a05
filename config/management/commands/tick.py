import logging
import signal
import sys
import time
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections
from django.utils.module_loading import import_string

from config import passes

EVERY = 60  # seconds
FIRST, LAST = 1900, 9900  # years
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "One pass of all that waits (letters, pruning), or with --loop one each minute."
    requires_system_checks = []  # as the web has none: `make check` and the doctor look

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--now", help="an ISO 8601 instant that stands for the clock in all that the pass decides")
        parser.add_argument("--loop", action="store_true", help="a pass each minute until stopped")

    def handle(self, *args: Any, now: str | None, loop: bool, **options: Any) -> None:
        try:
            import_string("accounts.keys.refuse_without_ring")()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None
        if loop:
            self._loop()
        else:
            self._once(datetime.now(UTC) if now is None else _instant(now))

    def _once(self, now: datetime) -> None:
        """What went wrong is a log line; a traceback would print what the database said, and with it what it holds."""
        try:
            passes.run(now)
        except Exception:
            log.exception("A pass came to no end.")
            raise CommandError("The pass came to no end; the log says where. The next one goes on.") from None

    def _loop(self) -> None:
        """Until SIGTERM, which ends it between two letters or in its sleep."""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        passes.begin(datetime.now(UTC).date())
        while True:
            begun = time.monotonic()
            self._pass()
            time.sleep(max(1.0, EVERY - (time.monotonic() - begun)))

    def _pass(self) -> None:
        """What one pass could not do, the next one does: a database that is away comes back."""
        close_old_connections()
        try:
            passes.run(datetime.now(UTC))
        except Exception:
            log.exception("A pass came to no end.")


def _instant(text: str) -> datetime:
    """An instant without a zone is UTC. A calendar needs some room on both sides of it."""
    try:
        instant = datetime.fromisoformat(text)
        if not FIRST <= instant.year <= LAST:
            raise ValueError("nobody's time")
    except ValueError:
        raise CommandError(f"--now takes an ISO 8601 instant such as 2026-11-22T17:00:00Z, not {text!r}.") from None
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
