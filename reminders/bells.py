"""Redis rings the bell (docs/decisions/0002): where more letters wait than one worker takes at once, others help."""

import logging
from datetime import datetime
from math import ceil

from django.conf import settings
from django.utils import timezone

from reminders.models import Delivery

MOST = 100
# Before the next pass rings anew: a tick never waits behind old bells.
EXPIRES = 50
TASK = "reminders.tasks.deliver"

log = logging.getLogger(__name__)


def ring(now: datetime, batch: int) -> int:
    """A bell for each batch that waits at `now`, but for the one that the caller takes itself; returns how many.

    A bell that is not heard costs nothing, and a broker that is away costs one try: the pass sends, too.
    """
    if not settings.REDIS_URL:
        return 0
    from config.celery import app  # Celery is not loaded where it is not used

    waiting = Delivery.objects.planned(now)[: (MOST + 1) * batch].count()
    ahead, rung = ceil((now - timezone.now()).total_seconds()), 0
    try:
        while rung < ceil(waiting / batch) - 1:
            app.send_task(TASK, (ahead,), expires=EXPIRES)
            rung += 1
    except Exception as error:
        log.warning("No bell rings: %s.", type(error).__name__)
    return rung
