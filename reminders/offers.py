"""Today's offer of the weekly letter, and what becomes of the answer."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.models import User
from reminders.models import WEEKLY, Offer, Schedule
from reminders.models.schedule import proposed


@transaction.atomic
def take(user: User, answer: str, now: datetime) -> None:
    """yes (Sunday at six), later, no; or undo, which takes back whichever it was."""
    schedule = Schedule.weekly(user)
    if answer == "yes" and not schedule.active:
        schedule.change(now, active=True, **proposed(WEEKLY))
    elif answer == "no" and schedule.active:
        schedule.change(now, active=False)
    if answer == "undo":
        _take_back(user, schedule, now)
    else:
        _note(user, answer, now)


def decide(user: User, weekly: bool, now: datetime) -> None:
    """Whoever kept the Letters page need not be asked on Today."""
    _note(user, Offer.Answer.YES if weekly else Offer.Answer.NO, now)


def _take_back(user: User, schedule: Schedule, now: datetime) -> None:
    said = Offer.objects.filter(owner=user, kind=WEEKLY).first()
    if said and said.answer == Offer.Answer.YES and schedule.active:
        schedule.change(now, active=False)
    Offer.objects.filter(owner=user, kind=WEEKLY).delete()


def _note(user: User, answer: str, now: datetime) -> None:
    first = {"answer": answer, "at": now}
    again = first | {"times": F("times") + 1}
    Offer.objects.update_or_create(owner=user, kind=WEEKLY, defaults=again, create_defaults=first)
