"""The page of all small steps, so many at a time: those that wait, and what came of the others."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from journal.models import Completion, Step
from journal.timeline import EPOCH, Place

PAGE = 60
INSTANT = "(-?[0-9]{1,18})"


@dataclass(frozen=True)
class Stand:
    """The last step of a page. It says itself where the next begins, whatever is written or taken back meanwhile."""

    chosen: datetime | None
    walked: datetime | None
    position: int
    at: datetime
    id: UUID

    @classmethod
    def of(cls, step: Step) -> "Stand":
        walked = step.milestone.created_at if step.milestone else None
        return cls(step.chosen_at, walked, step.position, step.created_at, step.pk)

    @classmethod
    def named(cls, text: str) -> "Stand":
        """Raises ValueError for everything but what `str` gives."""
        found = re.fullmatch(rf"(?:{INSTANT}|x)_(?:{INSTANT}|x)_([0-9]{{1,9}})_{INSTANT}_([0-9a-f]{{32}})", text)
        if not found:
            raise ValueError("not a place among the steps")
        chosen, walked, position, at, id = found.groups()
        first, second = (_instant(one) if one else None for one in (chosen, walked))
        return cls(first, second, int(position), _instant(at), UUID(id))

    def __str__(self) -> str:
        instants = [_micros(one) if one else "x" for one in (self.chosen, self.walked)]
        return f"{instants[0]}_{instants[1]}_{self.position}_{_micros(self.at)}_{self.id.hex}"

    @property
    def beyond(self) -> Q:
        """What comes after it in the order of `StepQuerySet.on_the_way`: the latest first, what has no instant last."""
        after = Q(created_at__gt=self.at) | Q(created_at=self.at, pk__gt=self.id)
        after = Q(position__gt=self.position) | Q(position=self.position) & after
        for name, instant in (("milestone__created_at", self.walked), ("chosen_at", self.chosen)):
            none = Q(**{f"{name}__isnull": True})
            if instant is None:
                after = none & after
            else:
                after = Q(**{f"{name}__lt": instant}) | none | Q(**{name: instant}) & after
        return after


def _micros(instant: datetime) -> int:
    return (instant - EPOCH) // timedelta(microseconds=1)


def _instant(micros: str) -> datetime:
    try:
        return EPOCH + timedelta(microseconds=int(micros))
    except OverflowError:
        raise ValueError("no time that a calendar has") from None


class StepList:
    """`after` and `before` are the places that the two lists begin beyond."""

    def __init__(self, user: User, after: Stand | None = None, before: Place | None = None) -> None:
        self.user, self.after, self.before = user, after, before

    @cached_property
    def _waiting(self) -> list[Step]:
        steps: Any = Step.objects.of(self.user).on_the_way().select_related("milestone")
        if self.after:
            steps = steps.filter(self.after.beyond)
        return list(steps.order_by(*steps.query.order_by, "pk")[: PAGE + 1])

    @cached_property
    def _told(self) -> list[Completion]:
        told: Any = Completion.objects.of(self.user).filter(step__removal__isnull=True)
        if self.before:
            told = self.before.beyond(told)
        told = told.select_related("step", "entry", "entry__removal")
        return list(told.order_by("-local_date", "-created_at", "-id")[: PAGE + 1])

    @property
    def waiting(self) -> list[Step]:
        return self._waiting[:PAGE]

    @property
    def told(self) -> list[Completion]:
        return self._told[:PAGE]

    @property
    def more_waiting(self) -> Stand | None:
        return Stand.of(self._waiting[PAGE - 1]) if len(self._waiting) > PAGE else None

    @property
    def more_told(self) -> Place | None:
        return Place.of(self._told[PAGE - 1]) if len(self._told) > PAGE else None
