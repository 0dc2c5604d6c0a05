"""What becomes of a place whose day has come: its doors close, then every key goes, then every row.

Each pass does as much as it has time for. Whatever ends one, the next goes on: what is left to do is found in the rows.
A clock that is wrong must not do this. So a pass goes by its own clock and by the machine’s, whichever is behind, and
nothing is touched before both have said for an hour that the day has come.
"""

import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import leaving, ledger
from accounts.closings import Closing
from accounts.models import Invitation, User

BATCH = 500
LONGEST = 20.0  # seconds a pass
WAIT = timedelta(hours=1)

log = logging.getLogger(__name__)
GoesOn = Callable[[], bool]


def tick(now: datetime) -> None:
    """Nothing while the place is open, and nothing once it is empty."""
    now, closing = min(now, timezone.now()), Closing.standing()
    if not closing or not has_waited(closing, now) or (closing.gone_at and not User.objects.exists()):
        return
    until = time.monotonic() + LONGEST
    try:
        shred(closing, now, lambda: time.monotonic() < until)
    except (OSError, ledger.Unreadable) as error:
        log.error("Who was here cannot be noted, so nothing is taken out: %s.", type(error).__name__)


def has_waited(closing: Closing, now: datetime) -> bool:
    """Since a pass first found that its day has come, and every one after it."""
    if not closing.is_over(now):
        Closing.objects.filter(pk=closing.pk, seen_at__isnull=False).update(seen_at=None)
        return False
    Closing.objects.filter(pk=closing.pk, seen_at=None).update(seen_at=now)
    return closing.seen_at is not None and now - closing.seen_at >= WAIT


def shred(closing: Closing, now: datetime, goes_on: GoesOn) -> None:
    """As long as it `goes_on`. Raises OSError and ledger.Unreadable."""
    if not (_shut(goes_on) and _lock(now, goes_on) and _clear(goes_on)):
        return
    Invitation.objects.all().delete()
    Session.objects.all().delete()
    if not closing.gone_at:
        Closing.objects.filter(pk=closing.pk).update(gone_at=now)
        log.info("This place has closed, and everybody’s rows are gone.")


def _shut(goes_on: GoesOn) -> bool:
    """Nobody is let in any more, and whoever is inside is not known at the next press. True when all of it is done."""
    for ids in _batches(User.objects.filter(is_active=True), goes_on):
        User.objects.filter(pk__in=ids).update(is_active=False)
    return not User.objects.filter(is_active=True).exists()


def _lock(now: datetime, goes_on: GoesOn) -> bool:
    """From here on nobody can read anything, in whatever order the rows then go."""
    with_key = User.objects.filter(data_keys__isnull=False).distinct()
    for ids in _batches(with_key, goes_on):
        for owner in ids:
            leaving.shred(owner, now)
    return not with_key.exists()


def _clear(goes_on: GoesOn) -> bool:
    """One by one: a journal can be long. Whoever another pass is at is passed by."""
    for ids in _batches(User.objects.all(), goes_on, size=20):
        for owner in ids:
            _clear_one(owner)
    return not User.objects.exists()


@transaction.atomic
def _clear_one(owner: UUID) -> None:
    free = User.objects.select_for_update(skip_locked=True).filter(pk=owner)
    if free.values_list("pk", flat=True).first():
        User.objects.filter(pk=owner).delete()


def _batches(people: QuerySet[User], goes_on: GoesOn, size: int = BATCH) -> Iterator[list[UUID]]:
    """In the order of their ids, so that one who stays for another pass is not come to twice."""
    last: list[UUID] = []
    while goes_on():
        rest = people.filter(pk__gt=last[-1]) if last else people
        last = list(rest.order_by("pk").values_list("pk", flat=True)[:size])
        if not last:
            return
        yield last
