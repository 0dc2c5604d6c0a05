"""Something hard, looked at gently: three small questions, and longer pages for whoever wants them."""

from django.utils.translation import gettext_lazy as _

from journal.prompts.question import Question

HAPPENED = Question(
    name="happened",
    fields=("body",),
    mended=1,
    title=_("What happened?"),
    where=_("The first of three small questions. You can stop after any of them."),
    ask=_("What happened?"),
    hint=_("The facts will do, as a kind witness would tell them. No verdict needed."),
    starters=(_("What came first?"), _("Who was there?"), _("And then?")),
    closing=_("Stopping here is also finishing. Whatever you’ve written is kept."),
    after="friend",
)
FRIEND = Question(
    name="friend",
    fields=("kind_words",),
    mended=2,
    title=_("What would you say to a friend?"),
    where=_("The second of three."),
    ask=_("What would you say to them?"),
    starters=(
        _("Of course that hurt, because…"),
        _("What I know about you is…"),
        _("What else was going on that day?"),
    ),
    closing=_("Half a sentence will do."),
    before="happened",
    after="lesson",
)
LESSON = Question(
    name="lesson",
    fields=("lesson", "themes"),
    mended=3,
    title=_("What is this teaching me?"),
    where=_("The third, and last."),
    ask=_("What is this teaching me?"),
    hint=_("A guess will do. So will nothing: some things teach nobody anything."),
    starters=(
        _("What was missing?"),
        _("Was the plan bigger than the day?"),
        _("What would I like to remember next time?"),
    ),
    closing=_("“It was only hard” keeps it whole, and it will not be asked about again."),
    before="friend",
    after="kept",
)
FORWARD = Question(
    name="forward",
    fields=("goal", "reality", "options", "way_forward"),
    mended=4,
    title=_("A way forward"),
    where=_("An extra page, only if you’d like it."),
    ask=_("A way forward, if you want one"),
    hint=_("Four short lines. Leave any of them blank."),
    closing=_("One line is plenty."),
    before="lesson",
    after="kept",
    link=_("A way forward, in four short lines"),
)
TOLD_MYSELF = Question(
    name="told_myself",
    fields=("told_myself",),
    mended=3,
    title=_("What did I tell myself?"),
    where=_("An extra page, only if you’d like it."),
    ask=_("What did I tell myself?"),
    hint=_("The sentence as it came, in its own tone. On paper it is a sentence and no verdict."),
    starters=(_("Whose voice was it?"), _("Is it the whole of it?")),
    closing=_("It’s only written down here. Nobody has to answer it."),
    before="lesson",
    after="lesson",
    page="longer",
)
TOO_MUCH = Question(
    name="too_much",
    fields=("too_much",),
    mended=3,
    title=_("Was it too much at once?"),
    where=_("An extra page, only if you’d like it."),
    ask=_("Was it too much at once?"),
    hint=_("What else lay on that day, and on you?"),
    starters=(_("What could have waited?"), _("What part would have been enough?")),
    closing=_("A list is fine."),
    before="lesson",
    after="lesson",
    page="longer",
)
PUT_RIGHT = Question(
    name="put_right",
    fields=("put_right",),
    mended=3,
    title=_("Is there something to put right with someone?"),
    where=_("An extra page, only if you’d like it."),
    ask=_("Is there something to put right with someone?"),
    hint=_("One sentence to one person, or one thing given back. Often there is nothing."),
    starters=(_("“I’ve been thinking about Friday.”"), _("“That was about me, and you got it.”")),
    closing=_("It can wait until it is ready."),
    before="lesson",
    after="lesson",
    page="longer",
)
# Behind “Look longer”, each on a page of its own.
LONGER = (TOLD_MYSELF, TOO_MUCH, PUT_RIGHT, FORWARD)
QUESTIONS = {question.name: question for question in (HAPPENED, FRIEND, LESSON, *LONGER)}
SEQUEL = _("Did anything come of it?")
SEQUEL_HINT = _("However small. Blank is fine too.")

# The four lines of the way forward: what is asked, and what it is called.
LINES = {
    "goal": (_("What would you like instead?"), _("Goal")),
    "reality": (_("What’s true right now?"), _("Reality")),
    "options": (_("What could you try?"), _("Options. Silly ones too.")),
    "way_forward": (_("One small thing, and when"), _("Way forward")),
}
