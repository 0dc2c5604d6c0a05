"""A doubt on one page, what speaks against it on the other."""

from django.utils.translation import gettext_lazy as _

DOUBT = _("The doubt")
ANSWER = _("The other side of the page")
HINT = _("Why it isn’t the whole truth. Blank is fine; come back when you know.")
