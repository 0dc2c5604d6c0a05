"""Something to decide, worked through: four small pages, each of which may be the last."""

from django.utils.translation import gettext_lazy as _

from journal.prompts.question import Question

WHAT = _("What is to be decided?")
WHAT_HINT = _("One plain sentence. It need not be a fair one.")

OPTIONS = Question(
    name="options",
    fields=("options",),
    mended=0,
    title=_("What could I do?"),
    where=_("The first of four small pages. You can stop after any of them."),
    ask=_("What could I do?"),
    hint=_("Also what you would never choose. Waiting is one; so is asking somebody."),
    closing=_("Two lines are plenty."),
    after="want",
)
WANT = Question(
    name="want",
    fields=("want",),
    mended=0,
    title=_("What do I want?"),
    where=_("The second of four."),
    ask=_("What do I want?"),
    hint=_("Before anybody weighs it. It binds you to nothing."),
    closing=_("Half a sentence will do."),
    before="options",
    after="way",
)
WAY = Question(
    name="way",
    fields=("in_the_way", "whom"),
    mended=0,
    title=_("What is in the way?"),
    where=_("The third of four."),
    ask=_("What is in the way?"),
    hint=_("Time, money, a fear, a sentence you were told."),
    closing=_("Naming it is enough. It need not go."),
    before="want",
    after="decided",
)
DECIDED = Question(
    name="decided",
    fields=("decided", "about_deciding", "on"),
    mended=0,
    title=_("What have I decided on?"),
    where=_("The fourth, and last."),
    ask=_("What have I decided on?"),
    hint=_("It can be a first step. It can be “not yet”."),
    closing=_("Nobody will ask whether it was right."),
    before="way",
)
QUESTIONS = {question.name: question for question in (OPTIONS, WANT, WAY, DECIDED)}

WHOM = _("Whom do I fear to let down?")
TAUGHT = _("What did this teach me about deciding?")
# How each text is called, in the order in which they are told.
LABELS = {
    "options": OPTIONS.ask,
    "want": WANT.ask,
    "in_the_way": WAY.ask,
    "whom": WHOM,
    "decided": _("Decided on"),
    "about_deciding": TAUGHT,
}
