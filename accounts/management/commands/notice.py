from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import notices

LONGEST = 400


class Command(BaseCommand):
    help = "A notice to everybody, one quiet line on Today: the words, --until a day; --clear takes it down."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text", nargs="?", default="", help="one or two sentences")
        parser.add_argument("--until", type=date.fromisoformat, help="the last day on which it stands (2026-12-24)")
        parser.add_argument("--clear", action="store_true", help="takes it down")

    def handle(self, *args: Any, text: str, until: date | None, clear: bool, **options: Any) -> None:
        words = " ".join(text.split())
        if clear:
            self.stdout.write("Taken down." if notices.take_down() else "There was none.")
        elif not words:
            self.stdout.write(_told(notices.current()))
        elif len(words) > LONGEST:
            raise CommandError(f"It has {len(words)} characters; a notice takes {LONGEST}.")
        else:
            notices.give(words, until)
            self.stdout.write(_told(notices.current()))


def _told(notice: notices.Notice | None) -> str:
    if notice is None:
        return "There is no notice."
    return f"{notice.text}\n{f'Until {notice.until}.' if notice.until else 'Until it is taken down.'}"
