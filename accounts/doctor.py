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
    count = User.objects.count()
    yield well(f"{count:,} here; sign-up is {settings.ONWARD_SIGNUP}")
    if not count and settings.ONWARD_SIGNUP != "open":
        yield note("The first journal: `manage.py person add ADDRESS`.")
    if closing := Closing.standing():
        yield note(f"This place closes at {closing.closes_at:%Y-%m-%d %H:%M} UTC; `manage.py farewell` says more.")
    if not settings.ONWARD_OPERATOR:
        yield note("ONWARD_OPERATOR is not set: nobody is told who runs this place.")
    if not settings.ONWARD_HELP_FILE:
        yield note("ONWARD_HELP_FILE is not set: “If today is too heavy” names 112 alone.")
