"""For the other side of the page: what else is true. None of these argues the doubt away."""

from django.utils.translation import gettext_lazy as _

QUESTIONS = {
    "certain": _("What do you know for certain, and what does the doubt add to it?"),
    "otherwise": _("When was it otherwise, even once?"),
    "friend": _("If a friend had written this about themselves, what would you write beneath it?"),
    "voice": _("Whose voice does it sound like?"),
    "always": _("Does it say “always” or “never”? Name one day on which it was not so."),
    "beside": _("Which of your own days would you put beside it?"),
    "only_this": _("How would it sound if it were only about this one thing?"),
    "rested": _("Would it say the same after a day of rest?"),
    "care": _("What does it show that you care about?"),
    "learned": _("What can you do by now that once you could not?"),
    "trust": _("Who trusts you with something, and with what?"),
    "halves": _("Which part of it is true, and which part is not?"),
    "margin": _("Imagine reading this in a year. What would you add in the margin?"),
    "opposite": _("Write down the opposite. What in it is true as well?"),
    "along": _("What could you do with the doubt still there?"),
    "others": _("Who else may have had this thought when they began?"),
    "find_out": _("How could you find out, in a small way?"),
    "still_true": _("If it were so, what would still be true of you?"),
    "teacher": _("What would the kindest teacher you can think of say here?"),
    "yet": _("How does it read with “so far” at the end?"),
    "went_well": _("Have you doubted like this before something that then went all right?"),
    "left_out": _("What does the doubt leave out?"),
    "weight": _("How heavy is it today, and was it ever lighter?"),
}
