"""What was done with a journal as such: noted for its owner, shown on one page, gone after four hundred days.

No words, no network address: what, when, and which browser it was.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from allauth.account import signals
from allauth.mfa import signals as second
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.dispatch import Signal, receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.devices import seen
from accounts.models import Access, Device, User

What = Access.What
# Of what a person may change many times over, one line an hour says enough.
QUIET = {What.LETTERS, What.LOOK, What.NAME}
HERE = {"webauthn": What.PASSKEY, "totp": What.APP, "recovery_codes": What.CODES}
AWAY = {"webauthn": What.NO_PASSKEY, "totp": What.NO_APP}
HOUR = timedelta(hours=1)
A_MONTH = 30 * 24 * 3600  # seconds
BATCH, MOST = 1000, 20  # batches a pass; the next pass goes on


def note(user: User, what: Access.What, request: HttpRequest | None = None, more: str = "") -> None:
    """`more` is a word of ours, such as "json". Without a request it was done by whoever runs this place."""
    now = timezone.now()
    if what in QUIET and Access.objects.filter(owner=user, what=what, at__gt=now - HOUR).exists():
        return
    browser, machine = _device(request)
    Access.objects.create(owner=user, what=what, at=now, more=more, browser=browser, machine=machine)


def note_everybody(what: Access.What, now: datetime) -> None:
    """Done for all at once: one row, however many they are, and one a day."""
    if not Access.objects.filter(owner=None, what=what, at__gt=now - timedelta(days=1)).exists():
        Access.objects.create(owner=None, what=what, at=now)


def lines(user: User, before: datetime | None = None) -> QuerySet[Access]:
    """The newest first."""
    own = Access.objects.filter(Q(owner=user) | Q(owner=None, at__gte=user.joined_at))
    return (own.filter(at__lt=before) if before else own).order_by("-at", "pk")


def tick(now: datetime) -> None:
    Device.objects.filter(seen_at__lt=now - Device.KEPT).delete()
    for _ in range(MOST):
        over = list(Access.objects.filter(at__lt=now - Access.KEPT).values_list("pk", flat=True)[:BATCH])
        Access.objects.filter(pk__in=over).delete()
        if len(over) < BATCH:
            return


def _device(request: HttpRequest | None) -> Sequence[str]:
    return seen(request.META.get("HTTP_USER_AGENT", "")) if request else ("", "")


# Passwords that did not fit


def count_refusal(email: str, request: HttpRequest | None) -> None:
    """The same is done whether anybody has this address or nobody: how long an answer takes tells neither.

    So it is counted in the cache, under a mark of the address, and becomes a row when its owner is here.
    """
    key = _mark(email)
    times, _, _ = cache.get(key) or (0, None, None)
    cache.set(key, (times + 1, timezone.now().isoformat(), _device(request)), A_MONTH)


def gather_refusals(user: User) -> None:
    """What was counted of this person's address becomes one line: how often, when last and from where."""
    key = _mark(user.email)
    if kept := cache.get(key):
        cache.delete(key)
        times, at, (browser, machine) = kept
        row = {"times": times, "at": datetime.fromisoformat(at), "browser": browser, "machine": machine}
        Access.objects.create(owner=user, what=What.REFUSED, **row)


def _mark(email: str) -> str:
    return f"refused:{salted_hmac('accounts.access', email.strip().lower(), algorithm='sha256').hexdigest()}"


# Doors


@receiver(signals.user_signed_up)
def note_joined(user: User, request: HttpRequest | None = None, **kwargs: Any) -> None:
    note(user, What.JOINED, request)


@receiver(signals.user_logged_in)
def note_signed_in(user: User, request: HttpRequest | None = None, **kwargs: Any) -> None:
    gather_refusals(user)
    note(user, What.SIGNED_IN, request)


@receiver([signals.password_changed, signals.password_set])
def note_password(user: User, request: HttpRequest | None = None, **kwargs: Any) -> None:
    note(user, What.PASSWORD, request, more="" if request else Access.BY_OPERATOR)


@receiver(signals.password_reset)
def note_reset(user: User, request: HttpRequest | None = None, **kwargs: Any) -> None:
    note(user, What.RESET, request)


@receiver([second.authenticator_added, second.authenticator_removed, second.authenticator_reset])
def note_way_in(user: User, authenticator: Authenticator, signal: Signal, request: Any = None, **kwargs: Any) -> None:
    """A passkey, an app or its codes: come, gone, or made anew. Codes go with their app, which says enough."""
    gone, type = signal is second.authenticator_removed, authenticator.type
    if what := (AWAY if gone else HERE).get(type):
        note(user, what, request)


@receiver(signals.email_changed)
def note_address(user: User, request: HttpRequest | None = None, **kwargs: Any) -> None:
    note(user, What.ADDRESS, request)
