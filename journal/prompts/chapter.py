"""What is asked of a month or a year. One line is plenty, and so is none."""

from django.utils.translation import gettext_lazy as _

HINT = _("However it comes: a line, a list, a word.")
QUESTIONS = {
    "easier": _("What got a little easier?"),
    "heavy": _("What was heavy?"),
    "carry_on": _("What would you like to carry on?"),
}
