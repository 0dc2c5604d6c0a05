"""What something hard may be teaching. Each can be answered with no, and nothing is an answer too."""

from django.utils.translation import gettext_lazy as _

QUESTIONS = {
    "too_much": _("Was it too much at once?"),
    "plan": _("Was the plan bigger than the day?"),
    "ask": _("Is there somebody you could ask, another time?"),
    "small_thing": _("Was there a moment when some small thing would have helped?"),
    "needed": _("What did you need that was not there?"),
    "matters": _("What does it show that matters to you?"),
    "strength": _("Does it say how far your strength goes on a day like that?"),
    "again": _("What would you do again in the same way?"),
    "differently": _("Is there one small thing that you would do in another way?"),
    "not_yours": _("Which part of it was never yours to carry?"),
    "rule": _("Which rule of yours was at work? Does it still serve you?"),
    "enough": _("What would have been good enough?"),
    "time": _("What in it only needs time?"),
    "tell": _("What would you tell somebody who is about to do the same?"),
    "sign": _("Which early sign would you like to notice another time?"),
    "somebody": _("Did you learn something about somebody else?"),
    "rest": _("Does it say something about rest?"),
    "too_near": _("Is it still too near to say?"),
    "nothing": _("May it be that it teaches nothing, and was only hard?"),
    "found": _("Did you find something in yourself that you had not seen before?"),
    "smaller": _("What would a smaller version have looked like?"),
    "kinder": _("What would have made it kinder?"),
}
