"""An account with a lived-in year, to look at Onward as it is after a while."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from journal.demo import brought, year
from journal.demo.person import Taken, newcomer, password_of

EMAIL = "demo@example.com"


class Command(BaseCommand):
    help = "Makes an account with a lived-in year, and prints its address and password."

    def handle(self, *args: Any, **options: Any) -> None:
        password = password_of(EMAIL)
        try:
            owner = newcomer(EMAIL, password)
        except Taken:
            return self._again(password)
        now = timezone.now()
        kept = year.write(owner, now)
        brought.write(owner, now)
        self._tell(f"A lived-in year stands in it: {kept} entries.", password)

    def _again(self, password: str) -> None:
        stands = User.objects.get(email=EMAIL)
        if not stands.check_password(password):
            raise CommandError(f"The account {EMAIL} exists; its password was changed since.")
        self._tell("The account exists already.", password)

    def _tell(self, sentence: str, password: str) -> None:
        self.stdout.write(f"{sentence}\nSign in at {settings.ONWARD_URL}\n  address   {EMAIL}\n  password  {password}")
