"""Before meeting somebody: a therapist, a teacher, a friend; and what is taken away from it."""

from django.utils.translation import gettext_lazy as _

ABOUT = _("What is it about?")
ABOUT_HINT = _("A word will do: “Thursday, the plan for spring”.")
HELPFUL = _("What would make it helpful?")
HELPFUL_HINT = _("One wish is enough. Saying it aloud is allowed.")
TAKEAWAY = _("What are you taking away?")
TAKEAWAY_HINT = _("For afterwards. One line, in your own words.")
