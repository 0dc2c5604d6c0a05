"""A mailbox that took no letters, or wanted none, is left behind with its address."""

from typing import Any

from allauth.account.signals import email_changed
from django.dispatch import receiver
from django.utils import timezone

from accounts.models import User
from reminders.models import Silence


@receiver(email_changed)
def begin_anew(user: User, **kwargs: Any) -> None:
    """The signal comes when the new address is confirmed, or at once where no mail leaves."""
    silence = Silence.of(user)
    if silence and silence.why in Silence.OF_THE_MAILBOX:
        Silence.end(user, timezone.now())
