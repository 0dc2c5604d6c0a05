"""What `manage.py doctor` asks of this app (config.doctor)."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from accounts import keys, ledger, ring
from accounts.models import Closing, Leaving, User
from config.doctor import Finding, look, note, well

HOUR = timedelta(hours=1)


def ring_opens() -> Iterator[Finding]:
    try:
        keys.refuse_without_ring()
    except ImproperlyConfigured as error:
        yield look(f"{error} Never make a new one where people have written.")
        return
    yield well(f"it opens every master key that the texts here need; new people use {ring.current().primary}")
    yield note(
        f"Is a copy of {ring.place()} on another machine, apart from the backups? Without it nobody can ever read "
        "what was written here."
    )
    if settings.MAKES_RING:
        yield note(
            "The ring lies beside the database: a copied database file tells nothing, a copied folder everything."
        )


def ledger_reads() -> Iterator[Finding]:
    try:
        list(ledger.noted([]))
        ledger.refuse_unreadable()
    except (OSError, ledger.Unreadable) as error:
        yield look(f"Nobody can leave for good: {error}")
        return
    late = Leaving.objects.filter(goes_at__lt=timezone.now() - HOUR).count()
    if late:
        yield look(f"{late} who left an hour ago or more are not taken out yet: do the passes come to their end?")
    else:
        yield well(f"noted in {settings.ONWARD_LEDGER_FILE}")


def people() -> Iterator[Finding]:
    count, closing = User.objects.count(), Closing.standing()
    yield well(f"{count:,} here; sign-up is {'closed' if closing else settings.ONWARD_SIGNUP}")
    if closing:
        yield _closing(closing, count)
    elif not count and settings.ONWARD_SIGNUP != "open":
        yield note("The first journal: `manage.py person add ADDRESS`.")
    if not settings.ONWARD_OPERATOR:
        yield note("ONWARD_OPERATOR is not set: nobody is told who runs this place.")
    if not settings.ONWARD_TEXTS and settings.ONWARD_SIGNUP == "open":
        yield note("ONWARD_TEXTS is not set: nobody is told terms, what you keep of them, or how to reach you.")
    if not settings.ONWARD_HELP_FILE:
        yield note("ONWARD_HELP_FILE is not set: “If today is too heavy” names 112 alone.")


def _closing(closing: Closing, count: int) -> Finding:
    """That passes do not come to it is said of passes, and of the ledger."""
    now, at = timezone.now(), f"{closing.closes_at:%Y-%m-%d %H:%M} UTC"
    if not closing.is_over(now):
        return note(f"This place closes at {at}; `manage.py farewell` says more.")
    if now - closing.closes_at > HOUR and count:
        return look(f"This place closed at {at}, and not everybody’s rows are gone: leave the passes running.")
    return note(f"This place closed at {at}; from {closing.copies_until(now)} on no copy in a backup opens.")
