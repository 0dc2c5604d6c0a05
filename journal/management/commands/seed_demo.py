"""A deterministic account for measuring: the same address, number and last day give the same ids, texts and dates."""

from datetime import UTC, date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from journal.demo import corpus
from journal.demo.person import Taken, newcomer
from journal.demo.shelf import Shelf


class Command(BaseCommand):
    help = "Makes an account of N entries of about 600 bytes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--password", required=True)
        parser.add_argument("--entries", type=int, default=1000)
        parser.add_argument(
            "--until", type=date.fromisoformat, help="the last day, YYYY-MM-DD; today if it is not said"
        )

    def handle(self, *, email: str, password: str, entries: int, until: date | None, **options: Any) -> None:
        if entries < 0:
            raise CommandError("An account can’t have fewer than no entries.")
        try:
            validate_email(email)
            owner = newcomer(email, password)
        except ValidationError:
            raise CommandError(f"--email takes an address such as nadia@example.com, not {email!r}.") from None
        except Taken as taken:
            raise CommandError(str(taken)) from None
        now = datetime.combine(until, time(22), tzinfo=UTC) if until else timezone.now()
        shelf = Shelf(owner, now, "onward")
        corpus.write(shelf, entries)
        shelf.put_away()
        self.stdout.write(f"{email} has {entries} entries. Rare word: {corpus.RARE}. Common word: {corpus.COMMON}.")
