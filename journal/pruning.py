"""What goes for good when its time is over."""

from datetime import datetime

from journal.models import Entry, Reading, Removal, Unproven


def tick(now: datetime) -> None:
    """What was taken back thirty days ago and not put back; lines that nobody said were theirs."""
    Entry.objects.filter(removal__in=Removal.over(now)).delete()
    Reading.objects.over(now).delete()
    Unproven.objects.over(now).delete()
