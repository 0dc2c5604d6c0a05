"""What may be suggested after an effort: one line of the person's own list, never after something hard."""

from datetime import date

from accounts.models import User
from journal.models import Entry, Treat
from journal.models.entry import EntryQuerySet

HARD = (Entry.Kind.SETBACK, Entry.Kind.DOUBT)


def treat_after_step(user: User, today: date) -> Treat | None:
    """It goes by the trying: whether a step was tried or done is not asked."""
    return _suggested(user, today, Entry.objects.of(user))


def treat_after(user: User, today: date, entry: Entry) -> Treat | None:
    """After one tap for a deed."""
    if entry.kind != Entry.Kind.WIN or not entry.deed:
        return None
    return _suggested(user, today, Entry.objects.of(user).exclude(pk=entry.pk))


def _suggested(user: User, today: date, kept: EntryQuerySet) -> Treat | None:
    treat = Treat.objects.of(user).for_day(today)
    if treat is None:
        return None
    last = kept.filter(local_date__gte=today).order_by("-created_at", "pk").values_list("kind", flat=True).first()
    return None if last in HARD else treat
