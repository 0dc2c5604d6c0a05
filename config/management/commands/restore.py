from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.backup.one_person import restore_one
from config.backup.restoring import restore


class Command(BaseCommand):
    help = "Brings a backup onto a fresh machine; looks at everything before it touches anything."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="what `backup DIR` wrote")
        parser.add_argument("--keys", type=Path, help="the keys of another day or from another place; else DIR/keys")
        parser.add_argument("--only", metavar="ADDRESS", help="one person's rows and key, into a database in use")

    def handle(self, *args: Any, folder: Path, keys: Path | None, only: str | None, **options: Any) -> None:
        folder, keys = folder.absolute(), (keys or folder / "keys").absolute()
        try:
            (self._one if only else self._all)(folder / "texts", keys, only or "")
        except (ImproperlyConfigured, OSError) as error:
            raise CommandError(str(error)) from None

    def _all(self, texts: Path, keys: Path, only: str) -> None:
        rows = restore(texts, keys, timezone.now())
        taken_out = rows.pop("taken out")
        self.stdout.write(f"{sum(rows.values()):,} rows of {len(rows)} tables are back, each as the manifest says.")
        if taken_out:
            self.stdout.write(f"{taken_out} of them had left since, and are taken out again.")
        self.stdout.write("Now `manage.py keys verify --all` opens every text.")

    def _one(self, texts: Path, keys: Path, only: str) -> None:
        rows, damaged = restore_one(texts, keys, only, timezone.now())
        self.stdout.write(f"{rows:,} rows of one person are back, with their key. They sign in as before.")
        if damaged:
            self.stdout.write(f"{damaged} of their texts do not open; they are kept as they are.")
