"""A doubt on one page, what speaks against it on the other."""

from django.utils.translation import gettext_lazy as _

DOUBT = _("The doubt")
ANSWER = _("The other side of the page")
HINT = _("Why it isn’t the whole truth. Blank is fine; come back when you know.")

# Looked at longer.
FEAR = _("If it went wrong, what do I fear would follow?")
GUARD = _("What is this guarding?")
STILL_TRUE = _("What would still be true of me?")
WHOSE = _("Whose sentence is this?")
EVIDENCE = _("What speaks against it, from your own pages")
