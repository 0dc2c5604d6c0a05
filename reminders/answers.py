"""An answer comes back through the link in a letter: it can add, and see nothing."""

from datetime import datetime

from django.db import transaction

from journal import inbox
from reminders.models import WriteLink


class Full(Exception):
    """The link has taken as much as one link may."""


@transaction.atomic
def take(link: WriteLink, lines: list[inbox.Line], now: datetime) -> None:
    """Keeps what is new of the lines, or raises Full and keeps nothing. What was sent before counts for nothing."""
    stands = WriteLink.objects.select_for_update().select_related("owner").get(owner=link.owner_id, pk=link.pk)
    stands.adds += _add(stands, lines, now)
    if stands.adds > WriteLink.MOST:
        raise Full
    stands.save(update_fields=["adds"])


def _add(link: WriteLink, lines: list[inbox.Line], now: datetime) -> int:
    """A line of one day, or proud things of a week."""
    if link.day:
        return sum(inbox.add_win(link.owner, line, link.day, now) for line in lines)
    return inbox.add_proud(link.owner, lines, link.monday, now)
