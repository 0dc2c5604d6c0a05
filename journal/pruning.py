"""What goes for good when its time is over."""

from datetime import datetime

from journal.models import Draft, Entry, Import, Matter, Milestone, Reading, Step, Treat, Unproven


def tick(now: datetime) -> None:
    """What was taken back thirty days ago and not put back; lines that nobody said were theirs; files from elsewhere
    that nobody approved; drafts that nobody came back to.
    """
    for noun in (Entry, Milestone, Step, Treat, Matter, Draft):
        noun.objects.over(now).delete()
    Reading.objects.over(now).delete()
    Unproven.objects.over(now).delete()
    Import.objects.over(now).delete()
