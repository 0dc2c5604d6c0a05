"""The secrets in our letters: links that write, and addresses that stop."""

import hashlib
import secrets
from datetime import date, datetime
from typing import Any

from allauth.account import signals
from django.conf import settings
from django.dispatch import receiver
from django.urls import reverse

from accounts.models import User
from reminders.kinds import KINDS
from reminders.models import ReplyAddress, WriteLink

WHEN_LINKS_END = [signals.password_changed, signals.password_set, signals.password_reset, signals.email_changed]


def new_link(owner: User, kind: str, now: datetime, **asks: date) -> tuple[str, WriteLink]:
    """A token of 192 bits for the letter, and the row that knows its SHA-256. The row is not kept yet.

    `asks`: the `monday` of the week that the letter asks about, and the `day` where it asks about one alone. Raises
    KeyError for a kind whose letters have no link.
    """
    token, life = secrets.token_urlsafe(24), KINDS[kind].life
    if life is None:
        raise KeyError(kind)
    return token, WriteLink(digest=digest(token), owner=owner, kind=kind, expires_at=now + life, **asks)


def link_of(token: str, now: datetime) -> WriteLink | None:
    """None for a token that was never given, has run out or was revoked: they look alike from outside."""
    links = WriteLink.objects.filter(digest=digest(token), expires_at__gt=now, owner__is_active=True)
    return links.select_related("owner").first()


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def write_address(token: str) -> str:
    return settings.ONWARD_URL + reverse("reminders:answer", args=[token])


def stop_address(stop_token: str) -> str:
    return settings.ONWARD_URL + reverse("reminders:stop", args=[stop_token])


@receiver(WHEN_LINKS_END)
def revoke(user: User, **kwargs: Any) -> None:
    """Whoever changed their password or address may have lost a mailbox."""
    WriteLink.objects.filter(owner=user).delete()
    ReplyAddress.objects.filter(owner=user).delete()
