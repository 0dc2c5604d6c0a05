"""Closing a journal for good: who left is noted outside the database, then the key goes, then the rest."""

import logging
from datetime import datetime
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.db import transaction

from accounts import keys, ledger
from accounts.models import Leaving, User

log = logging.getLogger(__name__)


def begin(user: User, now: datetime, at_once: bool) -> Leaving:
    """From now on nobody is let in and no letter goes out. `at_once` nothing can be read any more when this returns,
    and the rows go with the next pass. Raises OSError and ledger.Unreadable where leaving cannot be noted: then
    everything stands as it was."""
    with transaction.atomic():
        leaving = Leaving.begin(user, now, at_once)
        if at_once:
            ledger.refuse_unreadable()
            keys.destroy(user.pk)
    if at_once:
        _note(user.pk, now)
    for session in UserSession.objects.filter(user=user):
        session.end()
    return leaving


def _note(owner: UUID, now: datetime) -> None:
    """Only when all of it stands: somebody who is noted and still here would be taken out at the next start. What
    cannot be noted now is noted by the next pass, before it takes anything out."""
    try:
        ledger.note(owner, now)
    except (OSError, ledger.Unreadable) as error:
        log.error("Somebody who left could not be noted yet: %s.", type(error).__name__)


def tick(now: datetime) -> None:
    """Whose day has come. One that cannot be taken out now is tried again with the next pass, and holds up nobody."""
    for owner in Leaving.objects.filter(goes_at__lte=now).order_by("goes_at").values_list("owner_id", flat=True):
        try:
            erase(owner, now)
        except (OSError, ledger.Unreadable) as error:
            log.error("Somebody who left could not be taken out: %s.", type(error).__name__)


def erase(owner: UUID, now: datetime) -> None:
    """Each step stands by itself, and all of them can be done again: whatever ends this, the next pass goes on."""
    shred(owner, now)
    User.objects.filter(pk=owner).delete()


def shred(owner: UUID, now: datetime) -> None:
    """Noted first: who comes back with a backup is known again, and taken out again."""
    ledger.note(owner, now)
    keys.destroy(owner)


def replay() -> int:
    """Takes out whoever left and has come back with a backup. How many that were. Raises ledger.Unreadable."""
    ids = User.objects.order_by("pk").values_list("pk", flat=True)
    back = list(ledger.noted(ids.iterator(chunk_size=2000)))
    for owner in back:
        keys.destroy(owner)
        User.objects.filter(pk=owner).delete()
    if back:
        log.warning("People who had left came back with a backup and were taken out again: %d.", len(back))
    return len(back)


def begin_passes() -> None:
    """Once a start: a backup may have been brought back by hand."""
    try:
        replay()
    except (OSError, ledger.Unreadable) as error:
        log.error("The ledger of who left cannot be read: %s.", type(error).__name__)
