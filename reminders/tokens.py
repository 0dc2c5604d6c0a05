"""The secrets in our letters: links that write, addresses that stop, and where a letter comes back to."""

import base64
import hashlib
import secrets
from datetime import date, datetime
from typing import Any
from uuid import UUID

from allauth.account import signals
from django.conf import settings
from django.dispatch import receiver
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts.models import User
from reminders.kinds import KINDS
from reminders.models import Delivery, ReplyAddress, WriteLink

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


def return_address(id: UUID, to: str) -> str:
    """The envelope's sender of that letter: who cannot leave it writes there. Empty where no mail comes in."""
    domain = settings.INBOUND_DOMAIN
    return f"b+{id.hex}-{return_mark(id, to)}@{domain}" if domain else ""


def return_mark(id: UUID, to: str) -> str:
    """80 bits, the same in capitals. For another address of the same person it is another one."""
    mark = salted_hmac("reminders.returned", f"{id.hex} {to.casefold()}", algorithm="sha256").digest()
    return base64.b32encode(mark[:10]).decode().lower()


@receiver(WHEN_LINKS_END)
def revoke(user: User, **kwargs: Any) -> None:
    """Whoever changed their password or address may have lost a mailbox: a letter in hand bears the old ones, too."""
    Delivery.objects.of(user).give_back()
    WriteLink.objects.filter(owner=user).delete()
    ReplyAddress.objects.filter(owner=user).delete()
