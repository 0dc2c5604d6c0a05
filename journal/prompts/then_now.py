"""One old doubt or lesson beside a blank line."""

from django.utils.translation import gettext_lazy as _

EASIER = _("What is easier now?")
HINT = _("However little. If nothing is, the old page can stay closed.")
