"""After four hundred days nothing is kept of a letter but its slot, so that no clock can ever send it again."""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Field

from reminders.models import Delivery
from reminders.models.delivery import State

KEPT = timedelta(days=400)
BATCH, MOST = 1000, 20  # batches a pass; the next pass goes on
SLOT = {"id", "owner", "kind", "slot"}
NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


def tick(now: datetime) -> None:
    """Any number of passes may do so at once: each takes rows that no other has."""
    for _ in range(MOST):
        if _forget_some(now) < BATCH:
            return


@transaction.atomic
def _forget_some(now: datetime) -> int:
    over = Delivery.objects.over(now - KEPT).select_for_update(skip_locked=True).order_by("due_at")
    return Delivery.objects.among(over[:BATCH]).update(**_blank())


def _blank() -> dict[str, object]:
    """Every column but the slot, one that is added later included."""
    fields = [field for field in Delivery._meta.concrete_fields if field.name not in SLOT]
    must = {"state": State.PAST, "due_at": NO_TIME, "not_before": NO_TIME, "schedule_version": 0}
    return {field.attname: _nothing(field) for field in fields} | must


def _nothing(field: "Field[object, object]") -> object:
    return None if field.null else field.get_default()
