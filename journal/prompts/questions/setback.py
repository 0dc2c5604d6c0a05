"""What happened, as a kind witness would ask: the facts, and what was around them. Nobody is asked for a verdict."""

from django.utils.translation import gettext_lazy as _

QUESTIONS = {
    "where": _("Where were you when it happened?"),
    "said": _("What was said, as far as you remember the words?"),
    "witness": _("What would somebody have seen who was passing by?"),
    "before": _("What was going on before it?"),
    "noticed": _("When did you first notice that it was going another way?"),
    "expected": _("What had you expected instead?"),
    "hardest": _("Which moment was the hardest?"),
    "who": _("Who else was there, and what did they do?"),
    "afterwards": _("What did you do right afterwards?"),
    "carrying": _("What were you already carrying that day?"),
    "hands": _("Which part of it was in your hands, and which part was not?"),
    "one_line": _("If it had to fit on one line, what would the line say?"),
    "round": _("What of it is still going round in your head?"),
    "certain": _("What do you know for certain, and what are you guessing?"),
    "untouched": _("What was not touched by it?"),
    "name": _("If a day like this had a name, what would it be called?"),
    "wanted": _("What did you want at that moment?"),
}
