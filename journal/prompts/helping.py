"""What is said to whoever helps others: it stands in place of the usual words, and adds nothing to them."""

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from journal.prompts.question import Question
from journal.prompts.questions.helping import FRIEND, LESSON, SETBACK

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

BEFORE = _("I don’t need to know yet.")
NO_NAMES = _("Yourself in the room. No client names, and nothing by which somebody could be found.")

# Put it down: five minutes, one lesson, closed.
WHAT = _("What went off plan?")
BLANK = _("One word is enough. An empty page can’t be put down.")
TAUGHT = _("What is this teaching me?")
TAUGHT_HINT = _("One line. Blank is fine: then it is left be.")

# Something hard, looked at gently: what is said in place of the usual words (journal.prompts.reframing).
IN_PLACE: "dict[str, dict[str, Any]]" = {
    "happened": {"hint": NO_NAMES, "starters": (SETBACK["off_plan"], SETBACK["in_you"], SETBACK["wanted"])},
    "friend": {
        "title": _("What would you say to a colleague?"),
        "told": _("A colleague tells you:"),
        "starters": (_("Of course that was hard, because…"), FRIEND["room"], FRIEND["first_year"]),
    },
    "lesson": {
        "hint": _("About your part alone. A guess will do. So will nothing: some hours teach nobody anything."),
        "starters": (LESSON["right_answer"], LESSON["afraid"], LESSON["present"]),
    },
}


@dataclass(frozen=True)
class Turned(Question):
    """A question as somebody who helps is asked it. `told`: who speaks, where somebody is quoted."""

    told: "StrOrPromise" = ""


def turned(question: Question) -> Question:
    """In the words for whoever helps others; a question without any stays as it is."""
    if question.name not in IN_PLACE:
        return question
    usual = {one.name: getattr(question, one.name) for one in fields(question)}
    return Turned(**usual | IN_PLACE[question.name])
