"""The ways into a journal that its owner has, and what may be taken away of them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa import signals
from allauth.mfa.base.internal.flows import delete_and_cleanup
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.authenticators import tidy
from accounts.models import User

Type = Authenticator.Type
# How long new codes can be looked at, and downloaded: afterwards they are shown to nobody.
SHOWN_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Passkey:
    id: int
    name: str
    since: Any
    used_at: Any


@dataclass(frozen=True)
class Ways:
    password: bool
    passkeys: list[Passkey]
    app: Authenticator | None
    codes: Authenticator | None

    @property
    def codes_left(self) -> int:
        """Of ten; a code that was used is a bit in a mask."""
        used = self.codes.data["used_mask"] if self.codes else 0
        return 10 - int(used).bit_count() if self.codes else 0

    @property
    def needs_its_passkey(self) -> bool:
        """It is the last way in that no mail has to come for."""
        return not self.password and len(self.passkeys) == 1


def ways_of(user: User) -> Ways:
    rows = list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))
    one = {row.type: row for row in rows}
    keys = [row for row in rows if row.type == Type.WEBAUTHN]
    passkeys = [Passkey(row.pk, row.data["name"], row.created_at, row.last_used_at) for row in keys]
    return Ways(user.has_usable_password(), passkeys, one.get(Type.TOTP), one.get(Type.RECOVERY_CODES))


def fresh_codes(user: User) -> list[str]:
    """The codes, while they may still be looked at."""
    row = ways_of(user).codes
    if not row or row.wrap().did_view or row.created_at < timezone.now() - SHOWN_FOR:
        return []
    codes: list[str] = row.wrap().get_unused_codes()
    return codes


@transaction.atomic
def add_passkey(request: HttpRequest, user: User, name: str, credential: dict[str, Any]) -> None:
    """allauth's own would make codes for a lost phone along with it, which nobody needs who has no app."""
    row = WebAuthn.add(user, name, credential).instance
    signals.authenticator_added.send(sender=Authenticator, request=request, user=user, authenticator=row)
    _say(request, user, "webauthn_added")


@transaction.atomic
def remove(request: HttpRequest, user: User, row: Authenticator) -> None:
    """Where the app goes, the codes for a lost phone go with it."""
    row.user = user
    delete_and_cleanup(request, row)
    if row.type == Type.TOTP:
        Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).delete()
    tidy(user)
    _say(request, user, "totp_deactivated" if row.type == Type.TOTP else "webauthn_removed")


def _say(request: HttpRequest, user: User, name: str) -> None:
    adapter = get_adapter(request)
    adapter.add_message(request, messages.SUCCESS, f"mfa/messages/{name}.txt")
    transaction.on_commit(lambda: adapter.send_notification_mail(f"mfa/email/{name}", user))
