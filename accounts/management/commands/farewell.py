"""manage.py farewell: closing this place for good, on a day that everybody is told long before."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts import ledger
from accounts.closings import Closing, first_day
from accounts.models import User


class Command(BaseCommand):
    help = "Closes this place for good: --on a day at least thirty days away; --never takes it back before that day."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--on", type=date.fromisoformat, help="the day, such as 2027-01-31; it closes at noon UTC")
        what.add_argument("--never", action="store_true", help="the place stays open after all")
        parser.add_argument("--while-empty", action="store_true", help="any day from today on, where nobody is here")
        parser.add_argument("--yes", action="store_true", help="does not ask")

    def handle(self, *args: Any, on: date | None, never: bool, **options: Any) -> None:
        now, closing = timezone.now(), Closing.standing()
        if closing and closing.is_over(now):
            self.stdout.write(told(closing, now))
            if on or never:
                raise CommandError("That day has come, and nothing of it can be taken back.")
        elif never:
            self._never(closing, now, options["yes"])
        elif on:
            self._on(closing, on, now, **options)
        else:
            self.stdout.write(told(closing, now))

    def _on(self, closing: Closing | None, on: date, now: datetime, while_empty: bool, yes: bool, **_: Any) -> None:
        people = User.objects.count()
        if closing and closing.on == on:
            self.stdout.write(told(closing, now))
            return
        refuse(closing, on, now, people, while_empty)
        if not yes:
            self._ask(f"People here: {people:,}. Type {on} to close this place for good on that day: ", str(on))
        self.stdout.write(told(Closing.decide(on, now), now))
        if not settings.EMAIL_URL and people:
            self.stdout.write(f"No mail leaves this server: the letters lie in {settings.ONWARD_HOME / 'outbox'}.")

    def _never(self, closing: Closing | None, now: datetime, yes: bool) -> None:
        if closing is None:
            raise CommandError("This place does not close; there is nothing to take back.")
        if not yes:
            self._ask("Type stay to keep this place open: ", "stay")
        closing.take_back(now)
        self.stdout.write("This place stays. Whoever may have been told that it closes gets a letter that says so.")

    def _ask(self, question: str, answer: str) -> None:
        try:
            given = input(question)
        except EOFError:
            given = ""
        if given.strip().lower() != answer:
            raise CommandError("Nothing has changed.")


def refuse(closing: Closing | None, on: date, now: datetime, people: int, while_empty: bool) -> None:
    """Raises CommandError where people would have too little time, or leaving could not be noted."""
    if while_empty:
        if people:
            raise CommandError(f"People are here ({people:,}): --while-empty is for a place without any.")
        if on < now.date():
            raise CommandError(f"{on} is over.")
        return
    earliest = closing.earliest(now) if closing else first_day(now)
    if on < earliest:
        raise CommandError(f"{on} is too soon for whoever has a journal here; {earliest} is the first day there is.")
    try:
        ledger.refuse_unreadable()
    except (OSError, ledger.Unreadable) as error:
        raise CommandError(f"Nobody could be noted as gone on that day, so nothing has changed: {error}") from None


def told(closing: Closing | None, now: datetime) -> str:
    if closing is None:
        return "This place stays open. `--on` a day closes it."
    at = f"{closing.closes_at:%Y-%m-%d %H:%M} UTC"
    if not closing.is_over(now):
        return (
            f"This place closes at {at}. Everybody is told by letter and in the app, nobody begins a journal here, and "
            "copies can be taken until then. `--never` takes it back."
        )
    if closing.gone_at is None:
        return f"This place closed at {at}. Rows that are still here: {User.objects.count():,} people."
    until = closing.copies_until(now)
    return f"This place closed at {at}, and everything is gone. From {until} on no copy in a backup opens."
