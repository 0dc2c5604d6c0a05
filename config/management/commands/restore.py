from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.backup.restoring import restore


class Command(BaseCommand):
    help = "Brings a backup onto a fresh machine; looks at everything before it touches anything."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="what `backup DIR` wrote")
        parser.add_argument("--keys", type=Path, help="the keys of another day or from another place; else DIR/keys")

    def handle(self, *args: Any, folder: Path, keys: Path | None, **options: Any) -> None:
        try:
            rows = restore(folder / "texts", keys or folder / "keys", timezone.now())
        except (ImproperlyConfigured, OSError) as error:
            raise CommandError(str(error)) from None
        taken_out = rows.pop("taken out")
        self.stdout.write(f"{sum(rows.values()):,} rows of {len(rows)} tables are back, each as the manifest says.")
        if taken_out:
            self.stdout.write(f"{taken_out} of them had left since, and are taken out again.")
        self.stdout.write("Now `manage.py keys verify --all` opens every text.")
