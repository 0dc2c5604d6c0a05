"""A clock that ran far ahead took every next letter with it. By the right clock they are due at once: the newest slot
of each is planned, as after any time without a clock, and one that has its row already gets no other.

Far ahead of the pass's clock alone would be every schedule, for a pass whose `now` lies in the past. So only what lies
far ahead of the machine's clock, too, is brought back (docs/decisions/0015).
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from reminders.models import Schedule

# Further away than the next slot of any kind, a month's included.
FAR = timedelta(days=75)
BATCH, MOST = 1000, 20  # batches a pass; the next pass goes on


def tick(now: datetime) -> None:
    """One look at the far end of an index, as long as nothing lies there."""
    beyond = max(now, timezone.now()) + FAR
    for _ in range(MOST):
        if _bring_back(now, beyond) < BATCH:
            return


@transaction.atomic
def _bring_back(now: datetime, beyond: datetime) -> int:
    astray = Schedule.objects.astray(beyond).select_for_update(skip_locked=True)
    return Schedule.objects.filter(pk__in=list(astray.values_list("pk", flat=True)[:BATCH])).update(next_at=now)
