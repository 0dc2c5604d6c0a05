"""What is asked once, later, on a day that the person named. Never whether it was right."""

from django.utils.translation import gettext_lazy as _

from journal.models.kinds import Kind

ASKED = {
    Kind.DOUBT: _("What really happened?"),
    Kind.DECISION: _("What do you know now?"),
}
# Asks for the day, where the page is written.
DAY = {
    Kind.DOUBT: _("A day to be asked: what really happened?"),
    Kind.DECISION: _("A day to be asked: what do you know now?"),
}
ONCE = _("Asked once, in one quiet line on Today. Blank is fine.")
