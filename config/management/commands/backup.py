from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config import backed_up
from config.backup import PARTS, backup


class Command(BaseCommand):
    help = "Writes DIR/texts and DIR/keys, with a manifest each. Keep them apart, and the ring apart from both."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is empty or not there yet")
        parser.add_argument("--part", choices=PARTS, default="", help="one alone: for a role that may not see both")

    def handle(self, *args: Any, folder: Path, part: str, **options: Any) -> None:
        try:
            rows = backup(folder.absolute(), timezone.now(), part)
        except (ImproperlyConfigured, OSError) as error:
            raise CommandError(str(error)) from None
        self._note([part] if part else list(PARTS))
        if part != "keys":
            self.stdout.write(f"{sum(rows.values()):,} rows of {len(rows)} tables are in {folder}/texts.")
        if part != "texts":
            self.stdout.write(f"Move {folder}/keys to another place and keep it seven days, and the texts longer.")
        self.stdout.write(
            "The key ring is in neither: keep a copy of it apart from both (keys status says where it is)."
        )

    def _note(self, parts: list[str]) -> None:
        """For /metrics and the operator’s page. A backup is as good without it."""
        try:
            for part in parts:
                backed_up.note(part, timezone.now())
        except OSError as error:
            self.stderr.write(f"That it was made could not be noted in {settings.ONWARD_HOME}: {error.strerror}.")
