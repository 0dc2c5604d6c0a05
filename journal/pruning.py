"""What goes for good when its time is over."""

from datetime import datetime

from journal.models import Entry, Removal, Unproven


def tick(now: datetime) -> None:
    """Entries that were taken back thirty days ago and not put back; lines that nobody said were theirs."""
    Entry.objects.filter(removal__in=Removal.over(now)).delete()
    Unproven.objects.over(now).delete()
