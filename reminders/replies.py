"""Answering by replying: whether somebody said yes, and the address that a letter then carries."""

import base64
import secrets
from datetime import date, datetime
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from accounts.models import User
from reminders.models import WEEKLY, Overflow, ReplyAddress, ReplyConsent, TakenReply
from reminders.tokens import digest

PREFIX = "r"
MARKER = gettext_noop("Reply above this line, one thing to a line.")


# Consent


def are_possible() -> bool:
    return bool(settings.INBOUND_DOMAIN)


def are_wanted(user: User) -> bool:
    return hasattr(user, "reply_consent")


@transaction.atomic
def decide(user: User, wanted: bool, now: datetime) -> None:
    """Whoever says no closes the addresses in the letters that they have."""
    if wanted:
        ReplyConsent.objects.get_or_create(owner=user, defaults={"at": now})
    else:
        ReplyConsent.objects.filter(owner=user).delete()
        ReplyAddress.objects.filter(owner=user).delete()


# The address in a letter


class Door(NamedTuple):
    """`token` for the letter alone, and the row that knows its SHA-256. The row is not kept yet."""

    token: str
    row: ReplyAddress

    @property
    def address(self) -> str:
        return f"{PREFIX}+{self.token}@{settings.INBOUND_DOMAIN}"


def address_for(user: User, kind: str, monday: date, now: datetime) -> Door | None:
    """Where this letter can be answered; None where its reader did not say yes, or nothing comes in here."""
    if kind != WEEKLY or not are_possible() or not are_wanted(user):
        return None
    token, until = new_token(), now + ReplyAddress.LIFE
    return Door(token, ReplyAddress(digest=digest(token), owner=user, kind=kind, monday=monday, expires_at=until))


def new_token() -> str:
    """160 bits in 32 characters that survive a mail server which writes every address in small letters."""
    return base64.b32encode(secrets.token_bytes(20)).decode().lower()


def headers(token: str) -> dict[str, str]:
    return {"Reply-To": f"{PREFIX}+{token}@{settings.INBOUND_DOMAIN}"} if token else {}


def marker() -> str:
    """The first line of a letter that can be answered by replying."""
    return gettext(MARKER)


def found(token: str, now: datetime) -> ReplyAddress | None:
    """None for a token that was never given, has run out or was revoked, and where its owner said no since."""
    rows = ReplyAddress.objects.filter(digest=digest(token), expires_at__gt=now, owner__is_active=True)
    return rows.filter(owner__reply_consent__isnull=False).select_related("owner").first()


def more_came(user: User, now: datetime) -> datetime | None:
    """When more replies came lately than were taken in, for as long as one that waits would wait. None: never."""
    if not are_possible():
        return None
    return Overflow.objects.filter(owner=user, at__gt=now - Overflow.TOLD).values_list("at", flat=True).first()


def forget(now: datetime) -> None:
    """What no mail can need any more."""
    ReplyAddress.objects.filter(expires_at__lt=now - ReplyAddress.LIFE).delete()
    TakenReply.objects.filter(at__lt=now - TakenReply.REMEMBERED).delete()
    Overflow.objects.filter(at__lt=now - Overflow.TOLD).delete()
