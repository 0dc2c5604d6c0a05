"""Kind words: to oneself beside what was done, from somebody else, and to oneself later."""

from django.utils.translation import gettext_lazy as _

TO_YOURSELF = _("And to yourself?")
TO_YOURSELF_HINT = _("One kind line, if you like, as you’d say it to a friend. It comes back to you one day.")

WHAT_THEY_SAID = _("What did they say, or write?")
WHAT_THEY_SAID_HINT = _("As near as you remember. What they saw in how you went about it keeps longest.")
FROM_WHOM = _("From whom")
FROM_WHOM_HINT = _("Only for you. It can stay blank.")

TO_LATER = _("What would you like to tell yourself?")
TO_LATER_HINT = _("What is going on, what you hope, what you would want to be reminded of.")
OPENS_ON = _("To be opened on")
OPENS_ON_HINT = _("Until then no page shows its words. You can open it sooner.")

HELPS = _("What helps me")
HELPS_HINT = _("A place, a person, a cup of tea, a song. The smaller it is, the easier to reach.")
WHOM = _("Whom I can call")
WHOM_HINT = _("A name, and a number if you like: it becomes a button.")
REMEMBER = _("What I want to remember")
REMEMBER_HINT = _("What you know today, and may not on a heavy day.")
