"""What one would say to a friend, when no words come for oneself."""

from django.utils.translation import gettext_lazy as _

QUESTIONS = {
    "beside": _("How would you say it if they sat beside you?"),
    "first": _("What would you say first, before any advice?"),
    "know": _("What do you know about them that they can’t see at this moment?"),
    "sad": _("Which part of it would make you sad for them?"),
    "tried": _("What did they try, that you would point to?"),
    "carried": _("What were they carrying at the time?"),
    "never": _("What would you never say to them?"),
    "tonight": _("What would you do for them this evening?"),
    "tomorrow": _("What would you wish them to remember tomorrow?"),
    "postcard": _("If it had to fit on a postcard, what would it say?"),
    "you_too": _("Has something like it happened to you? What helped?"),
    "leave": _("What would you tell them they may leave for now?"),
    "child": _("What would you say to a child to whom this happened?"),
    "thank": _("What would you thank them for?"),
    "wordless": _("If no words came: what would you do, sit there, walk along, hold a hand?"),
}
