"""What somebody takes along from a week, a meeting, a decision."""

from django.utils.translation import gettext_lazy as _

QUESTIONS = {
    "word": _("If it were one word, which one?"),
    "sentence": _("Which sentence would you like to keep?"),
    "month": _("What would you like to remember in a month?"),
    "clearer": _("Did anything become clearer?"),
    "leave": _("What do you leave here?"),
    "again": _("What would you do again?"),
    "less": _("What would you like less of?"),
    "more": _("What would you like more of?"),
    "mattered": _("Which small thing turned out to matter?"),
    "open": _("What is still open, and can stay open?"),
    "company": _("With whom was it good to be?"),
    "needed": _("What did you need?"),
}
