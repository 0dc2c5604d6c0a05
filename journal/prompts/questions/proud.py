"""Towards three lines that somebody is proud of, in a week of any kind."""

from django.utils.translation import gettext_lazy as _

QUESTIONS = {
    "cost": _("What took more out of you this week than it looked?"),
    "easier": _("Was anything easier than it used to be?"),
    "stayed": _("Where did you stay when it would have been easier to go?"),
    "went": _("Where did you go when staying would have cost you too much?"),
    "honest": _("Where were you honest?"),
    "patient": _("With whom, or with what, were you patient?"),
    "good_enough": _("What did you let be good enough?"),
    "asked": _("What did you ask for?"),
    "tried": _("What did you try, whatever came of it?"),
    "liked": _("What would somebody who likes you name, if they had seen your week?"),
    "monday": _("Think back to the beginning of the week. What did you do first?"),
    "hardest_day": _("Think of the hardest day. What brought you through it?"),
    "gave": _("What did you give: time, an answer, a hand?"),
    "promise": _("Which promise did you keep, to somebody or to yourself?"),
    "rested": _("When did you rest before you had to?"),
    "learned": _("What do you know now that you did not know a week ago?"),
    "new": _("Was anything new?"),
    "again": _("What did you take up again?"),
    "no_further": _("Where did you say how far you go, and no further?"),
    "put_right": _("Did you put something right with somebody?"),
    "ordinary": _("Which ordinary thing did you keep going?"),
    "looked_after": _("What did you look after: a person, a plant, a place, a machine?"),
    "said": _("Which sentence are you glad you said?"),
    "unsaid": _("Which sentence are you glad you did not say?"),
    "nervous": _("What did you do although you were nervous?"),
    "behind": _("What are you glad to have behind you?"),
    "minute": _("Which single minute of the week would you keep?"),
}
