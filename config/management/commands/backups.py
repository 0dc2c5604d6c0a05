import logging
import signal
import sys
import time
from datetime import time as hour
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from config.backup import PARTS, daily

EVERY, AFTER_FAILURE = 60, 600  # seconds
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "A backup of one part into FOLDER, which keeps texts for 35 days and keys for 7; --loop: one each day."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="each backup has a folder of its own in it")
        parser.add_argument("--part", choices=PARTS, required=True)
        parser.add_argument("--loop", action="store_true", help="one each day until stopped; the first at once")
        parser.add_argument("--at", type=hour.fromisoformat, default=hour(3, 10), help="the hour in UTC (03:10)")
        parser.add_argument("--look", action="store_true", help="makes none; exit code 1: the newest is too old")

    def handle(self, *args: Any, folder: Path, part: str, loop: bool, at: hour, look: bool, **options: Any) -> None:
        folder = folder.absolute()
        if look:
            self._look(folder, part)
        elif loop:
            self._loop(folder, part, at)
        else:
            self._once(folder, part)

    def _look(self, folder: Path, part: str) -> None:
        if daily.is_late(folder, part, timezone.now()):
            made = daily.newest(folder, part)
            sys.exit(f"The newest {part} in {folder}: {made:%F %H:%M} UTC." if made else f"No {part} in {folder}.")

    def _once(self, folder: Path, part: str) -> None:
        try:
            self.stdout.write(f"{daily.keep(folder, part, timezone.now())}")
        except (ImproperlyConfigured, OSError) as error:
            raise CommandError(str(error)) from None

    def _loop(self, folder: Path, part: str, at: hour) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        while True:
            time.sleep(EVERY if self._passed(folder, part, at) else AFTER_FAILURE)

    def _passed(self, folder: Path, part: str, at: hour) -> bool:
        """A database that is away comes back; meanwhile the newest grows old, which `--look` says."""
        now = timezone.now()
        try:
            if daily.due(daily.newest(folder, part), now, at):
                log.info("backup of %s: %s", part, daily.keep(folder, part, now).name)
            return True
        except Exception:
            log.exception("A backup came to no end.")
            return False
        finally:
            connection.close()
