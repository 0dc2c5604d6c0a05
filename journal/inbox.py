"""What other apps may hand in: proud things. It adds and gives nothing back but how many were new."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from accounts.days import local_date
from accounts.models import User
from journal.models import Entry


class Line(NamedTuple):
    """`id` was made by the form that the words came in."""

    id: UUID | None
    text: str


@transaction.atomic
def add_proud(owner: User, lines: Iterable[Line], sunday: date, now: datetime) -> int:
    """Keeps each line as a proud thing of the week that ends on `sunday`, today at the latest.

    A form sent twice, or words that stand in that week already, make one. Returns how many were new.
    """
    day = min(sunday, local_date(owner, now))
    stand = _standing(owner, min(day, sunday - timedelta(days=6)), sunday)
    new = 0
    for line in lines:
        if line.text not in stand:
            entry = Entry.keep(owner, now, id=line.id, kind=Entry.Kind.PROUD, body=line.text, local_date=day)
            new += entry.created_at == now
            stand.add(line.text)
    return new


def _standing(owner: User, first: date, last: date) -> set[str]:
    proud = Entry.objects.of(owner).filter(kind=Entry.Kind.PROUD).within(first, last)
    return {entry.body for entry in proud if not entry.damaged}
