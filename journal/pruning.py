"""What goes for good when its time is over."""

from datetime import datetime

from journal.models import Entry, Removal


def tick(now: datetime) -> None:
    """Entries that were taken back thirty days ago and not put back."""
    Entry.objects.filter(removal__in=Removal.over(now)).delete()
