"""One small step, as Today shows it: one at a time, the others folded; after a "not today" nothing offers itself."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from accounts.models import User
from accounts.prepared import prepared
from journal.facts import kept_count
from journal.models import Beginning, Step

KEPT_FIRST = 5
SEEN = 6


@dataclass(frozen=True)
class SmallStep:
    """`writes`: there is none, and one may be written here."""

    step: Step | None = None
    others: list[Step] = field(default_factory=list)
    writes: bool = False

    @classmethod
    def of(cls, user: User, today: date, first_page: bool = False, settled: bool = False) -> "SmallStep":
        """Steps on the way wait until a few things are kept; one that was chosen does not. `settled`: they are."""
        steps = [step for step in _seen(user, today) if not step.damaged]
        rested = next((step.updated_at for step in steps if _rests(step, today)), None)
        waiting = [step for step in steps if not _rests(step, today)]
        step = next(iter(waiting), None)
        if rested and (step is None or not _chosen_since(step, rested)):
            return cls()
        if step and step.chosen_at:
            return cls(step, waiting[1:])
        if first_page or not (settled or kept_count(user.pk, KEPT_FIRST) == KEPT_FIRST):
            return cls()
        return cls(step, waiting[1:], writes=step is None)


@prepared
def _seen(user: User, today: date) -> Any:
    """What rests comes first; `begun_at` is when five minutes at it began today, if nobody ended them."""
    rests = Q(rests_until__isnull=False, rests_until__gt=today)  # never NULL, which databases sort each in their way
    on_the_way = Step.objects.of(user).on_the_way()
    begun = Beginning.objects.filter(step=OuterRef("pk"), local_date=today).open().order_by("-created_at", "pk")
    steps = on_the_way.annotate(rests=rests, begun_at=Subquery(begun.values("created_at")[:1]))
    order = ("-rests", *on_the_way.query.order_by)
    return steps.select_related("milestone", "matter__removal").order_by(*order)[:SEEN]


def _rests(step: Step, today: date) -> bool:
    return step.rests_until is not None and step.rests_until > today


def _chosen_since(step: Step, instant: datetime) -> bool:
    return step.chosen_at is not None and step.chosen_at > instant
