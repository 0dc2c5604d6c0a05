"""What the operator’s page says of what is kept: how much, and never what (config.overview)."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from config.overview import Row, counted
from journal.metrics import broken, waiting
from journal.models import Entry


def kept(now: datetime) -> Iterator[Row]:
    yield Row(_("Entries"), counted(Entry.objects.count()))
    yield Row(_("Files from elsewhere that wait to be read or kept"), counted(waiting(now)))
    ours = broken(now)
    yield Row(_("Files that could not be taken in this week, for a reason of ours"), counted(ours), look=bool(ours))
