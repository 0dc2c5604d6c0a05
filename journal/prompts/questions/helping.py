"""For whoever helps others: these stand in place of the usual ones. No client is asked about."""

from django.utils.translation import gettext_lazy as _

WIN = {
    "silence": _("Where did you let a silence stand?"),
    "arrived": _("How did you arrive, before it began?"),
    "not_knowing": _("Where did you say “I don’t know”?"),
    "followed": _("When did you follow instead of leading?"),
    "aside": _("Which plan did you put aside, and for what?"),
    "question": _("Which question of yours opened something?"),
    "limit": _("Where did you name your own limit?"),
    "between": _("What did you do between two meetings, so as to arrive in the second one?"),
    "on_time": _("Did you end on time, or say that it was enough for this time?"),
    "asked": _("Whom did you ask: a colleague, a supervisor, a friend?"),
    "heard": _("What did you hear that you could have talked over?"),
    "afterwards": _("What did you do for yourself after the last one?"),
}
SETBACK = {
    "off_plan": _("At which moment did it leave the plan?"),
    "in_you": _("What went on in you at that moment?"),
    "wanted": _("What did you want for the other person, and what for yourself?"),
    "answer": _("Which answer were you looking for?"),
    "afraid": _("What were you afraid of, if you had none?"),
    "there": _("When were you there, even for a little while?"),
    "replay": _("Which sentence do you replay?"),
    "brought": _("What had you brought along from before?"),
    "watching": _("What would somebody have seen in you who was watching kindly?"),
    "theirs": _("What in it belonged to the other person, and not to you?"),
}
NOTE = {
    "line": _("What do you not need to know yet?"),
    "still_with_you": _("What came home with you from work?"),
    "room": _("Which room, voice or light do you remember?"),
    "answer": _("What does your wish for the right answer want for you?"),
    "none": _("What are you afraid of, if you have no answer?"),
    "own": _("What of your own was touched?"),
    "who_for_you": _("Who listens to you?"),
    "role": _("Who are you when nobody needs help?"),
}
PROUD = {
    "present": _("When did you stay present while it went off plan?"),
    "less": _("Where did you do less, and it was right so?"),
    "no": _("Where did you say no to a request for help?"),
    "unsure": _("Where were you unsure, and stayed?"),
    "trusted": _("What did you trust the other person with?"),
    "repaired": _("What did you put right, in a sentence?"),
    "asked": _("What did you ask somebody who knew more, or other things?"),
    "ended": _("What did you end?"),
    "for_you": _("What did you do for the one who helps?"),
    "small": _("Which small thing would a kind supervisor have noticed?"),
}
DOUBT = {
    "certain": _("What do you know for certain about that hour, and what does the doubt add?"),
    "colleague": _("If a colleague had written this, what would you write beneath it?"),
    "answer": _("Does it ask for an answer that anybody could have had?"),
    "theirs": _("Which part of it is the other person’s own road?"),
    "with_doubt": _("What have you done well with the doubt still there?"),
    "care": _("What does it show that you care about?"),
    "otherwise": _("When was it otherwise, even once?"),
    "supervision": _("Where could you take it, so as not to be alone with it?"),
    "enough": _("What would a good enough helper have done?"),
    "still_true": _("If it were so, what would still be true of you?"),
}
FRIEND = {
    "beside": _("How would you say it if they sat beside you between two sessions?"),
    "tried": _("What did they try, that you would point to?"),
    "room": _("What was hard about that room, for anybody?"),
    "never": _("What would you never say to them?"),
    "know": _("What do you know about their work that they can’t see at this moment?"),
    "home": _("What would you tell them they may leave at work?"),
    "first_year": _("What would you say to somebody in their first year?"),
    "not_knowing": _("What would you say to them about not knowing?"),
}
LESSON = {
    "right_answer": _("What does the need for the right answer say?"),
    "not_knowing": _("What became possible because you did not know?"),
    "present": _("What helps you stay present when it goes off plan?"),
    "afraid": _("What were you afraid of, if you had no answer?"),
    "trust": _("What could you trust the other person with?"),
    "supervision": _("What would you take to supervision?"),
    "less": _("What would doing less have looked like?"),
    "your_part": _("Does it say where your part ends?"),
    "own": _("Does it touch something of your own?"),
    "repair": _("Is there something to put right, in one sentence, next time?"),
    "leaving": _("By what do you notice that you are leaving the room inwardly?"),
    "enough": _("What is a good enough session?"),
    "pace": _("Whose pace was it?"),
    "nothing": _("May it be that it teaches nothing, and was only hard?"),
}
TAKEAWAY = {
    "presence": _("What kept you present?"),
    "put_down": _("What can stay at work?"),
    "unknown": _("What do you still not know, and can leave so?"),
    "more": _("What would you like more of, for the one who helps?"),
    "sentence": _("Which sentence would you like to have with you before the next session?"),
    "less": _("What would you like less of?"),
}
