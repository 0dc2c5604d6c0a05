"""For a page that is not about anything: what is near, and what goes round."""

from django.utils.translation import gettext_lazy as _

QUESTIONS = {
    "see": _("What can you see from where you are?"),
    "hear": _("What do you hear right now?"),
    "weather": _("What is the weather like, outside and inside?"),
    "round": _("What keeps coming back to your mind?"),
    "colour": _("Which colour would this day have?"),
    "unsent": _("What would you like to say to somebody, without sending it?"),
    "easier": _("What would make tomorrow a little easier?"),
    "question": _("Which question are you carrying around with you?"),
    "stayed": _("What did you hear or read that stayed with you?"),
    "yourself": _("Where did you last feel like yourself?"),
    "whom": _("Whom have you been thinking of?"),
    "enough": _("What do you have enough of?"),
    "longing": _("What do you long for?"),
    "curious": _("What are you curious about?"),
    "set_down": _("What could you set down for a while?"),
    "changed_mind": _("About what have you changed your mind?"),
    "nearest": _("Take the nearest thing in your hand. Where does it come from?"),
    "smile": _("Did anything make you smile, even inwardly? No is an answer too."),
    "smallest": _("What is the smallest thing that you could write down?"),
    "tune": _("Which song or tune has been with you?"),
    "free_hour": _("If an hour were yours alone, what would you do with it?"),
    "word": _("Which word fits this day?"),
    "unclear": _("What is not clear yet, and may stay so?"),
    "thanks": _("Is there somebody, or something, that you would like to thank?"),
    "beginner": _("What would you tell somebody who begins where you once began?"),
    "three_things": _("Name three things in this room."),
    "half_thought": _("Which thought did you leave half finished?"),
    "quiet": _("When was it last quiet around you?"),
}
