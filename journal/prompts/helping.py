"""What is said to whoever helps others: it stands in place of the usual words, and adds nothing to them."""

from django.utils.translation import gettext_lazy as _

BEFORE = _("I don’t need to know yet.")
NO_NAMES = _("Yourself in the room. No client names, and nothing by which somebody could be found.")

# Put it down: five minutes, one lesson, closed.
WHAT = _("What went off plan?")
BLANK = _("One word is enough. An empty page can’t be put down.")
LESSON = _("What is this teaching me?")
LESSON_HINT = _("One line. Blank is fine: then it is left be.")
