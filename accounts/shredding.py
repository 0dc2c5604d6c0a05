"""What becomes of a place whose day has come: its doors close, then every key goes, then every row.

Each pass does as much as it has time for. Whatever ends one, the next goes on: what is left to do is found in the rows.
"""

import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from accounts import leaving, ledger
from accounts.closings import Closing, closed
from accounts.models import Invitation, User

BATCH = 500
LONGEST = 20.0  # seconds a pass

log = logging.getLogger(__name__)
GoesOn = Callable[[], bool]


def tick(now: datetime) -> None:
    """Nothing while the place is open, and nothing once it is empty."""
    closing = closed(now)
    if not closing or (closing.gone_at and not User.objects.exists()):
        return
    until = time.monotonic() + LONGEST
    try:
        shred(closing, now, lambda: time.monotonic() < until)
    except (OSError, ledger.Unreadable) as error:
        log.error("Who was here cannot be noted, so nothing is taken out: %s.", type(error).__name__)


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
            with transaction.atomic():
                User.objects.select_for_update(skip_locked=True).filter(pk=owner).delete()
    return not User.objects.exists()


def _batches(people: QuerySet[User], goes_on: GoesOn, size: int = BATCH) -> Iterator[list[UUID]]:
    """In the order of their ids, so that one who stays for another pass is not come to twice."""
    last: list[UUID] = []
    while goes_on():
        rest = people.filter(pk__gt=last[-1]) if last else people
        last = list(rest.order_by("pk").values_list("pk", flat=True)[:size])
        if not last:
            return
        yield last
