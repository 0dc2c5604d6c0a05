"""Who may begin a journal: everybody, who is invited, nobody, or the first person on a machine of their own."""

import hashlib
import ipaddress
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts import closings, twice
from accounts.models import Invitation, User
from config import env

# Where the session holds which invitation was opened in this browser: its id, never its token.
NAME = "invitation"
LISTED = timedelta(days=30)


class UsedUp(Exception):
    """Somebody else came in by the same link."""


def invite(now: datetime, email: str = "") -> tuple[str, Invitation]:
    """The address that opens it, shown once, and the row that knows the SHA-256 of its token (192 bits)."""
    token = secrets.token_urlsafe(24)
    expires_at = now + Invitation.LASTS
    made = Invitation.objects.create(digest=digest(token), email=email.lower(), made_at=now, expires_at=expires_at)
    return settings.ONWARD_URL + reverse("account_invited", args=[token]), made


def found(token: str, now: datetime) -> Invitation | None:
    """None for a token that was never given, has run out, was taken back or was used: they look alike from outside."""
    kept = Invitation.objects.filter(digest=digest(token)).first()
    return kept if kept and kept.is_open(now) else None


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def may_sign_up(request: HttpRequest, now: datetime) -> bool:
    """Nobody where the place is about to close. Without an invitation in this session nothing more is asked of the
    database but whether anybody is here."""
    if closings.stands():
        return False
    if settings.ONWARD_SIGNUP == "open" or _came_in_already(request):
        return True
    carried = _carried(request) if settings.ONWARD_SIGNUP == "invite" else None
    return bool(carried and carried.is_open(now)) or (is_own_machine() and is_empty())


def take(request: HttpRequest, user: User, now: datetime) -> None:
    """Raises UsedUp where the invitation that this person needs is open no more."""
    if settings.ONWARD_SIGNUP != "invite" or NAME not in request.session:
        return
    carried = _carried(request)
    if not carried or not carried.take(user, now):
        raise UsedUp


def revoke(named: str) -> int:
    """By its id or by the address that it was sent to. How many are open no more."""
    unused = Invitation.objects.filter(used_at=None)
    if "@" in named:
        return unused.filter(email=named.strip().lower()).delete()[0]
    try:
        return unused.filter(pk=UUID(named)).delete()[0]
    except ValueError:
        return 0


def is_empty() -> bool:
    """Nobody has a journal here yet."""
    return not User.objects.exists()


def is_own_machine() -> bool:
    """Whoever sees the first page sits at this very machine: no other reaches it, by its own address or by a name.
    There the first journal can be begun whatever ONWARD_SIGNUP says; elsewhere a stranger could be the first."""
    return settings.EMBEDDED and all(map(_is_loopback, (settings.HOST, env.host_of(settings.ONWARD_URL))))


def tick(now: datetime) -> None:
    Invitation.objects.filter(expires_at__lt=now - LISTED).delete()


def _came_in_already(request: HttpRequest) -> bool:
    """The same form, pressed twice: its first press has made the account (accounts.twice)."""
    words = [request.POST.get(name, "") for name in ("id", "email", "password1")]
    return bool(request.method == "POST" and twice.made_by(words[0], words[1].strip().lower(), words[2]))


def _carried(request: HttpRequest) -> Invitation | None:
    id = request.session.get(NAME)
    return Invitation.objects.filter(pk=id).first() if id else None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
