"""What is asked beside a milestone: of the standard behind it, and in a longer look. None needs an answer."""

from django.utils.translation import gettext_lazy as _

# What is asked, and what is said beneath it.
STANDARD = {
    "serves": (_("Where does this standard serve you?"), _("It has its uses. Which are they?")),
    "stops": (_("Where does it stop?"), _("The place, the hour or the size from which it takes more than it gives.")),
}
GROW = {
    "goal": (_("What would you like from this?"), _("Goal")),
    "reality": (_("What’s true right now?"), _("Reality")),
    "options": (_("What could you try?"), _("Options. Silly ones too.")),
    "way_forward": (_("One small thing, and when"), _("Way forward")),
}
