"""Files that wait are looked through, kept and undone, a batch at a time.

The database is the queue. Each batch is one transaction, and how far it came stands in the same one: whatever ends a
process, the next one goes on after the last whole batch. One process at a time holds a file (Import.claim).
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from itertools import islice

from django.db import InterfaceError, OperationalError, transaction

from accounts.models import User
from accounts.scope import Locked, scope
from journal.importing import undo
from journal.importing.found import Found, Unreadable
from journal.importing.keeping import Keeper
from journal.importing.own import OwnRows
from journal.importing.pages import Pages
from journal.importing.sources import SOURCES
from journal.importing.stored import Stored
from journal.importing.summary import Summary
from journal.models import Import
from journal.models.incoming import Lost, State

LOOK, BATCH = 200, 100
# In one pass, well within the minute that a task may take; and while somebody waits for a page.
LONGEST, AT_ONCE = timedelta(seconds=25), timedelta(seconds=2)

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


def tick(now: datetime) -> None:
    """One pass over the files that wait at the instant `now` (UTC)."""
    clock = _going_on_from(now)
    while clock() < now + LONGEST and (incoming := Import.claim(clock())):
        _go_on(incoming, clock, now + LONGEST)


def at_once(incoming: Import, now: datetime) -> None:
    """As far as it comes while somebody waits; passes go on with the rest."""
    clock = _going_on_from(now)
    if held := Import.claim(now, incoming):
        _go_on(held, clock, now + AT_ONCE)


def _going_on_from(now: datetime) -> Clock:
    begun = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - begun)


def _go_on(incoming: Import, clock: Clock, until: datetime) -> None:
    part = {State.READING: _read, State.KEEPING: _keep, State.UNDOING: _undo}[incoming.state]
    try:
        with scope():
            part(incoming, clock, until)
    except Lost:
        return
    except (OperationalError, InterfaceError, Locked) as error:
        # The database or a key is away: once the lease is over, somebody tries again.
        log.warning("An import waits: %s.", type(error).__name__)
        return
    except Unreadable as error:
        _fail(incoming, clock(), error.reason)
    except Exception:
        log.exception("An import came to no end.")
        _fail(incoming, clock(), "ours")
    incoming.let_be()


def _fail(incoming: Import, now: datetime, reason: str) -> None:
    """Nothing of it stays: what was kept already is taken out again."""
    with transaction.atomic():
        held = incoming.held(now)
        held.reason = reason[:32]
        if held.state == State.KEEPING:
            held.undo_asked_at, held.place = now, 0
        else:
            held.failed_at = now
        _put_down(held)
        held.save()
    log.info("import %s failed: %s", incoming.pk, reason)


def _put_down(held: Import) -> None:
    """The file is destroyed, and the words that were shown of it."""
    held.chunks.all().delete()
    held.summary = Summary(held.told("summary")).without_words()


def found(incoming: Import) -> Iterator[Found]:
    return SOURCES[incoming.source].reader(Stored(incoming))


def keeper_of(incoming: Import) -> Keeper:
    return OwnRows(incoming) if incoming.source == "onward" else Pages(incoming)


# Looking through


def _read(incoming: Import, clock: Clock, until: datetime) -> None:
    summary, keeper = Summary(incoming.told("summary")), keeper_of(incoming)
    with closing(found(incoming)) as stream:  # type: ignore[type-var]
        for one in islice(stream, incoming.place):
            keeper.pass_over(one)
        more = True
        while more and clock() < until:
            batch = list(islice(stream, LOOK))
            more = len(batch) == LOOK
            summary.add(batch, keeper.standing(batch))
            with transaction.atomic():
                held = incoming.held(clock())
                held.place += len(batch)
                if not more and not held.place:
                    raise Unreadable("empty")
                if not more:
                    held.read_at, held.total, held.place = clock(), held.place, 0
                held.summary = summary.as_text
                held.save()


# Keeping


def _keep(incoming: Import, clock: Clock, until: datetime) -> None:
    keeper = keeper_of(incoming)
    with closing(found(incoming)) as stream:  # type: ignore[type-var]
        for one in islice(stream, incoming.place):
            keeper.pass_over(one)
        more = True
        while more and clock() < until:
            batch = list(islice(stream, BATCH))
            more = len(batch) == BATCH
            with transaction.atomic():
                _keep_batch(incoming, keeper, batch, clock(), more)
    if not more:
        log.info("import %s kept", incoming.pk)


def _keep_batch(incoming: Import, keeper: Keeper, batch: list[Found], now: datetime, more: bool) -> None:
    held = incoming.held(now)
    # Two files at once, and whoever writes meanwhile, wait for each other at the person's row.
    User.objects.select_for_update().get(pk=held.owner_id)
    counts = keeper.keep(batch, held.place, now)
    held.place += len(batch)
    for name in ("kept", "known", "skipped"):
        setattr(held, name, getattr(held, name) + counts[name])
    if not more:
        held.kept_at = now
        _put_down(held)
    held.save()


# Undoing


def _undo(incoming: Import, clock: Clock, until: datetime) -> None:
    more = True
    while more and clock() < until:
        with transaction.atomic():
            held = incoming.held(clock())
            gone = undo.batch(held)
            held.place += gone
            more = bool(gone)
            if not more:
                held.undone_at = clock()
            held.save()
