"""Three things somebody is proud of in a week; none of them has to come."""

from django.utils.translation import gettext_lazy as _

LINES = (_("One thing I’m proud of"), _("Another, if it comes"), _("And another, if it comes"))
TAKEAWAY = _("What are you taking with you?")
STEP = _("One small step")
STEP_HINT = _("Small enough for a bad day. Or none.")
